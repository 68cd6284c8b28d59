"""What the group figures say, in sentences."""

from __future__ import annotations

import streamlit as st

from toolkit.fairness.result import AttributeImpact
from toolkit.fairness.verdict import counted
from toolkit.ui.plain_text import plain


def attribute_notes(table: AttributeImpact) -> None:
    """Who is compared with whom, who gave no answer, and who was kept out of the referent.

    Parameters
    ----------
    table : AttributeImpact
        One attribute, or the intersection.
    """
    if table.referent is None:
        st.markdown("No group is large enough to compare the others with.")
    else:
        referent = table.group(table.referent)
        certain = "" if table.referent_certain else " Unknown answers could make it another group."
        st.markdown(
            f"Compared with **{plain(table.referent)}**, the group with the highest rate that is "
            f"large enough: {counted(referent.selected, referent.n)} selected.{certain}"
        )
    if table.unknown:
        st.markdown(_unknown(table))
    if table.excluded:
        with st.expander(f"Kept out of the comparison group: {len(table.excluded):,}"):
            st.markdown(
                "\n".join(
                    f"- **{plain(group.group)}**, {counted(group.selected, group.n)} selected: "
                    f"{plain(group.excluded_because)}"
                    for group in table.excluded
                )
            )


def attribute_readings(table: AttributeImpact) -> None:
    """Each comparison in a sentence, folded."""
    said = [group for group in table.groups if group.group != table.referent and group.reading]
    if not said:
        return
    with st.expander("Each comparison in words"):
        st.markdown("\n".join(f"- {plain(group.reading)}" for group in said))


def _unknown(table: AttributeImpact) -> str:
    people = "candidate" if table.unknown == 1 else "candidates"
    answers = ", ".join(f"“{plain(a)}” {n:,}" for a, n in table.read_as_unknown.items())
    read = f" (read as such: {answers})" if answers else ""
    return (
        f"{table.unknown:,} {people} of unknown group{read}, {table.unknown_selected:,} of them "
        "selected. They are in no group; the table bounds each ratio by the worst and the best "
        "way in which they could belong."
    )
