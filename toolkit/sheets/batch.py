"""Documents for one candidate, the selected, or all: as files in a folder or as one ZIP.

Documents are made one after the other and forgotten once written, so that a batch of any size
takes the memory of one; `toolkit.sheets.typesetter` sets them.
"""

from __future__ import annotations

import zipfile
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Unpack

from toolkit.errors import SheetError
from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import Screen
from toolkit.sheets.branding import PLAIN
from toolkit.sheets.documents import Document, job_of, recorded
from toolkit.sheets.look import Look
from toolkit.sheets.manifest import NAME, Manifest, SheetEntry, manifest_of, sheet_entry
from toolkit.sheets.plan import KINDS, OF_EACH, Plan, Planned, SheetOptions, file_name, plan
from toolkit.sheets.typesetter import typeset_in_turn
from toolkit.sheets.typesetting import Job
from toolkit.sheets.whole_file import write_whole

__all__ = ["KINDS", "OF_EACH", "SheetOptions", "file_name", "render_sheets", "sheets_zip"]

#: Called with how many documents of how many are written; may raise to stop the batch.
Progress = Callable[[int, int], None]

# The earliest time that a ZIP can hold: file times would make equal batches differ.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_sheets(
    cohort: Cohort,
    screen: Screen,
    out: Path,
    *,
    kind: str = "candidate",
    progress: Progress | None = None,
    **options: Unpack[SheetOptions],
) -> Manifest:
    """Write a PDF for each candidate, or a report, and ``manifest.json``, into a folder.

    The manifest is written last, so that a folder without one is an unfinished batch.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    out : Path
        Made where it does not exist. Files of the same name are replaced.
    kind : {"candidate", "cohort", "notice", "audit", "blank"}
        A review sheet or a notice for each candidate; one requisition report or
        adverse-impact report about all; or one sheet for pen and paper.
    progress : callable, optional
    **options
        See `SheetOptions`.

    Raises
    ------
    SheetError
        If the kind is not known or the folder cannot be written to.
    UnknownName
        If a candidate is not in the cohort.
    """
    planned, look = plan(cohort, screen, kind, options), _look(options)
    try:
        # The folder is not touched before the first document is there: bad input leaves no trace.
        entries: list[SheetEntry] = []
        with closing(_made(planned, look, progress)) as made:
            for entry, pdf in made:
                if not entries:
                    _cleared(out)
                write_whole(out / entry.file, pdf)
                entries.append(entry)
        if not entries:
            _cleared(out)
        manifest = manifest_of(planned, look, cohort.sources, entries)
        write_whole(out / NAME, manifest.to_bytes())
    except OSError as error:
        raise SheetError(
            f"The sheets cannot be written to {out}: {error.strerror}. Choose another folder."
        ) from error
    return manifest


def sheets_zip(
    cohort: Cohort,
    screen: Screen,
    target: IO[bytes],
    *,
    kind: str = "candidate",
    progress: Progress | None = None,
    **options: Unpack[SheetOptions],
) -> Manifest:
    """Write the same files as `render_sheets` into one ZIP, as they are made.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    target : binary file
        Open for writing; it need not be seekable.
    kind : {"candidate", "cohort", "notice", "audit", "blank"}
    progress : callable, optional
    **options
        See `SheetOptions`.

    Raises
    ------
    SheetError
        If the kind is not known.
    UnknownName
        If a candidate is not in the cohort.
    """
    planned, look = plan(cohort, screen, kind, options), _look(options)
    entries = []
    # Stored, not compressed: a PDF is compressed already, and compressors differ.
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive,
        closing(_made(planned, look, progress)) as made,
    ):
        for entry, pdf in made:
            archive.writestr(_member(entry.file), pdf)
            entries.append(entry)
        manifest = manifest_of(planned, look, cohort.sources, entries)
        archive.writestr(_member(NAME), manifest.to_bytes())
    return manifest


def _made(
    planned: Plan, look: Look, progress: Progress | None
) -> Generator[tuple[SheetEntry, bytes]]:
    """The documents one by one."""
    # Of those that were handed to the typesetter and have not come back.
    begun: deque[tuple[Planned, Document]] = deque()

    def jobs() -> Iterator[Job]:
        for one in planned.documents():
            document = one.make()
            begun.append((one, document))
            yield job_of(document, look)

    with closing(typeset_in_turn(jobs(), planned.total)) as typeset:
        for number, bare in enumerate(typeset, 1):
            one, document = begun.popleft()
            whole = recorded(document, look, bare)
            yield sheet_entry(one.file, one.candidate_id, document, whole), whole.pdf
            if progress is not None:
                progress(number, planned.total)


def _look(options: SheetOptions) -> Look:
    return Look(
        options.get("paper", "a4"),
        options.get("language", "en"),
        options.get("branding", PLAIN),
    )


def _cleared(out: Path) -> None:
    """The folder, without the manifest of an earlier batch: it would speak for new files."""
    out.mkdir(parents=True, exist_ok=True)
    (out / NAME).unlink(missing_ok=True)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _ZIP_EPOCH)
    member.external_attr = 0o644 << 16
    # Python writes the system it runs on; a batch is the same from every one.
    member.create_system = 3
    return member
