"""Structured review in the requisition report: agreement, and the ranking beside the screen."""

from __future__ import annotations

from toolkit.estimate import Estimate
from toolkit.sheets.cohort_report import AgreementLine, AgreementPart, RankedCandidate, RankingPart
from toolkit.sheets.figure_page import Axis, Row, forest
from toolkit.sheets.look import Page
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import Texts

#: Rows of the ranking on paper; those whom review or screen takes come first.
RANKED_AT_MOST = 60
#: Reviewers in the picture of severity: the furthest from the average.
SEVERITIES_AT_MOST = 20
#: Below this and above its opposite, a place is all but certain.
_OPEN = 0.05


def agreement_page(found: AgreementPart, t: Texts) -> Page:
    """How far reviewers agree.

    Parameters
    ----------
    found : AgreementPart
    t : Texts
        Of the requisition report.
    """
    first, *others = [spoken(one, t) for one in found.sentences]
    remarks = []
    if found.without_rating:
        remarks.append(t.count("without_rating", found.without_rating))
    return {
        "sentence": first,
        "says": others,
        "rows": [_line(one, t) for one in found.lines],
        "remarks": remarks,
        "severity": _severity(found, t) if found.severity else {},
    }


def _line(line: AgreementLine, t: Texts) -> Page:
    return {
        "cells": [
            line.label or t("overall"),
            t.number(line.candidates, 0),
            t.number(line.reviewers, 0),
        ],
        "estimates": [_estimate(one, t) for one in (line.one, line.mean, line.alpha, line.ac2)],
    }


def _estimate(one: Estimate, t: Texts) -> Page:
    if one.value is None or one.low is None or one.high is None:
        return {"value": "–" if one.value is None else t.number(one.value, 2), "interval": ""}
    low, high = (t.number(end, 2) for end in (one.low, one.high))
    return {"value": t.number(one.value, 2), "interval": t("interval", low=low, high=high)}


def _severity(found: AgreementPart, t: Texts) -> Page:
    shown = sorted(found.severity, key=lambda one: -abs(one.severity))[:SEVERITIES_AT_MOST]
    reach = max([0.5, *(max(abs(one.low), abs(one.high)) for one in shown)])
    # A severe reviewer stands on the left, where low ratings do.
    rows = [
        Row(
            one.reviewer,
            t(
                "severity_figure",
                points=("+" if one.severity < 0 else "") + t.number(-one.severity, 2),
                ratings=t.number(one.ratings, 0),
            ),
            ((-one.severity, "dot"),),
            -one.high,
            -one.low,
        )
        for one in sorted(shown, key=lambda one: one.severity)
    ]
    in_words = "; ".join(f"{row.label} {row.figure}" for row in rows)
    return forest(
        t("severity_alt", rows=in_words),
        Axis(-reach, reach),
        rows,
        ticks=[
            (-reach, t("severity_low", points=t.number(reach, 1))),
            (0.0, t("severity_none")),
            (reach, t("severity_high", points=t.number(reach, 1))),
        ],
        refs=[0.0],
    )


def ranking_page(found: RankingPart, names: dict[str, str], t: Texts) -> Page:
    """The ranking by structured review beside the screen's.

    Parameters
    ----------
    found : RankingPart
    names : dict of str to str
        By code, where names are shown.
    t : Texts
        Of the requisition report.
    """
    telling = [one for one in found.ranked if one.taken or one.selected or _open(one)]
    rest = [one for one in found.ranked if one not in telling]
    shown = {one.candidate_id for one in [*telling, *rest][:RANKED_AT_MOST]}
    counts = {
        "ranking_left": len(found.ranked) - len(shown),
        "ranking_not_rated": len(found.not_rated),
        "ranking_strangers": sum(one.selected is None for one in found.ranked),
    }
    # Those level with each other share the middle of their ranks: a half stands in all or in none.
    halves = any(one.rank is not None and not one.rank.is_integer() for one in found.ranked)
    weights = [
        t("ranking_weight", label=name, share=t.percent(share)) for name, share in found.weights
    ]
    return {
        "sentence": spoken(found.sentence, t),
        "beside": spoken(found.beside, t),
        "weights": t("ranking_weights", weights=", ".join(weights)),
        "rows": [_row(one, names, halves, t) for one in found.ranked if one.candidate_id in shown],
        "remarks": [t.count(key, count) for key, count in counts.items() if count],
    }


def _open(one: RankedCandidate) -> bool:
    chance = one.probability_in_top
    return chance is not None and _OPEN < chance < 1 - _OPEN


def _row(one: RankedCandidate, names: dict[str, str], halves: bool, t: Texts) -> Page:
    span = ""
    if one.rank_low is not None and one.rank_high is not None:
        low, high = (t.number(end, 0) for end in (one.rank_low, one.rank_high))
        span = t("rank_range", low=low, high=high)
    chance = one.probability_in_top
    return {
        "code": names.get(one.candidate_id, one.candidate_id),
        "rank": "–" if one.rank is None else t.number(one.rank, int(halves)),
        "range": span,
        "total": "–" if one.total is None else t.number(one.total, 2),
        "adjusted": "–" if one.adjusted_total is None else t.number(one.adjusted_total, 2),
        "chance": -1.0 if chance is None else chance,
        "chance_words": "–" if chance is None else t.percent(chance),
        "review": t("taken" if one.taken else "not_taken"),
        "screen": _screen(one, t),
        "differ": one.selected is not None and one.taken != one.selected,
    }


def _screen(one: RankedCandidate, t: Texts) -> str:
    if one.selected is None:
        return t("not_screened")
    if one.screen_rank is None:
        return t("screen_no_rank")
    rank = t.number(one.screen_rank, 0)
    return t("screen_taken" if one.selected else "screen_not_taken", rank=rank)
