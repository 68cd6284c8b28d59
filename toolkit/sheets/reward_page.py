"""Suspected inflation and its reward, as the requisition report draws and says it."""

from __future__ import annotations

from toolkit.inflation.reward import StratumCounts
from toolkit.sheets.cohort_report import RewardTest
from toolkit.sheets.figure_page import Axis, Mark, Row, forest
from toolkit.sheets.look import Page
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import Texts

_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def reward_page(found: RewardTest, t: Texts) -> Page:
    """The section's words and its figure.

    Parameters
    ----------
    found : RewardTest
    t : Texts
        Of the requisition report.
    """
    remarks = [spoken(one, t) for one in found.remarks]
    if found.not_assessed:
        remarks.append(t.count("not_assessed", found.not_assessed))
    compared = any(one.inflated for one in found.strata) and any(one.other for one in found.strata)
    return {
        "flagged": t.count("flagged", found.flagged),
        "rate": t("flag_rate", rate=t.percent(found.false_flag_rate)),
        "not_judged": [
            t("not_judged", label=spoken(label, t), lacking=spoken(lacking, t))
            for label, lacking in found.lacking
        ],
        "sentence": spoken(found.sentence, t),
        "figure": _figure(found, t) if compared else {},
        "remarks": remarks,
    }


def not_judged_page(t: Texts) -> Page:
    """The section's words where candidates are counted only."""
    nothing: Page = {"sentence": "", "figure": {}, "remarks": [], "rate": "", "not_judged": []}
    return {**nothing, "flagged": t("not_judged_here")}


def _figure(found: RewardTest, t: Texts) -> Page:
    rows = [_row(stratum, t) for stratum in found.strata]
    in_words = ". ".join(f"{row.label}: {row.figure}" for row in rows)
    return forest(
        t("reward_alt", rows=in_words),
        Axis(0.0, 1.0),
        rows,
        ticks=[(share, t("percent", number=t.number(100 * share, 0))) for share in _SHARES],
        legend=[("square", t("legend_suspected")), ("dot", t("legend_others"))],
    )


def _row(stratum: StratumCounts, t: Texts) -> Row:
    marks: list[tuple[float, Mark]] = []
    counts = []
    for selected, people, mark, words in (
        (stratum.selected_other, stratum.other, "dot", "reward_others"),
        (stratum.selected_inflated, stratum.inflated, "square", "reward_suspected"),
    ):
        if people:
            marks.append((selected / people, "square" if mark == "square" else "dot"))
            counts.append(t(words, selected=t.number(selected, 0), people=t.number(people, 0)))
    label = t.document["strata"].get(stratum.label.replace(" ", "_"), stratum.label)
    return Row(label, "; ".join(reversed(counts)), tuple(marks))
