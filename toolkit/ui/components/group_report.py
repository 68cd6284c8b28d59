"""Everything said of one decision's groups: for candidates and for counts alike."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from toolkit.fairness.before_after import BeforeAfter
from toolkit.fairness.bootstrap import Bootstrap, TableResampled
from toolkit.fairness.outcome_impact import OutcomeImpact
from toolkit.fairness.result import AttributeImpact, Impact
from toolkit.fairness.score_impact import ScoreImpact
from toolkit.fairness.verdict import ratio_in_words
from toolkit.sheets.impact_workbook import PANEL, impact_workbook
from toolkit.ui.components.group_picture import group_picture
from toolkit.ui.components.group_sentence import attribute_notes, attribute_readings
from toolkit.ui.components.group_table import group_table
from toolkit.ui.components.heading import section
from toolkit.ui.components.outcome_gap_picture import outcome_formulas, outcome_gap_picture
from toolkit.ui.components.score_gap_picture import score_formulas, score_gap_picture
from toolkit.ui.components.strata_picture import strata_picture
from toolkit.ui.components.table import table_download
from toolkit.ui.components.table_picker import table_picker
from toolkit.ui.plain_text import plain

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def group_tabs(
    impact: Impact, key: str, below: Callable[[AttributeImpact], None] | None = None
) -> None:
    """One tab an attribute, and one for the intersection.

    Parameters
    ----------
    impact : Impact
    key : str
        Unique on the page.
    below : callable, optional
        Draws what else belongs into a tab.
    """
    for tab, table in zip(
        st.tabs([plain(table.name) for table in impact.tables]), impact.tables, strict=True
    ):
        with tab:
            section(f"By {plain(table.name)}")
            attribute_notes(table)
            group_picture(table)
            group_table(table, impact.rules.alpha)
            attribute_readings(table)
            _every_figure(impact, table, key)
            if impact.bootstrap is not None:
                _resampled(impact.bootstrap, table)
            if table.name in impact.strata:
                strata = impact.strata[table.name]
                section(
                    f"Within each {plain(strata.stratum)}",
                    "People compete within one opening. Throwing several together can turn a "
                    "comparison around (Simpson's paradox).",
                )
                strata_picture(strata, impact.rules.alpha, f"{key}-{table.name}")
            if below is not None:
                below(table)


def score_section(found: ScoreImpact, label: str) -> None:
    """The groups compared on a score itself.

    Parameters
    ----------
    found : ScoreImpact
    label : str
        What the score is called.
    """
    if found.not_scored:
        people = "person has" if found.not_scored == 1 else "people have"
        st.markdown(f"{found.not_scored:,} {people} no {plain(label)} and are left out.")
    names = [table.name for table in found.tables]
    score_gap_picture(found, found.tables[table_picker(names, "groups-score-by")], label)
    score_formulas()


def outcome_section(found: OutcomeImpact, alpha: float) -> None:
    """The groups compared on how people turned out.

    Parameters
    ----------
    found : OutcomeImpact
    alpha : float
        The level of the tests.
    """
    if found.note:
        st.info(plain(found.note))
    if found.not_known:
        st.markdown(
            f"Known of {found.known:,} people, {found.known_selected:,} of them selected; "
            f"{found.not_known:,} others are left out."
        )
    names = [table.name for table in found.tables]
    outcome_gap_picture(found, found.tables[table_picker(names, "groups-outcome-by")], alpha)
    outcome_formulas()


def group_files(
    impact: Impact,
    compared: BeforeAfter | None = None,
    scores: ScoreImpact | None = None,
    outcomes: OutcomeImpact | None = None,
) -> None:
    """The figures to take away, without any person."""
    section("Take the figures with you", "Counts, rates and tests by group, without any person.")
    with st.container(horizontal=True):
        st.download_button(
            "Download all as a workbook",
            data=lambda: impact_workbook(impact, scores, outcomes, compared),
            file_name="groups.xlsx",
            mime=_XLSX,
            key="groups-workbook",
            on_click="ignore",
        )
        table_download(
            pd.DataFrame(impact.rows()),
            key="groups",
            file_name="groups.csv",
            label="Download the groups as CSV",
            workbook=False,
        )
        if compared is not None:
            table_download(
                pd.DataFrame(compared.rows()),
                key="groups-compared",
                file_name="groups-with-and-without-scores.csv",
                label="Download with and without each score as CSV",
                workbook=False,
            )


def _every_figure(impact: Impact, table: AttributeImpact, key: str) -> None:
    """The whole panel, for those who want each figure beside the others."""
    with st.expander("Every figure"):
        rows = [row for row in impact.rows() if row["attribute"] == table.name]
        titles = {name: title for name, title, *_ in PANEL if name not in ("attribute", "reading")}
        frame = pd.DataFrame(rows)[list(titles)].rename(columns=titles)
        st.dataframe(
            frame,
            hide_index=True,
            key=f"every-figure-{key}-{table.name}",
            placeholder="–",
            alt=f"Every figure by {table.name}",
        )
        st.caption("The workbook below says what each column means.")


def _resampled(found: Bootstrap, table: AttributeImpact) -> None:
    with st.expander("How much it moves with other people (resampling)"):
        drawn = found.tables[table.name]
        st.markdown(_smallest(drawn, found.resamples))
        st.table(
            pd.DataFrame(
                [
                    {
                        "Group": plain(group.group),
                        "Rate": _ends(group.rate_low, group.rate_high, percent=True),
                        "Impact ratio": _ends(group.impact_ratio_low, group.impact_ratio_high),
                    }
                    for group in drawn.groups
                ]
            ),
            hide_index=True,
            alt=f"Resampled rates and ratios by {table.name}",
        )
        st.caption(
            "As many people drawn again, with replacement; 95 % of the resamples lie between. "
            "The group compared with is kept. For groups of a few dozen trust the exact interval."
        )


def _smallest(drawn: TableResampled, resamples: int) -> str:
    if drawn.smallest_ratio is None or drawn.below_four_fifths_share is None:
        return "No two groups are large enough to compare the lowest rate with the highest."
    return (
        f"Lowest over highest rate of the groups large enough: "
        f"{ratio_in_words(drawn.smallest_ratio)}, "
        f"{_ends(drawn.smallest_ratio_low, drawn.smallest_ratio_high)} in 95 % of {resamples:,} "
        f"resamples, each with its own lowest and highest; below 0.80 in "
        f"{100 * drawn.below_four_fifths_share:.0f} % of them."
    )


def _ends(low: float | None, high: float | None, *, percent: bool = False) -> str:
    if low is None or high is None:
        return "–"
    if percent:
        return f"{100 * low:.1f} to {100 * high:.1f} %"
    return f"{ratio_in_words(low)} to {ratio_in_words(high)}"
