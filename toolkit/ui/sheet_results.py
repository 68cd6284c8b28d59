"""Review sheets, previews and archives of them, each made once."""

from __future__ import annotations

import io
from collections.abc import Sequence

from toolkit.influence.attribution import Attribution
from toolkit.influence.explanation import explanation_of
from toolkit.influence.score_noise import ScoreNoise
from toolkit.screening.screen import Screen
from toolkit.sheets.batch import sheets_zip
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.manifest import Manifest
from toolkit.sheets.preview import first_page
from toolkit.ui.components.rubric_picker import rubric_of
from toolkit.ui.components.sheet_archive import archive_progress
from toolkit.ui.components.sheet_settings import SheetSettings
from toolkit.ui.results import attribution_of, cohort_of, inflation_of, influence_of, noise_of
from toolkit.ui.state import Workspace, content_hash
from toolkit.ui.stopping import unless_stopped


def sheet_of(
    work: Workspace, screen: Screen, candidate_id: str, settings: SheetSettings
) -> CandidateSheet:
    """What stands on one candidate's sheet, without what the user stopped."""
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
        rubric=rubric_of(work.own_rubric),
        requisition=settings.requisition,
        date=settings.date,
        blind=settings.blind,
    )


def page_one_of(work: Workspace, sheet: CandidateSheet, settings: SheetSettings) -> bytes:
    """Page one of a sheet as a picture."""
    return work.keep(
        "page-one",
        sheet.digest,
        repr(settings.look),
        make=lambda: first_page(sheet, settings.look),
        doing="Drawing page one",
    )


def make_archive(
    work: Workspace,
    screen: Screen,
    candidates: Sequence[str],
    settings: SheetSettings,
) -> None:
    """Make a ZIP of sheets, unless the user stops it; the one made before is forgotten."""
    target = io.BytesIO()
    wanted = _archive_key(work, screen, candidates, settings)
    shared, noise = attribution_of(work, screen), noise_of(work, screen)
    work.stopped.discard(_ARCHIVE)
    with archive_progress(len(candidates), lambda: work.stopped.add(_ARCHIVE)) as progress:
        manifest = sheets_zip(
            cohort_of(work),
            screen,
            target,
            candidates=candidates,
            rubric=rubric_of(work.own_rubric),
            requisition=settings.requisition,
            date=settings.date,
            blind=settings.blind,
            paper=settings.paper,
            language=settings.language,
            branding=settings.branding,
            influence=influence_of(work, screen),
            inflation=inflation_of(work, screen),
            attribution=shared,
            noise=noise,
            progress=progress,
        )
    work.kept[_ARCHIVE] = (wanted, manifest, target.getvalue())


def archive_stopped(work: Workspace) -> bool:
    """Whether the user stopped the last ZIP before it was made; told once."""
    told = _ARCHIVE in work.stopped
    work.stopped.discard(_ARCHIVE)
    return told


def archive_of(
    work: Workspace, screen: Screen, candidates: Sequence[str], settings: SheetSettings
) -> tuple[Manifest, bytes] | None:
    """The ZIP that was made, where it is of these candidates with these settings."""
    made = work.kept.get(_ARCHIVE)
    if not isinstance(made, tuple):
        return None
    key, manifest, archive = made
    return (manifest, archive) if key == _archive_key(work, screen, candidates, settings) else None


_ARCHIVE = ("archive",)


def _archive_key(
    work: Workspace, screen: Screen, candidates: Sequence[str], settings: SheetSettings
) -> str:
    answers = [repr(answer) for answer in (work.false_flag_rate, *work.dismissals.values())]
    chosen = [work.cohort_key, screen.digest, list(candidates), repr(settings), work.own_rubric]
    chosen += [answers, repr(work.assumed)]
    return content_hash(*chosen)
