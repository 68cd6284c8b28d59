"""An adverse-impact report as words: what the template sets, with no figure left to work out."""

from __future__ import annotations

from toolkit.fairness.result import SHORTFALL_DEFINITION, AttributeImpact, GroupImpact, Impact
from toolkit.fairness.verdict import counted, ratio_in_words
from toolkit.sheets.audit_report import AuditReport
from toolkit.sheets.figure_page import Axis, Mark, Row, forest
from toolkit.sheets.look import USUAL, Look, Page
from toolkit.sheets.opening_head import opening_head
from toolkit.sheets.spoken import spoken
from toolkit.sheets.statutory_page import law_page
from toolkit.sheets.strata_page import column_words, strata_page
from toolkit.sheets.texts import Texts, texts_of

#: Groups in a figure: the largest; the tables hold all.
DRAWN_AT_MOST = 25
#: Comparisons told in a sentence each, whatever they say.
READ_AT_MOST = 8
_LOWEST, _HIGHEST = 0.25, 2.0
_TICKS = (0.25, 0.5, 0.8, 1.0, 1.25, 2.0)
_FOUR_FIFTHS = 0.8
_P_DECIMALS = 3


def audit_page(report: AuditReport, look: Look = USUAL) -> Page:
    """Every string that the template of an adverse-impact report prints.

    Parameters
    ----------
    report : AuditReport
    look : Look
        A4 and English when left out.
    """
    t = texts_of("audit", look.language)
    impact, digest = report.impact, report.digest
    return {
        **opening_head(
            report.requisition,
            look,
            t,
            rule=report.screen,
            remark=t("footer"),
            digest=digest,
            inputs=report.input_digest if report.inputs else "",
            screen=report.screen_digest,
            version=report.version,
        ),
        "counts": [
            {"label": t("screen"), "value": report.screen},
            {"label": t("candidates"), "value": t.number(impact.candidates, 0)},
            {"label": t("selected"), "value": t.number(impact.selected, 0)},
            {"label": t("prepared"), "value": t.date(report.date)},
        ],
        "sentence": spoken(report.headline, t),
        "tables": [_attribute(table, report, t) for table in impact.tables],
        "rules": _rules(impact, t),
        "statutory_t": dict(texts_of("statutory", look.language).document),
        "laws": [law_page(one, look) for one in report.statutory],
        "no_tables": [
            t("no_tables", law=one.law, why=spoken(one.why, t)) for one in report.no_tables
        ],
        "definitions": [
            {
                "term": one["term"],
                "text": one["text"].format(shortfall=spoken(SHORTFALL_DEFINITION, t)),
            }
            for one in t.document["definitions"]
        ],
        "record": _record(report, digest, t),
    }


def _attribute(table: AttributeImpact, report: AuditReport, t: Texts) -> Page:
    groups = [group for group in table.groups if group.n]
    strata = report.impact.strata.get(table.name)
    return {
        "heading": t("by", attribute=column_words(table.name)),
        "says": _says(table, t),
        "figure": _figure(table, groups, t),
        "rows": [_row(table, group, t) for group in table.groups],
        "tests": [
            _tests(group, t)
            for group in groups
            if group.group != table.referent and group.impact_ratio is not None
        ],
        "readings": _readings(table, groups, t),
        "excluded": _excluded(table, report.impact, t),
        "compared": _compared(table, report, t),
        "strata": {} if strata is None else strata_page(strata, t),
    }


def _excluded(table: AttributeImpact, impact: Impact, t: Texts) -> list[str]:
    """Who cannot be compared with, and why; many, as intersections have them, in one sentence."""
    small = [group for group in table.excluded if group.n]
    if len(small) > READ_AT_MOST:
        return [
            t(
                "excluded_many",
                number=t.number(len(small), 0),
                people=t.number(impact.rules.minimum_people, 0),
                share=t("percent", number=t.number(100 * impact.rules.minimum_share, 0)),
            )
        ]
    return [
        t(
            "excluded_one",
            group=group.group,
            counts=spoken(counted(group.selected, group.n), t),
            why=spoken(group.excluded_because or "", t),
        )
        for group in small
    ]


def _says(table: AttributeImpact, t: Texts) -> list[str]:
    """Who is compared with whom, and whose membership is not known."""
    if table.referent is None:
        said = [t("no_referent")]
    else:
        group = table.group(table.referent)
        said = [
            t("referent", group=group.group, counts=spoken(counted(group.selected, group.n), t))
        ]
        if not table.referent_certain:
            said.append(t("referent_uncertain"))
    if not table.unknown:
        said.append(t("unknown_none"))
    else:
        said.append(
            t(
                "unknown_one" if table.unknown == 1 else "unknown",
                number=t.number(table.unknown, 0),
                selected=t.number(table.unknown_selected, 0),
            )
        )
    if table.read_as_unknown:
        answers = [
            t("unknown_answer", answer=answer, number=t.number(count, 0))
            for answer, count in table.read_as_unknown.items()
        ]
        said.append(t("read_as_unknown", answers=", ".join(answers)))
    return said


def _readings(table: AttributeImpact, groups: list[GroupImpact], t: Texts) -> list[str]:
    """Each comparison in a sentence; of many groups, those of which something can be said."""
    others = [group for group in groups if group.group != table.referent and group.reading]
    telling = [group for group in others if group.verdict != "too small to say"]
    if len(others) <= READ_AT_MOST:
        return [spoken(group.reading, t) for group in others]
    small = len(others) - len(telling)
    said = [spoken(group.reading, t) for group in telling]
    return [*said, t.count("readings_left", small)] if small else said


def _figure(table: AttributeImpact, groups: list[GroupImpact], t: Texts) -> Page:
    largest = sorted(groups, key=lambda group: -group.n)[:DRAWN_AT_MOST]
    rows = []
    for group in groups:
        if group not in largest or group.impact_ratio is None:
            continue
        mark: Mark = "diamond" if group.group == table.referent else "dot"
        if group.verdict in ("too small to say", "no comparison"):
            mark = "ring"
        high = group.impact_ratio_high
        if group.impact_ratio_low is not None and high is None:
            high = _HIGHEST
        rows.append(
            Row(
                t(
                    "figure_label",
                    group=group.group,
                    selected=t.number(group.selected, 0),
                    n=t.number(group.n, 0),
                ),
                _ratio_with_interval(group, t),
                ((group.impact_ratio, mark),),
                group.impact_ratio_low,
                high,
            )
        )
    if not rows:
        return {}
    in_words = "; ".join(f"{row.label}: {row.figure}" for row in rows)
    kinds = {mark for row in rows for _, mark in row.marks}
    named: list[tuple[Mark, str]] = [
        ("diamond", t("legend_referent")),
        ("dot", t("legend_compared")),
        ("ring", t("legend_small")),
    ]
    return {
        **forest(
            t("figure_alt", attribute=column_words(table.name), rows=in_words),
            Axis(_LOWEST, _HIGHEST, log=True),
            rows,
            ticks=[(value, t.number(value, 2)) for value in _TICKS],
            refs=[_FOUR_FIFTHS],
            legend=[entry for entry in named if entry[0] in kinds],
        ),
        "left": t.count("figure_left", len(groups) - len(largest))
        if len(groups) > len(largest)
        else "",
    }


def _row(table: AttributeImpact, group: GroupImpact, t: Texts) -> Page:
    is_referent = group.group == table.referent
    return {
        "strong": group.verdict == "adverse impact indicated",
        "cells": [
            group.group,
            t.number(group.n, 0),
            t.number(group.selected, 0),
            _span(group.rate, group.rate_low, group.rate_high, t, percent=True),
            _span(
                group.impact_ratio,
                None if is_referent else group.impact_ratio_low,
                None if is_referent else group.impact_ratio_high,
                t,
            ),
            _ends(group.impact_ratio_exact_low, group.impact_ratio_exact_high, t),
            [t("none"), ""]
            if is_referent or not table.unknown
            else _ends(group.bound_low, group.bound_high, t),
            [spoken(group.verdict, t), ""],
        ],
    }


def _tests(group: GroupImpact, t: Texts) -> list[str]:
    def number(value: float | None, decimals: int) -> str:
        return t("none") if value is None else t.number(value, decimals)

    further = group.people_to_four_fifths
    return [
        group.group,
        _p(group.fisher_p, t),
        _p(group.mid_p, t),
        _p(group.p_adjusted, t),
        _p(group.p_adjusted_bh, t),
        number(group.z, 2),
        number(group.shortfall, 1),
        number(further, 0),
        _ratio(group.one_person_swap, t),
        _ratio(group.smallest_detectable_ratio, t),
    ]


def _compared(table: AttributeImpact, report: AuditReport, t: Texts) -> list[list[str]]:
    """The lowest ratio under each decision; nothing where there is one decision alone."""
    if len(report.compared.impacts) < 2:
        return []
    rows, comparable = [], False
    for name, impact in zip(report.decisions, report.compared.impacts.values(), strict=True):
        same = next(one for one in impact.tables if one.name == table.name)
        lowest = same.lowest
        comparable = comparable or lowest is not None
        below = sum(g.below_four_fifths for g in same.groups if g.included)
        rows.append(
            [
                spoken(name, t),
                t("none") if lowest is None else lowest.group,
                t("none") if lowest is None else _ratio_with_interval(lowest, t),
                t.number(below, 0),
                t("none") if lowest is None else spoken(lowest.verdict, t),
            ]
        )
    return rows if comparable else []


def _rules(impact: Impact, t: Texts) -> str:
    rules = impact.rules
    return t(
        "rules",
        people=t.number(rules.minimum_people, 0),
        share=t("percent", number=t.number(100 * rules.minimum_share, 0)),
        confidence=t("percent", number=t.number(100 * rules.confidence, 0)),
        alpha=t.number(rules.alpha, 2),
        power=t("percent", number=t.number(100 * rules.power, 0)),
    )


def _span(
    value: float | None,
    low: float | None,
    high: float | None,
    t: Texts,
    *,
    percent: bool = False,
) -> list[str]:
    """A figure, and its interval to stand under it."""
    if value is None:
        return [t("none"), ""]
    write = _percent if percent else _ratio
    if low is None:
        return [write(value, t), ""]
    if high is None:
        return [write(value, t), t("interval_open", low=write(low, t))]
    return [write(value, t), t("interval", low=write(low, t), high=write(high, t))]


def _ends(low: float | None, high: float | None, t: Texts) -> list[str]:
    if low is None:
        return [t("none"), ""]
    if high is None:
        return [t("interval_open", low=_ratio(low, t)), ""]
    return [t("interval", low=_ratio(low, t), high=_ratio(high, t)), ""]


def _ratio_with_interval(group: GroupImpact, t: Texts) -> str:
    value, interval = _span(group.impact_ratio, group.impact_ratio_low, group.impact_ratio_high, t)
    return t("with_interval", value=value, interval=interval) if interval else value


def _ratio(value: float | None, t: Texts) -> str:
    """A ratio with two decimals, or as many as show on which side of 0.80 it lies."""
    if value is None:
        return t("none")
    written = ratio_in_words(value)
    return t.number(value, len(written.partition(".")[2]))


def _percent(share: float, t: Texts) -> str:
    return t("percent", number=t.number(100 * share, 1))


def _p(value: float | None, t: Texts) -> str:
    if value is None:
        return t("none")
    smallest = 10.0**-_P_DECIMALS
    if value < smallest:
        return t("p_below", number=t.number(smallest, _P_DECIMALS))
    return t.number(value, _P_DECIMALS)


def _record(report: AuditReport, digest: str, t: Texts) -> list[Page]:
    entries = [
        (t("record_content"), digest),
        (t("record_screen", name=t("quoted", text=report.screen)), report.screen_digest),
        *((t("record_input", name=name), value) for name, value in report.inputs),
        (t("record_version"), t("record_version_value", version=report.version)),
    ]
    return [{"what": what, "digest": value} for what, value in entries]
