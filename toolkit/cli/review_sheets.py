"""``cloutproof review-sheets``: documents on a requisition of a team's store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.arrow_memory import give_back_at_once
from toolkit.cli.look_options import BrandingFile, Language, PaperSize, branding_from
from toolkit.cli.options import Form
from toolkit.cli.output import Format, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.sheet_options import (
    AskBy,
    Candidates,
    Categories,
    ContactOption,
    Groups,
    KeepUntil,
    KindOption,
    Laws,
    Names,
    Organisation,
    OutFolder,
    Role,
    SheetDate,
    Stratum,
    day_of,
    only_what_is_heard,
)
from toolkit.cli.sheets import answer_of
from toolkit.cli.store_option import (
    AsOption,
    DatabaseOption,
    RequisitionOption,
    opened_store,
    signed_in,
)
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.inflation.inflation import Inflation
    from toolkit.intake.cohort import Cohort
    from toolkit.screening.screen import Screen
    from toolkit.sheets.from_store import TeamReview
    from toolkit.sheets.manifest import Manifest
    from toolkit.store.database import Database
    from toolkit.store.rights import Action, Person


@program.command("review-sheets")
def review_sheets(
    requisition: RequisitionOption,
    out: OutFolder,
    kind: KindOption = "candidate",
    candidate: Candidates = None,
    taken_forward: Annotated[
        bool,
        typer.Option("--taken-forward", help="Only those whom people, or else the screen, took."),
    ] = False,
    to_fill_in: Annotated[
        bool, typer.Option("--to-fill-in", help="Room to rate in place of the locked ratings.")
    ] = False,
    role: Role = "",
    organisation: Organisation = "",
    contact: ContactOption = "",
    ask_by: AskBy = None,
    group: Groups = None,
    stratum: Stratum = None,
    law: Laws = None,
    map_: Categories = None,
    names: Names = False,
    date: SheetDate = None,
    keep_until: KeepUntil = None,
    paper: PaperSize = "a4",
    language: Language = "en",
    branding: BrandingFile = None,
    database: DatabaseOption = None,
    sign_in: AsOption = None,
    form: Form = Format.TABLE,
) -> None:
    """Write documents on a requisition of a team, with its reviews and decisions."""
    from toolkit.cli.statutory import categories_of
    from toolkit.sheets.batch import render_sheets
    from toolkit.sheets.from_store import team_review
    from toolkit.sheets.notice_sheet import Contact
    from toolkit.sheets.plan import SheetOptions, checked_kind
    from toolkit.store.rights import require

    only_what_is_heard(
        checked_kind(kind),
        {
            "--candidate": candidate,
            "--taken-forward": taken_forward,
            "--to-fill-in": to_fill_in,
            "--contact": contact,
            "--ask-by": ask_by,
            "--group": group,
            "--stratum": stratum,
            "--law": law,
            "--map": map_,
            "--names": names,
        },
    )
    look = branding_from(branding)
    give_back_at_once()
    with opened_store(database) as store:
        by = signed_in(store, sign_in)
        require(by, _needed(kind))
        kept = team_review(store, by, requisition)
        cohort, screen = _kept(store, by, requisition)
        head = replace(kept.requisition, role=role, organisation=organisation)
        if keep_until:
            head = replace(head, retain_until=day_of(keep_until))
        options = SheetOptions(
            candidates=_whom(cohort, screen, kept, candidate, taken_forward),
            requisition=head,
            rubric=kept.rubric,
            date=day_of(date),
            blind=not names,
            reviews=None if to_fill_in else kept.reviews,
            ratings=kept.ratings,
            weights=kept.weights or None,
            people=kept.people,
            counts=kept.counts,
            contact=Contact(contact, day_of(ask_by)),
            groups=group or None,
            stratum=stratum,
            laws=law or None,
            categories=categories_of(map_ or []),
            paper=paper,
            language=language,
            branding=look,
        )
        with progress("Writing sheets") as step:
            options["inflation"] = _judged(store, by, requisition, cohort, screen)
            manifest = render_sheets(cohort, screen, out, kind=kind, progress=step, **options)
        _note(store, by, requisition, kind, manifest)
    emit(answer_of(manifest, out), form)


def _needed(kind: str) -> Action:
    """The right that a kind of document asks for."""
    from toolkit.store.rights import Action

    wanted = {"cohort": Action.MAKE_REPORTS, "audit": Action.SEE_GROUPS}
    return wanted.get(kind, Action.ISSUE_SHEETS)


def _kept(store: Database, by: Person, requisition: str) -> tuple[Cohort, Screen]:
    """The newest candidates, as far as the person may see them, and the newest screen.

    Raises
    ------
    InputError
        If there are none yet.
    """
    from toolkit.store.cohorts import cohort_seen_by
    from toolkit.store.present import present

    seen, screen = cohort_seen_by(store, by, requisition), present(store, by, requisition).screen
    if seen is None or screen is None:
        what = "candidates" if seen is None else "screen"
        raise InputError(
            f"No {what} of this requisition {'are' if seen is None else 'is'} kept yet. Keep "
            "candidates and a screen in the app first."
        )
    return seen[2], screen.screen


def _whom(
    cohort: Cohort,
    screen: Screen,
    kept: TeamReview,
    candidate: list[str] | None,
    only_taken: bool,
) -> list[str] | None:
    """Codes of the candidates wanted; None for everyone."""
    from toolkit.screening.decisions import decide
    from toolkit.sheets.person_decision import taken_forward

    if not only_taken:
        return candidate or None
    if candidate:
        raise InputError("Give --candidate or --taken-forward: one of the two.")
    codes = [str(code) for code in cohort.candidate_ids]
    selected = decide(cohort, screen).selected.tolist()
    return list(taken_forward(codes, selected, kept.people))


def _judged(
    store: Database, by: Person, requisition: str, cohort: Cohort, screen: Screen
) -> Inflation:
    """Suspected inflation, with what people answered where the person may see it."""
    from toolkit.inflation.inflation import inflation
    from toolkit.store import dismissals, requisitions
    from toolkit.store.rights import Action

    criteria = requisitions.requisition(store, by, requisition).criteria
    found = inflation(cohort, screen, criteria=criteria)
    if not by.may(Action.SEE_CANDIDATES):
        return found
    return found.with_dismissals(dismissals.dismissals(store, by, requisition))


def _note(store: Database, by: Person, requisition: str, kind: str, manifest: Manifest) -> None:
    """Tell the store which files were handed out; a blank sheet is about nobody."""
    from toolkit.store.candidates import candidates
    from toolkit.store.issued_sheets import Issue, issue_sheets

    keys: dict[str, str] = {}
    if any(one.candidate_id for one in manifest.sheets):
        keys = {one.code: one.key for one in candidates(store, by, requisition)}
    files = [Issue(kind, one.sha256, keys.get(one.candidate_id or "")) for one in manifest.sheets]
    issue_sheets(store, by, requisition, files)
