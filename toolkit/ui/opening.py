"""Opening candidates: an upload, a corrected mapping, or a sample with its screens."""

from __future__ import annotations

from toolkit.cli.product_files import product_file
from toolkit.errors import InputError, RefusedInput
from toolkit.intake.mapping import ColumnMapping
from toolkit.intake.read import cohort_of
from toolkit.intake.read_file import Reading, read_files
from toolkit.intake.recognise import recognise
from toolkit.screening.screen import Screen
from toolkit.ui.components.progress import working
from toolkit.ui.components.samples import Sample
from toolkit.ui.opened_requisition import seen_here
from toolkit.ui.state import Workspace

Files = tuple[tuple[str, bytes], ...]

#: Files of a sample that are not candidates.
_NOT_DATA = {".md", ".toml"}


def open_files(work: Workspace, files: Files, name: str) -> None:
    """Read files, recognise their columns, and work on the candidates from now on.

    Tables that make no cohort are held all the same, with the reason, so that the mapping
    can be corrected.

    Raises
    ------
    InputError
        If a file cannot be read at all; the session stays as it was.
    """
    with working("Reading the files"):
        reading = read_files(files)
        mapping = recognise(reading.tables, work.catalogue)
        _build(work, reading, mapping, name)


def correct_mapping(work: Workspace, mapping: ColumnMapping) -> None:
    """Read the tables at hand again, with what a person has set.

    Raises
    ------
    MappingError
        If the mapping does not fit the tables; the session stays as it was.
    """
    assert work.reading is not None
    with working("Reading the tables again"):
        applied = recognise(work.reading.tables, work.catalogue, mapping)
        _build(work, work.reading, applied, work.cohort_name)


def open_sample(work: Workspace, sample: Sample) -> None:
    """Open a sample with its screen, and beside it the screen on evidence alone."""
    folder = product_file(f"sample_data/{sample.folder}")
    files = tuple(
        (path.name, path.read_bytes())
        for path in sorted(folder.iterdir())
        if path.suffix not in _NOT_DATA
    )
    open_files(work, files, sample.title)
    work.take_screen(Screen.read(folder / "screen.toml"))
    work.other_screen = Screen.read(folder / "evidence-screen.toml")


def take_own_scores(work: Workspace, toml_text: str) -> None:
    """Replace the user's own scores, and read the tables at hand again with them.

    Raises
    ------
    CatalogueError
        If the text does not describe scores; the session stays as it was.
    """
    work.take_own_scores(toml_text)
    if work.reading is not None and work.mapping is not None:
        correct_mapping(work, work.mapping.corrections)


def _build(work: Workspace, reading: Reading, mapping: ColumnMapping, name: str) -> None:
    try:
        cohort = seen_here(cohort_of(reading, mapping, work.catalogue))
    except RefusedInput:
        raise
    except InputError as error:
        work.take_problem(str(error), name, reading, mapping)
    else:
        work.take_cohort(cohort, name, reading, mapping)
