"""Sheets for one candidate, the selected, or all: as files in a folder or as one ZIP.

Sheets are made one after the other and forgotten once written, so that a batch of any size
takes the memory of one sheet.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypedDict, Unpack

from toolkit import __version__
from toolkit.errors import SheetError, UnknownName
from toolkit.inflation.inflation import Inflation, inflation
from toolkit.influence.attribution import Attribution, attribute
from toolkit.influence.explanation import explanation_of
from toolkit.influence.influence import Influence, influence
from toolkit.influence.score_noise import ScoreNoise, score_noise
from toolkit.intake.cohort import Cohort
from toolkit.review.rubric import Rubric, portfolio_rubric
from toolkit.screening.screen import Screen
from toolkit.sheets.branding import PLAIN, Branding
from toolkit.sheets.documents import typeset_document
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.look import Look, Paper
from toolkit.sheets.manifest import NAME, Manifest, SheetEntry, sheet_entry
from toolkit.sheets.requisition import Requisition
from toolkit.sheets.whole_file import write_whole

KINDS = ("candidate",)

#: Called with how many sheets of how many are written; may raise to stop the batch.
Progress = Callable[[int, int], None]

# The earliest time that a ZIP can hold: file times would make equal batches differ.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_NOT_IN_FILE_NAMES = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST_CODE = 60


class SheetOptions(TypedDict, total=False):
    """What a batch of sheets may be told.

    candidates : sequence of str
        Codes of the candidates; everyone when left out.
    rubric : Rubric
        That of a portfolio review when left out.
    requisition : Requisition
        Blanks to fill in when left out.
    date : date
        On the sheets; today when left out.
    blind : bool
        Withhold names and links; True when left out.
    paper : {"a4", "us-letter"}
        A4 when left out.
    language : {"en", "de", "fr", "es"}
        Of the fixed words; English when left out.
    branding : Branding
        Nobody's when left out.
    influence : Influence
        Of the screen on the cohort, where it has been computed already.
    inflation : Inflation
        Of the cohort, where it has been computed already.
    attribution : Attribution
        Of the screen's decisions, where it has been computed already.
    noise : ScoreNoise
        Of the screen's decisions, where it has been computed already.
    """

    candidates: Sequence[str] | None
    rubric: Rubric | None
    requisition: Requisition | None
    date: dt.date | None
    blind: bool
    paper: Paper
    language: str
    branding: Branding
    influence: Influence | None
    inflation: Inflation | None
    attribution: Attribution | None
    noise: ScoreNoise | None


def render_sheets(
    cohort: Cohort,
    screen: Screen,
    out: Path,
    *,
    kind: str = "candidate",
    progress: Progress | None = None,
    **options: Unpack[SheetOptions],
) -> Manifest:
    """Write a PDF for each candidate, and ``manifest.json``, into a folder.

    The manifest is written last, so that a folder without one is an unfinished batch.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    out : Path
        Made where it does not exist. Files of the same name are replaced.
    kind : {"candidate"}
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
    batch = _batch(cohort, screen, kind, options)
    try:
        out.mkdir(parents=True, exist_ok=True)
        # That of an earlier batch would speak for files that are being replaced.
        (out / NAME).unlink(missing_ok=True)
        entries = []
        for entry, pdf in batch.sheets(progress):
            write_whole(out / entry.file, pdf)
            entries.append(entry)
        manifest = batch.manifest(entries)
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
    kind : {"candidate"}
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
    batch = _batch(cohort, screen, kind, options)
    entries = []
    # Stored, not compressed: a PDF is compressed already, and compressors differ.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for entry, pdf in batch.sheets(progress):
            archive.writestr(_member(entry.file), pdf)
            entries.append(entry)
        manifest = batch.manifest(entries)
        archive.writestr(_member(NAME), manifest.to_bytes())
    return manifest


def file_name(candidate_id: str, number: int | None = None, of: int = 1) -> str:
    """A file name for a candidate's sheet that every operating system accepts.

    Parameters
    ----------
    candidate_id : str
    number : int, optional
        Position in a batch; it keeps names apart that differ only in what file systems
        cannot hold.
    of : int
        Size of the batch, for leading zeros.

    Examples
    --------
    >>> file_name("A-017"), file_name("../é:x", 7, 120)
    ('sheet-A-017.pdf', 'sheet-007-x.pdf')
    """
    code = _NOT_IN_FILE_NAMES.sub("_", candidate_id).strip("._")[:_LONGEST_CODE]
    position = "" if number is None else f"{number:0{len(str(of))}d}"
    return "-".join(part for part in ("sheet", position, code) if part) + ".pdf"


@dataclass(frozen=True, eq=False)
class _Batch:
    """One batch, everything decided but nothing made yet."""

    cohort: Cohort
    influence: Influence
    inflation: Inflation
    attribution: Attribution
    noise: ScoreNoise | None
    candidates: tuple[str, ...]
    rubric: Rubric
    requisition: Requisition | None
    date: dt.date
    blind: bool
    look: Look
    kind: str

    def sheets(self, progress: Progress | None) -> Iterator[tuple[SheetEntry, bytes]]:
        """The sheets one by one, in the order of the cohort."""
        total = len(self.candidates)
        for number, candidate_id in enumerate(self.candidates, 1):
            sheet = candidate_sheet(
                self.cohort,
                self.influence,
                candidate_id,
                inflation=self.inflation,
                explanation=explanation_of(
                    self.cohort,
                    self.influence,
                    candidate_id,
                    attribution=self.attribution,
                    noise=self.noise,
                ),
                rubric=self.rubric,
                requisition=self.requisition,
                date=self.date,
                blind=self.blind,
            )
            typeset = typeset_document(sheet, self.look)
            yield sheet_entry(file_name(candidate_id, number, total), sheet, typeset), typeset.pdf
            if progress is not None:
                progress(number, total)

    def manifest(self, entries: Sequence[SheetEntry]) -> Manifest:
        screen = self.influence.screen
        return Manifest(
            kind=self.kind,
            date=self.date,
            blind=self.blind,
            paper=self.look.paper,
            language=self.look.language,
            screen=screen.name,
            screen_digest=screen.digest,
            rubric=self.rubric.name,
            rubric_digest=self.rubric.digest,
            inputs=dict(sorted(self.cohort.sources.items())),
            version=__version__,
            sheets=tuple(entries),
        )


def _batch(cohort: Cohort, screen: Screen, kind: str, options: SheetOptions) -> _Batch:
    if kind not in KINDS:
        raise SheetError(f"There is no sheet of the kind '{kind}'. Choose {', '.join(KINDS)}.")
    known = [str(candidate_id) for candidate_id in cohort.candidate_ids]
    wanted = options.get("candidates")
    for candidate_id in wanted or ():
        if candidate_id not in cohort.candidate_ids:
            raise UnknownName("candidate", candidate_id, known, "the cohort")
    chosen = set(known if wanted is None else wanted)
    found = options.get("influence") or influence(cohort, screen)
    shared = options.get("attribution") or found.attribution
    return _Batch(
        cohort=cohort,
        influence=found,
        inflation=options.get("inflation") or inflation(cohort),
        attribution=shared or attribute(cohort, found.decisions),
        noise=options.get("noise") or score_noise(cohort, found.decisions),
        candidates=tuple(candidate_id for candidate_id in known if candidate_id in chosen),
        rubric=options.get("rubric") or portfolio_rubric(),
        requisition=options.get("requisition"),
        date=options.get("date") or dt.date.today(),
        blind=options.get("blind", True),
        look=Look(
            options.get("paper", "a4"),
            options.get("language", "en"),
            options.get("branding", PLAIN),
        ),
        kind=kind,
    )


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _ZIP_EPOCH)
    member.external_attr = 0o644 << 16
    # Python writes the system it runs on; a batch is the same from every one.
    member.create_system = 3
    return member
