"""Opening candidates: an upload, a corrected mapping, or a sample with its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli.product_files import product_file
from toolkit.screening.screen import Screen
from toolkit.ui.components.progress import working
from toolkit.ui.components.samples import Sample
from toolkit.ui.state import Workspace

if TYPE_CHECKING:
    from toolkit.intake.mapping import ColumnMapping

Files = tuple[tuple[str, bytes], ...]

#: Files of a sample that are not candidates.
_NOT_DATA = {".md", ".toml"}


def open_files(
    work: Workspace, files: Files, name: str, mapping: ColumnMapping | None = None
) -> None:
    """Read files and work on them from now on; a failure leaves the session as it was.

    Raises
    ------
    InputError
        If the files cannot be used as they are.
    """
    from toolkit.intake import read_upload

    with working("Reading the files"):
        cohort = read_upload(files, mapping=mapping, catalogue=work.catalogue)
    work.take_cohort(cohort, name, files, mapping)


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
