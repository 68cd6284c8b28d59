"""Comparisons within strata as the adverse-impact report says them."""

from __future__ import annotations

from toolkit.fairness.result import AttributeStrata, StratifiedComparison
from toolkit.sheets.look import Page
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import Texts

#: Rows of counts on paper; the workbook holds all.
COUNTED_AT_MOST = 120


def column_words(column: str) -> str:
    """The name of a column as a heading has it."""
    return column.replace("_", " ")


def strata_page(found: AttributeStrata, t: Texts) -> Page:
    """The comparisons of one attribute within each stratum.

    Parameters
    ----------
    found : AttributeStrata
    t : Texts
        Of the adverse-impact report.
    """
    counts = [
        [
            one.group,
            stratum.stratum,
            t("of", selected=t.number(stratum.selected, 0), n=t.number(stratum.n, 0)),
            _percent(stratum.rate, t),
            t(
                "of",
                selected=t.number(stratum.referent_selected, 0),
                n=t.number(stratum.referent_n, 0),
            ),
            _percent(stratum.referent_rate, t),
        ]
        for one in found.groups
        for stratum in one.strata
    ]
    left = len(counts) - COUNTED_AT_MOST
    remarks = []
    if found.unknown_stratum:
        remarks.append(t.count("unknown_stratum", found.unknown_stratum))
    if left > 0:
        remarks.append(t.count("strata_left", left))
    return {
        "heading": t("within", stratum=column_words(found.stratum)),
        "rows": [_row(one, t) for one in found.groups],
        "readings": [spoken(one.reading, t) for one in found.groups if one.reading],
        "counts": counts[:COUNTED_AT_MOST],
        "remarks": remarks,
    }


def _row(one: StratifiedComparison, t: Texts) -> Page:
    return {
        "strong": one.reverses,
        "cells": [
            one.group,
            _number(one.pooled_ratio, t),
            _number(one.risk_ratio, t),
            _ends(one.risk_ratio_low, one.risk_ratio_high, t),
            _number(one.odds_ratio, t),
            _ends(one.odds_ratio_low, one.odds_ratio_high, t),
            _p(one.cmh_p, t),
            _p(one.breslow_day_p, t),
            t("yes" if one.reverses else "no"),
        ],
    }


def _number(value: float | None, t: Texts) -> str:
    return t("none") if value is None else t.number(value, 2)


def _ends(low: float | None, high: float | None, t: Texts) -> str:
    if low is None or high is None:
        return t("none")
    return t("interval", low=t.number(low, 2), high=t.number(high, 2))


def _p(value: float | None, t: Texts) -> str:
    if value is None:
        return t("none")
    return t("p_below", number=t.number(0.001, 3)) if value < 0.001 else t.number(value, 3)


def _percent(rate: float | None, t: Texts) -> str:
    return t("none") if rate is None else t("percent", number=t.number(100 * rate, 1))
