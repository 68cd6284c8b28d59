"""A requisition report as words: what the template sets, with no figure left to work out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from toolkit.influence.notice import Condition
from toolkit.sheets.cohort_report import CohortReport, SignalLine
from toolkit.sheets.decided_page import decided_page
from toolkit.sheets.figure_page import Axis, Mark, Row, forest
from toolkit.sheets.look import USUAL, Look, Page
from toolkit.sheets.noise_page import noise_said
from toolkit.sheets.opening_head import opening_head
from toolkit.sheets.review_page import agreement_page, ranking_page
from toolkit.sheets.reward_page import not_judged_page, reward_page
from toolkit.sheets.spoken import spoken
from toolkit.sheets.sweep_page import sweep_page
from toolkit.sheets.texts import Texts, texts_of

#: Codes named in a list; the rest are counted.
NAMED_AT_MOST = 24
_TICKS = (-0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)


def cohort_page(report: CohortReport, look: Look = USUAL) -> Page:
    """Every string that the template of a requisition report prints.

    Parameters
    ----------
    report : CohortReport
    look : Look
        A4 and English when left out.
    """
    t = texts_of("cohort", look.language)
    requisition, rule, digest = report.requisition, report.rule, report.digest
    names = {code: f"{code} · {name}" for code, name in report.names if name != code}
    return {
        **opening_head(
            requisition,
            look,
            t,
            rule=rule.name,
            remark=t("footer"),
            digest=digest,
            inputs=report.input_digest if report.inputs else "",
            screen=rule.digest,
            version=report.version,
        ),
        "role": requisition.role,
        "stage": spoken(requisition.stage, t),
        "prepared": t.date(report.date),
        "counts": [
            {"label": t(key), "value": t.number(value, 0)}
            for key, value in (
                ("candidates", rule.candidates),
                ("places", rule.places),
                ("met", rule.eligible),
                ("selected", rule.selected),
            )
        ],
        "named": bool(names),
        "sentence": spoken(report.headline, t),
        "screen": _screen(report, t),
        "changes": _changes(report, names, t),
        "sweeps": [sweep_page(one, t) for one in report.sweeps],
        "not_swept": t("not_swept", labels=t.joined(report.not_swept, "list_and"))
        if report.not_swept
        else "",
        "noise": _noise(report, t),
        "reward": reward_page(report.reward, t) if report.counted is None else not_judged_page(t),
        "no_review": spoken(report.no_review, t)
        or (t("no_ratings") if report.agreement is None and report.ranking is None else ""),
        "agreement": {} if report.agreement is None else agreement_page(report.agreement, t),
        "ranking": {} if report.ranking is None else ranking_page(report.ranking, names, t),
        "decided": decided_page(report, names, t),
        "record": _record(report, digest, t),
    }


def _screen(report: CohortReport, t: Texts) -> Page:
    rule = report.rule
    said = [
        t("screen_name", name=t("quoted", text=rule.name)),
        t("screen_ties", signals=t.joined(rule.tie_breakers, "list_and"))
        if rule.tie_breakers
        else t("screen_no_ties"),
        t(f"scale_{rule.scale}"),
        t(f"missing_{rule.missing}"),
    ]
    if rule.tied:
        said.append(t("screen_tied", number=t.number(rule.tied, 0)))
    return {
        "rule": " ".join(said),
        "rows": [_signal_row(one, t) for one in report.signals],
        "figure": _weights(report.signals, t) if report.signals else {},
    }


def _signal_row(one: SignalLine, t: Texts) -> Page:
    conditions = "; ".join(condition_words(each, one.decimals, t) for each in one.conditions)
    return {
        "is_score": one.kind == "score",
        "cells": [
            one.label,
            t.document["kinds"][one.kind],
            conditions or "–",
            t.percent(one.nominal_weight),
            "–" if one.effective_weight is None else t.percent(one.effective_weight),
            "–" if one.decision_share is None else t.percent(one.decision_share),
        ],
    }


def condition_words(condition: Condition, decimals: int, t: Texts) -> str:
    """A condition without the name of its signal: "at least 50"."""
    parts = []
    if condition.at_least is not None:
        parts.append(t("at_least", number=t.number(condition.at_least, decimals)))
    if condition.at_most is not None:
        parts.append(t("at_most", number=t.number(condition.at_most, decimals)))
    if condition.one_of is not None:
        numbers = [t.number(value, decimals) for value in condition.one_of]
        parts.append(t("one_of", numbers=", ".join(numbers)))
    return t.joined(parts, "list_and")


def _weights(signals: Sequence[SignalLine], t: Texts) -> Page:
    """Weight stated, weight in effect and share of the decisions, beside each other."""
    rows = []
    for one in signals:
        marks: list[tuple[float, Mark]] = [(one.nominal_weight, "ring")]
        if one.effective_weight is not None:
            marks.append((one.effective_weight, "dot"))
        if one.decision_share is not None:
            marks.append((one.decision_share, "diamond"))
        rows.append(Row(one.label, "", tuple(marks), strong=one.kind == "score"))
    drawn = [value for row in rows for value, _ in row.marks]
    low = math.floor(min(0.0, *drawn) * 4) / 4
    high = math.ceil(max(0.25, *drawn) * 4) / 4
    spoken = ". ".join(
        t(
            "weights_spoken",
            label=one.label,
            stated=t.percent(one.nominal_weight),
            effect="–" if one.effective_weight is None else t.percent(one.effective_weight),
            share="–" if one.decision_share is None else t.percent(one.decision_share),
        )
        for one in signals
    )
    return forest(
        t("weights_alt", rows=spoken),
        Axis(low, high),
        rows,
        ticks=[
            (share, t("percent", number=t.number(100 * share, 0)))
            for share in _TICKS
            if low <= share <= high
        ],
        legend=[
            ("ring", t("legend_stated")),
            ("dot", t("legend_effect")),
            ("diamond", t("legend_share")),
        ],
    )


def _changes(report: CohortReport, names: dict[str, str], t: Texts) -> Page:
    scores = report.scores
    rises = [rise for rise, _ in scores[0].seats_bought] if scores else []
    told = (("only_with", report.only_with), ("only_without", report.only_without))
    counted = report.counted
    who = [
        {"label": t(key), "codes": _codes(codes, names, t)}
        for key, codes in told
        if scores and codes
    ]
    if counted is not None:
        numbers = {"only_with": counted.only_with, "only_without": counted.only_without}
        who = [{"label": t(key), "codes": t.number(n, 0)} for key, n in numbers.items() if scores]
    return {
        "sentences": [spoken(one.sentence, t) for one in scores] if len(scores) > 1 else [],
        "columns": [
            *t.document["change_columns"],
            *(t("bought", rise=t.number(rise, 0)) for rise in rises),
        ],
        "rows": [
            [
                one.label,
                t.number(one.flips, 0),
                t.number(one.only_with, 0),
                t.number(one.only_without, 0),
                "–" if one.order_kept is None else t.number(one.order_kept, 2),
                *(t.number(seats, 0) for _, seats in one.seats_bought),
            ]
            for one in scores
        ],
        "who": who,
    }


def _codes(codes: Sequence[str], names: dict[str, str], t: Texts) -> str:
    shown = ", ".join(names.get(code, code) for code in codes[:NAMED_AT_MOST])
    left = len(codes) - NAMED_AT_MOST
    return t("and_more", shown=shown, number=t.number(left, 0)) if left > 0 else shown


def _noise(report: CohortReport, t: Texts) -> Page:
    if report.noise is None:
        return {"sentence": t("no_scores"), "assumed": ""}
    return {
        "sentence": spoken(report.noise.sentence, t),
        "assumed": noise_said(report.noise.spreads, t),
    }


def _record(report: CohortReport, digest: str, t: Texts) -> list[Page]:
    rule = report.rule
    entries = [
        (t("record_content"), digest),
        (t("record_screen", name=t("quoted", text=rule.name)), rule.digest),
        *((t("record_input", name=name), value) for name, value in report.inputs),
        (t("record_version"), t("record_version_value", version=report.version)),
    ]
    return [{"what": what, "digest": value} for what, value in entries]
