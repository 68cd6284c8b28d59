"""A notice as words: what the template sets, with no figure left to work out."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.influence.notice import Seen
from toolkit.sheets.cohort_page import condition_words
from toolkit.sheets.look import USUAL, Look, Page
from toolkit.sheets.notice_sheet import NoticeSheet
from toolkit.sheets.running import running, title_of
from toolkit.sheets.texts import Texts, texts_of

#: So many rows fit beside everything else on one page of Letter; what changed nothing is
#: named in a sentence beyond them.
ROWS_AT_MOST = 8


def notice_page(sheet: NoticeSheet, look: Look = USUAL) -> Page:
    """Every string that the template of a notice prints.

    Parameters
    ----------
    sheet : NoticeSheet
    look : Look
        A4 and English when left out.
    """
    t = texts_of("notice", look.language)
    told, requisition = sheet.notice, sheet.requisition
    title = title_of(requisition)
    scores, other_scores = shared_out(told.scores, ROWS_AT_MOST - min(3, len(told.evidence)))
    evidence, other_evidence = shared_out(told.evidence, ROWS_AT_MOST - len(scores))
    forward = told.taken_forward
    return {
        **look.page(t),
        **running(
            t,
            title=t("document_title", requisition=title) if title else t("document_untitled"),
            belongs_to=" · ".join(part for part in (sheet.candidate_code, title) if part),
            digest=sheet.digest,
            inputs=sheet.input_digest if sheet.inputs else "",
            screen=sheet.screen_digest,
            version=sheet.version,
            remark=t("footer"),
            retain_until=requisition.retain_until or look.branding.retain_until,
            signed=False,
        ),
        "organisation": requisition.organisation or look.branding.organisation,
        "opening": title,
        "code": " ".join(sheet.candidate_code.split()),
        "name": "" if sheet.candidate_name is None else " ".join(sheet.candidate_name.split()),
        "date": t.date(sheet.date),
        "verdict": t("forward" if forward else "not_forward"),
        "order": _order(sheet, t),
        "person": _person(sheet, t),
        "scores_say": _scores_say(sheet, t),
        "scores": [_row(one, forward, t) for one in scores],
        "other_scores": _others(other_scores, t),
        "evidence_say": _deciding(told.evidence, forward, t),
        "evidence": [_row(one, forward, t) for one in evidence],
        "other_evidence": _others(other_evidence, t),
        "contact": sheet.contact.address,
        "ask_by": t.date(sheet.contact.ask_by) if sheet.contact.ask_by else "",
    }


def shared_out(seen: Sequence[Seen], at_most: int) -> tuple[list[Seen], list[Seen]]:
    """Signals with a row of their own, and those named in a sentence.

    What decided or was not met always has a row, whatever the number.

    Returns
    -------
    (list of Seen, list of Seen)
        Both in the order of the screen.
    """
    if len(seen) <= at_most:
        return list(seen), []
    telling = [one for one in seen if one.decided or one.failed]
    room = max(at_most - len(telling), 0)
    plain = sorted((one for one in seen if one not in telling), key=lambda one: -abs(one.weight))
    shown = [*telling, *plain[:room]]
    return [one for one in seen if one in shown], [one for one in seen if one not in shown]


def _order(sheet: NoticeSheet, t: Texts) -> str:
    told = sheet.notice
    counts = {
        "eligible": t.number(told.eligible, 0),
        "candidates": t.number(told.candidates, 0),
        "places": t.number(told.places, 0),
    }
    if told.rank is None:
        lacking = [one.label for one in told.seen if one.stand_in_how and one.stand_in is None]
        failed = [one.label for one in told.seen if one.failed]
        if failed:
            said = t("no_rank_condition", labels=t.joined(failed, "list_and"))
        elif lacking:
            said = t("no_rank_missing", labels=t.joined(lacking, "list_and"))
        else:
            said = t("no_rank")
        return f"{said} {t('counts', **counts)}"
    said = t("rank", rank=t.number(told.rank, 0), **counts)
    return f"{said} {t('by_lot')}" if told.by_lot else said


def _person(sheet: NoticeSheet, t: Texts) -> str:
    """What a person decided; the reason may speak of others and is not printed."""
    person = sheet.person
    if person is None:
        return t("no_person")
    day = t("person_on", date=t.date(person.on)) if person.on else ""
    return t(f"person_{person.choice.replace(' ', '_')}", on=day)


def _scores_say(sheet: NoticeSheet, t: Texts) -> str:
    told = sheet.notice
    if not told.scores:
        return t("no_scores")
    way = "in" if told.taken_forward else "out"
    together = t(f"decided_all_{way}" if told.otherwise_without_scores else "decided_none")
    return _deciding(told.scores, told.taken_forward, t) or together


def _deciding(seen: Sequence[Seen], forward: bool, t: Texts) -> str:
    """What would have turned the decision, had it not been looked at; empty where nothing."""
    deciding = [one.label for one in seen if one.decided]
    if not deciding:
        return ""
    many = "many" if len(deciding) > 1 else "one"
    labels = t.joined(deciding, "list_or")
    return t(f"decided_{many}_{'in' if forward else 'out'}", labels=labels)


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def _row(one: Seen, forward: bool, t: Texts) -> Page:
    return {
        "label": one.label,
        "value": t("no_value") if one.value is None else t.number(one.value, one.decimals),
        "used": _sentence_case("; ".join(_used(one, t))),
        "decided": one.decided,
        "changed": t(("changed_in" if forward else "changed_out") if one.decided else "unchanged"),
    }


def _used(one: Seen, t: Texts) -> list[str]:
    used = []
    for condition in one.conditions:
        said = condition_words(condition, one.decimals, t)
        used.append(t("used_condition" if condition.met else "used_not_met", condition=said))
    if one.weight:
        used.append(t("used_weight", share=t.percent(abs(one.weight))))
    if one.weight < 0:
        used.append(t("used_against"))
    if one.breaks_ties:
        used.append(t("used_ties"))
    if one.stand_in is not None:
        value = t.number(one.stand_in, one.decimals)
        used.append(t(f"stand_in_{one.stand_in_how}", value=value))
    elif one.stand_in_how == "reject":
        used.append(t("rejected"))
    return used or [t("used_not")]


def _others(others: Sequence[Seen], t: Texts) -> str:
    if not others:
        return ""
    return t("others", labels=t.joined([one.label for one in others], "list_and"))
