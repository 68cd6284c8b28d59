"""Which law, and what stands beside its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from toolkit.fairness.law import Law, load_laws
from toolkit.fairness.statutory_result import Particulars
from toolkit.fairness.statutory_table import ALL_SMALL
from toolkit.ui.plain_text import plain


def law_picker() -> Law:
    """Choose a law; what it sets and when it was last looked at stand below."""
    laws = load_laws()
    key = st.radio(
        "Law or guideline",
        list(laws),
        format_func=lambda key: laws[key].name,
        key="statutory-law",
        persist_state="session",
    )
    law = laws[key]
    limit = (
        "It sets no limit of 0.80, nor any other."
        if law.limit is None
        else "Four-fifths is its rule of thumb, not a limit set by law."
    )
    cites = "; ".join(source.cite for source in law.sources)
    st.caption(
        f"{plain(law.jurisdiction)}. {limit} Last compared with its sources ({plain(cites)}) on "
        f"{law.as_of.isoformat()}. Not legal advice."
    )
    return law


def small_categories(law: Law) -> tuple[tuple[str, ...], str]:
    """Whether categories under 2 % are left out of the ratios, and why.

    Returns
    -------
    left_out : tuple of str
        For `statutory`.
    reason : str
        Empty until it is given; nothing is left out without one.
    """
    if law.small is None or law.small.of != "data":
        return (), ""
    wanted = st.checkbox(
        "Leave categories under 2 % of a table out of the ratios",
        key="statutory-small",
        persist_state="session",
        help="Their number and rate are shown all the same. The reason stands with the tables.",
    )
    if not wanted:
        return (), ""
    reason = st.text_input("The reason", key="statutory-reason", persist_state="session")
    if not reason.strip():
        st.markdown("Give the reason; until then nothing is left out.")
        return (), ""
    return (ALL_SMALL,), reason


def particulars(law: Law, reason: str) -> Particulars:
    """Dates and names that stand beside the tables; what is left empty is a line in the PDF."""
    with st.expander("What stands beside the tables: names, dates, source of the data"):
        left, right = st.columns(2)
        with left:
            tool = _line("Tool or process", "tool")
            organisation = _line("Employer", "organisation")
            auditor = _line("Made by", "auditor")
        dates: dict[str, dt.date] = {}
        with right:
            for wanted in law.dates:
                day = st.date_input(
                    wanted.label,
                    value=None,
                    key=f"statutory-{wanted.name}",
                    format="YYYY-MM-DD",
                    persist_state="session",
                )
                if isinstance(day, dt.date):
                    dates[wanted.name] = day
        source = st.text_area(
            "Source and explanation of the data", key="statutory-source", persist_state="session"
        )
    return Particulars(
        dates=dates,
        tool=tool,
        organisation=organisation,
        auditor=auditor,
        data_source=source,
        reason=reason,
    )


def category_mapping(
    law: Law, strange: Mapping[str, tuple[str, ...]], unknown: str
) -> dict[str, str]:
    """Ask what values mean that belong to no category of the law.

    Parameters
    ----------
    law : Law
    strange : mapping of str to tuple of str
        Values by attribute.
    unknown : str
        The choice that says that no category is known.

    Returns
    -------
    dict of str to str
        Those that were given a meaning.
    """
    if not any(strange.values()):
        return {}
    told: dict[str, str] = {}
    with st.container(border=True):
        st.markdown(
            "Some values belong to no category of the law. Say what each means; nothing is guessed."
        )
        for name, values in strange.items():
            names = [category.name for category in law.attribute(name).categories]
            for value in values:
                meant = st.selectbox(
                    f"{plain(value)} ({law.attribute(name).title.lower()})",
                    [*names, unknown],
                    index=None,
                    placeholder="Choose a category",
                    format_func=lambda one: (
                        "No category: count as unknown" if one == unknown else one
                    ),
                    key=f"statutory-map-{law.key}-{name}-{value}",
                    persist_state="session",
                )
                if meant is not None:
                    told[value] = meant
    return told


def _line(label: str, name: str) -> str:
    return st.text_input(label, key=f"statutory-{name}", persist_state="session")
