"""The opened requisition in the session: taken out of the store, and kept there again.

Every page works on the session's workspace. `follow` fills it from the requisition that the
address names and keeps it level with the store; the other functions write back what a page
has changed, each under the version that this session saw.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from toolkit.errors import CatalogueError, InputError
from toolkit.inflation.dismissal import Dismissal
from toolkit.intake.cohort import Cohort
from toolkit.store import dismissals
from toolkit.store.candidates import candidates
from toolkit.store.cohorts import as_seen_by, cohort_seen_by, keep_cohort, upload_of
from toolkit.store.issued_sheets import Issue, issue_sheets
from toolkit.store.packed_upload import Upload
from toolkit.store.present import Present, present
from toolkit.store.requisitions import change_requisition
from toolkit.store.rights import Action, Person
from toolkit.store.screens import keep_screen
from toolkit.ui import team
from toolkit.ui.state import OpenedRequisition, Workspace, content_hash


def follow(work: Workspace) -> str:
    """Work on the requisition that the address names, as it stands in the store now.

    Called before a page is drawn. What somebody else has kept since comes in by itself; a
    screen that was changed here and not kept stays.

    Returns
    -------
    str
        What the person should know, as a sentence; empty where there is nothing.

    Raises
    ------
    NotAllowed
        If the requisition is not open to the person.
    """
    person, key = team.person(), team.requisition()
    if person is None:
        return ""
    if key is None or not person.may(Action.SEE_REQUISITION):
        if work.opened is not None:
            put_away(work)
        return ""
    now = present(team.store(), person, key)
    if work.opened is None or work.opened.key != key:
        return _open(work, person, now)
    return _bring_up_to_date(work, person, now, work.opened)


def put_away(work: Workspace) -> None:
    """Work on no requisition any more; what was not kept is gone."""
    if work.opened is not None:
        work.criteria = ""
    work.forget_everything()
    team.open_requisition(None)


def seen_here(cohort: Cohort) -> Cohort:
    """What of candidates the person at this session may see; all of it when working alone."""
    person = team.person()
    return cohort if person is None else as_seen_by(person, cohort)


def may(work: Workspace, action: Action) -> bool:
    """Whether the person may do something in the opened requisition; never where none is."""
    person = team.person()
    if person is None or work.opened is None or work.opened.closed:
        return False
    return person.may(action)


def candidates_are_kept(work: Workspace) -> bool:
    """Whether the store holds the session's candidates as they are."""
    return work.opened is not None and work.opened.cohort_key == work.cohort_key


def keep_candidates(work: Workspace, withdrawn: Sequence[str] = ()) -> None:
    """Keep the session's candidates as the requisition's newest.

    Parameters
    ----------
    withdrawn : sequence of str
        Codes of candidates who may be missing although reviewers have been given them.

    Raises
    ------
    StoreError
        With what to do about it; nothing is kept then.
    """
    person, opened = team.person(), work.opened
    assert person is not None
    assert opened is not None
    assert work.reading is not None
    assert work.mapping is not None
    upload = Upload(work.cohort_name, work.reading, work.mapping, work.own_scores)
    kept = keep_cohort(
        team.store(),
        person,
        opened.key,
        upload,
        opened.cohort_version,
        withdrawn=withdrawn,
        # The same upload over the same version is the same write, however often it is sent.
        key=str(uuid.uuid5(uuid.UUID(opened.key), f"{work.cohort_key} {opened.cohort_version}")),
    )
    opened.cohort_version, opened.cohort_sha256 = kept.version, kept.sha256
    opened.cohort_key = work.cohort_key


def missing_codes(work: Workspace) -> tuple[str, ...]:
    """Codes of the requisition's candidates who are not among the session's."""
    person, opened = team.person(), work.opened
    assert person is not None
    assert opened is not None
    here = set() if work.cohort is None else set(work.cohort.ids)
    known = candidates(team.store(), person, opened.key)
    return tuple(one.code for one in known if one.code not in here and not one.withdrawn_at)


def screen_is_kept(work: Workspace) -> bool:
    """Whether the store holds the session's screen as it is."""
    return (
        work.opened is not None
        and work.screen is not None
        and work.opened.screen_digest == work.screen.digest
    )


def keep_this_screen(work: Workspace) -> None:
    """Keep the session's screen as the requisition's newest version.

    Raises
    ------
    StoreError
        With what to do about it; nothing is kept then.
    """
    person, opened = team.person(), work.opened
    assert person is not None
    assert opened is not None
    assert work.screen is not None
    kept = keep_screen(team.store(), person, opened.key, work.screen, opened.screen_version)
    opened.screen_version, opened.screen_digest = kept.version, work.screen.digest


def keep_dismissal(work: Workspace, code: str, answer: Dismissal | None) -> None:
    """Keep a dismissed flag, or that a dismissal was taken back; alone, in the session only.

    Raises
    ------
    StoreError
        If it cannot be kept; the session stays as it was.
    """
    person, opened = team.person(), work.opened
    if person is not None and opened is not None:
        key = next(
            one.key for one in candidates(team.store(), person, opened.key) if one.code == code
        )
        if answer is None:
            dismissals.take_back(team.store(), person, key)
        else:
            answer = dismissals.dismiss(team.store(), person, key, answer.detectors, answer.reason)
    if answer is None:
        work.dismissals.pop(code, None)
    else:
        work.dismissals[code] = answer


def noting_sheets(work: Workspace) -> Callable[[str, Sequence[tuple[str | None, str]]], None]:
    """What notes, as files are handed out, which they were; nothing where none is open.

    Made while the page is drawn, since a download is answered outside of it.

    Returns
    -------
    callable
        Takes a kind, and for each file the candidate's code and its SHA-256.
    """
    person, opened = team.person(), work.opened
    issues = (Action.ISSUE_SHEETS, Action.MAKE_REPORTS)
    if person is None or opened is None or not any(map(person.may, issues)):
        return lambda _kind, _files: None
    store, requisition = team.store(), opened.key

    def note(kind: str, files: Sequence[tuple[str | None, str]]) -> None:
        keys: dict[str, str] = {}
        if any(code for code, _ in files):
            keys = {one.code: one.key for one in candidates(store, person, requisition)}
        # Somebody who is only in this session still has a sheet that may come back.
        noted = [Issue(kind, sha256, keys.get(code or "")) for code, sha256 in files]
        issue_sheets(store, person, requisition, noted)

    return note


def keep_criteria(work: Workspace, criteria: str) -> None:
    """Take over what the post asks for, and keep it where a requisition is open.

    Raises
    ------
    StoreError
        If it cannot be kept; the session stays as it was.
    """
    person, opened = team.person(), work.opened
    if person is not None and opened is not None and may(work, Action.CHANGE_REQUISITION):
        changed = change_requisition(
            team.store(), person, opened.key, opened.version, criteria=criteria
        )
        opened.version = changed.version
    work.criteria = criteria


def _open(work: Workspace, person: Person, now: Present) -> str:
    work.forget_everything()
    found = now.requisition
    work.opened = OpenedRequisition(found.key, found.title, found.version, found.is_closed)
    work.criteria = found.criteria
    told = _take_cohort(work, person, now)
    _take_screen(work, now)
    _take_dismissals(work, person)
    return told


def _bring_up_to_date(
    work: Workspace, person: Person, now: Present, opened: OpenedRequisition
) -> str:
    found, told = now.requisition, ""
    if found.version != opened.version:
        work.criteria = found.criteria
        opened.version, opened.title = found.version, found.title
        opened.closed = found.is_closed
    newest = now.cohort.sha256 if now.cohort else ""
    if newest != opened.cohort_sha256:
        told = _take_cohort(work, person, now) or (
            "The candidates were changed in the store; they are shown as they are now."
        )
    version = now.screen.version if now.screen else 0
    if version != opened.screen_version and (work.screen is None or screen_is_kept(work)):
        _take_screen(work, now)
        told = told or "Somebody has kept another screen; it is shown now."
    _take_dismissals(work, person)
    return told


def _take_cohort(work: Workspace, person: Person, now: Present) -> str:
    """Take over the newest candidates, as far as the person may see them."""
    opened = work.opened
    assert opened is not None
    if now.cohort is None or not (
        person.may(Action.SEE_CANDIDATES) or person.may(Action.SEE_GROUPS)
    ):
        return ""
    opened.cohort_version, opened.cohort_sha256 = now.cohort.version, now.cohort.sha256
    work.kept.clear()
    try:
        if person.may(Action.SEE_CANDIDATES):
            _take_upload(work, person, opened)
        else:
            seen = cohort_seen_by(team.store(), person, opened.key)
            assert seen is not None
            work.take_cohort(seen[2], seen[1])
    except (InputError, CatalogueError) as error:
        work.cohort, work.reading, work.mapping = None, None, None
        work.cohort_key = ""
        return str(error)
    # The same files are other candidates once somebody was erased from them.
    work.cohort_key = content_hash(work.cohort_key, opened.cohort_sha256)
    opened.cohort_key = work.cohort_key
    return ""


def _take_upload(work: Workspace, person: Person, opened: OpenedRequisition) -> None:
    found = upload_of(team.store(), person, opened.key)
    assert found is not None
    upload = found[1]
    work.take_own_scores(upload.own_scores)
    cohort = as_seen_by(person, upload.cohort())
    work.take_cohort(cohort, upload.name, upload.reading, upload.mapping)


def _take_screen(work: Workspace, now: Present) -> None:
    opened = work.opened
    assert opened is not None
    if now.screen is None:
        return
    opened.screen_version, opened.screen_digest = now.screen.version, now.screen.screen.digest
    if work.cohort is not None and set(now.screen.screen.signals) <= set(work.cohort.about):
        work.take_screen(now.screen.screen)


def _take_dismissals(work: Workspace, person: Person) -> None:
    if work.opened is not None and person.may(Action.SEE_CANDIDATES):
        work.dismissals = dismissals.dismissals(team.store(), person, work.opened.key)
