"""Whom the screen takes and what people decided, as the requisition report lists them."""

from __future__ import annotations

from toolkit.sheets.cohort_report import CohortReport, Counted, Decided
from toolkit.sheets.look import Page
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.texts import Texts

#: Rows of the table on paper; a person's decision is never left out.
LISTED_AT_MOST = 120


def decided_page(report: CohortReport, names: dict[str, str], t: Texts) -> Page:
    """The section's words: everyone taken, and everyone about whom a person decided.

    Parameters
    ----------
    report : CohortReport
    names : dict of str to str
        By code, where names are shown.
    t : Texts
        Of the requisition report.
    """
    if report.counted is not None:
        return _counted(report.counted, t)
    telling = [one for one in report.decided if one.selected or one.person or one.tied_at_cut]
    shown = [one for at, one in enumerate(telling) if at < LISTED_AT_MOST or one.person is not None]
    counts = {
        "decided_left": len(telling) - len(shown),
        "decided_others": len(report.decided) - len(telling),
    }
    return {
        "sentence": _sentence(report, t),
        "by_people": any(one.person is not None for one in shown),
        "rows": [_row(one, names, t) for one in shown],
        "remarks": [t.count(key, count) for key, count in counts.items() if count],
    }


def _counted(counted: Counted, t: Texts) -> Page:
    said = t("no_people")
    if counted.decided:
        said = t.count(
            "people_counted",
            counted.decided,
            forward=t.number(counted.forward, 0),
            differ=t.count("counted_differ", counted.overrides),
        )
    return {"sentence": said, "by_people": False, "rows": [], "remarks": [t("counted_only")]}


def _row(one: Decided, names: dict[str, str], t: Texts) -> Page:
    said = t("taken" if one.selected else "not_taken")
    person = one.person
    day = "" if person is None or person.on is None else t.date(person.on)
    return {
        "code": names.get(one.candidate_id, one.candidate_id),
        "rank": "–" if one.rank is None else t.number(one.rank, 0),
        "screen": t("by_lot", decision=said) if one.tied_at_cut else said,
        "person": "" if person is None else t.document["choices"][person.choice.replace(" ", "_")],
        "override": one.overridden,
        "reason": "" if person is None else _reason(person, t),
        "by": "" if person is None else ", ".join(part for part in (person.by, day) if part),
    }


def _reason(person: PersonDecision, t: Texts) -> str:
    return person.reason or (t("follows_ranking") if person.follows else "")


def _sentence(report: CohortReport, t: Texts) -> str:
    people = [one for one in report.decided if one.person is not None]
    if not people:
        return t("no_people")
    overrides = [one for one in people if one.overridden]
    said = t.count("people_decided", len(people), differ=t.count("people_differ", len(overrides)))
    unreasoned = sum(one.person is not None and one.person.unreasoned for one in overrides)
    return f"{said} {t.count('no_reason', unreasoned)}" if unreasoned else said
