"""Review sheets, previews and archives of them, each made once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.influence.attribution import Attribution
from toolkit.influence.explain import explanation_of
from toolkit.influence.score_noise import ScoreNoise
from toolkit.screening.screen import Screen
from toolkit.sheets.batch import sheets_zip
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.content import digest_of
from toolkit.sheets.documents import Document
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.manifest import Manifest
from toolkit.sheets.notice_sheet import Contact
from toolkit.sheets.preview import first_page
from toolkit.ui.brought import Brought, brought_to, reviews_of
from toolkit.ui.components.sheet_archive import archive_progress
from toolkit.ui.components.sheet_settings import SheetSettings
from toolkit.ui.kept_file import KeptFile
from toolkit.ui.results import attribution_of, cohort_of, inflation_of, influence_of, noise_of
from toolkit.ui.state import Workspace, content_hash
from toolkit.ui.stopping import unless_stopped


@dataclass(frozen=True)
class Wanted:
    """What is made of each candidate.

    Parameters
    ----------
    kind : {"candidate", "notice"}
    filled : bool
        Whether sheets show the ratings that came with the candidates.
    contact : Contact
        For notices.
    """

    kind: str = "candidate"
    filled: bool = False
    contact: Contact = field(default_factory=Contact)


SHEETS = Wanted()


def sheet_of(
    work: Workspace,
    screen: Screen,
    candidate_id: str,
    settings: SheetSettings,
    wanted: Wanted = SHEETS,
    brought: Brought | None = None,
) -> CandidateSheet:
    """What stands on one candidate's sheet, without what the user stopped."""
    told = brought or brought_to(work)
    cohort, found = cohort_of(work), influence_of(work, screen)
    shared: Attribution | None = None
    noise: ScoreNoise | None = None
    with unless_stopped():
        shared = attribution_of(work, screen)
    with unless_stopped():
        noise = noise_of(work, screen)
    return candidate_sheet(
        cohort,
        found,
        candidate_id,
        inflation=inflation_of(work, screen),
        explanation=explanation_of(cohort, found, candidate_id, attribution=shared, noise=noise),
        rubric=told.rubric,
        requisition=settings.requisition,
        date=settings.date,
        blind=settings.blind,
        reviews=reviews_of(work, told).get(candidate_id) if wanted.filled else None,
        person=told.people.get(candidate_id),
    )


def page_one_of(work: Workspace, document: Document, settings: SheetSettings) -> bytes:
    """Page one of a document as a picture."""
    return work.keep(
        "page-one",
        digest_of(document),
        repr(settings.look),
        make=lambda: first_page(document, settings.look),
        doing="Drawing page one",
    )


def make_archive(
    work: Workspace,
    screen: Screen,
    candidates: Sequence[str],
    settings: SheetSettings,
    wanted: Wanted = SHEETS,
    brought: Brought | None = None,
) -> None:
    """Make a ZIP, unless the user stops it; the one made before is forgotten.

    It grows on the disk, in a file without a name that is gone when it is forgotten: memory
    holds one document at a time.
    """
    target, told = KeptFile(), brought or brought_to(work)
    key = _archive_key(work, screen, candidates, settings, wanted, told)
    of_sheets = wanted.kind == "candidate"
    work.stopped.discard(_ARCHIVE)
    if of_sheets:
        # Worked out before the bar begins to count: each has a bar of its own.
        attribution_of(work, screen)
        noise_of(work, screen)
    with archive_progress(len(candidates), lambda: work.stopped.add(_ARCHIVE)) as progress:
        manifest = sheets_zip(
            cohort_of(work),
            screen,
            target.file,
            kind=wanted.kind,
            candidates=candidates,
            contact=wanted.contact,
            reviews=reviews_of(work, told) if wanted.filled else None,
            people=told.people,
            rubric=told.rubric,
            requisition=settings.requisition,
            date=settings.date,
            blind=settings.blind,
            paper=settings.paper,
            language=settings.language,
            branding=settings.branding,
            influence=influence_of(work, screen),
            inflation=inflation_of(work, screen) if of_sheets else None,
            attribution=attribution_of(work, screen) if of_sheets else None,
            noise=noise_of(work, screen) if of_sheets else None,
            progress=progress,
        )
    work.kept[_ARCHIVE] = (key, manifest, target)


def archive_stopped(work: Workspace) -> bool:
    """Whether the user stopped the last ZIP before it was made; told once."""
    told = _ARCHIVE in work.stopped
    work.stopped.discard(_ARCHIVE)
    return told


def archive_of(
    work: Workspace,
    screen: Screen,
    candidates: Sequence[str],
    settings: SheetSettings,
    wanted: Wanted = SHEETS,
    brought: Brought | None = None,
) -> tuple[Manifest, KeptFile] | None:
    """The ZIP that was made, where it is of these candidates with these settings."""
    made = work.kept.get(_ARCHIVE)
    if not isinstance(made, tuple):
        return None
    key, manifest, archive = made
    told = brought or brought_to(work)
    same = key == _archive_key(work, screen, candidates, settings, wanted, told)
    return (manifest, archive) if same else None


_ARCHIVE = ("archive",)


def _archive_key(
    work: Workspace,
    screen: Screen,
    candidates: Sequence[str],
    settings: SheetSettings,
    wanted: Wanted,
    told: Brought,
) -> str:
    answers = [repr(answer) for answer in (work.false_flag_rate, *work.dismissals.values())]
    chosen = [work.cohort_key, screen.digest, list(candidates), repr(settings), told.digest]
    chosen += [answers, repr(work.assumed), repr(wanted)]
    return content_hash(*chosen)
