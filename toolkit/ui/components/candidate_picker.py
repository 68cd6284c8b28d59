"""Choose one candidate by code or name; the choice stands in the address bar."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.ui.plain_text import plain

#: Beyond this many, the list is searched before it is sent to the browser.
LISTED_AT_MOST = 3000


def candidate_picker(
    cohort: Cohort,
    ids: Sequence[str] | None = None,
    label: str = "Candidate",
    present: str | None = None,
) -> str | None:
    """A searchable list of candidates.

    Parameters
    ----------
    cohort : Cohort
        Whose names and codes are searched.
    ids : sequence of str, optional
        Candidate ids to choose from, in the order shown; all when left out.
    label : str
        Words above the list.
    present : str, optional
        Who was chosen last, here or on another page; the address goes before it.

    Returns
    -------
    str or None
        The chosen candidate's id; None where there is none to choose.
    """
    choices = [str(one) for one in (cohort.candidate_ids if ids is None else ids)]
    if len(choices) > LISTED_AT_MOST:
        choices = _found(cohort, choices, label)
    if not choices:
        return None
    asked = next((one for one in (st.query_params.get("candidate"), present) if one in choices), "")
    chosen = st.selectbox(
        label,
        choices,
        index=choices.index(asked) if asked else 0,
        format_func=lambda one: candidate_label(cohort, one),
        key=f"picker-{label}",
        help="Type a part of the code or the name.",
    )
    # Only the code goes into the address: names would end up in the browser's history.
    st.query_params["candidate"] = chosen
    return chosen


def candidate_label(cohort: Cohort, candidate_id: str) -> str:
    """Code and name, or the code alone where no name was uploaded."""
    name = cohort.name_of(candidate_id)
    return candidate_id if name == candidate_id else f"{candidate_id} · {name}"


def _found(cohort: Cohort, choices: list[str], label: str) -> list[str]:
    wanted = st.text_input(f"{label}: part of the code or name", key=f"finder-{label}").casefold()
    hits = [one for one in choices if wanted in candidate_label(cohort, one).casefold()]
    if len(hits) > LISTED_AT_MOST:
        st.caption(f"{len(hits):,} candidates match; the first {LISTED_AT_MOST:,} are listed.")
    if not hits:
        st.caption(f"No candidate matches “{plain(wanted)}”.")
    return hits[:LISTED_AT_MOST]
