"""What was proposed and decided about each candidate, and deciding about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from toolkit.store.candidates import Candidate
from toolkit.store.decisions import Basis, KeptDecision, Proposal
from toolkit.ui.components.table import table
from toolkit.ui.plain_text import plain

Proposals = Mapping[Basis, Mapping[str, Proposal]]
_WORDS = {True: "selected", False: "not selected", None: None}
_BASES: dict[Basis, str] = {"screen": "The screen", "ranking": "The ranking by reviews"}


@dataclass(frozen=True)
class Decided:
    """What a person decided on this run.

    Parameters
    ----------
    candidate : Candidate
    selected : bool
    reason : str
    """

    candidate: Candidate
    selected: bool
    reason: str


def decisions_table(
    people: Sequence[Candidate],
    proposals: Proposals,
    decided: Mapping[str, KeptDecision],
    names: Mapping[str, str],
) -> None:
    """A row a candidate.

    Parameters
    ----------
    proposals : mapping of basis to mapping of str to Proposal
        What each rule proposes, by the candidates' keys.
    decided : mapping of str to KeptDecision
        By the candidates' keys.
    names : mapping of str to str
        Person's key → name.
    """
    made = [decided.get(one.key) for one in people]
    columns: dict[str, list[object]] = {
        "Candidate": [one.code for one in people],
        "Name": [one.name for one in people],
    }
    for basis, found in proposals.items():
        columns[f"{_BASES[basis]} proposes"] = [
            _WORDS[found[one.key].selected] if one.key in found else None for one in people
        ]
    columns |= {
        "Decided": [_WORDS[one.selected] if one else None for one in made],
        "Override": ["yes" if one and one.is_override else None for one in made],
        "Reason": [(one.reason or None) if one else None for one in made],
        "By": [names.get(one.person) if one else None for one in made],
        "On": [one.made_at[:10] if one else None for one in made],
    }
    table(
        pd.DataFrame(columns),
        key="decisions",
        file_name="decisions.csv",
        says="What was proposed and decided about each candidate",
        columns={
            "Decided": st.column_config.TextColumn(width=110),
            "Override": st.column_config.TextColumn(
                width="small", help="Decided otherwise than was proposed."
            ),
            "Reason": st.column_config.TextColumn(width="medium"),
        },
    )


def rule_picker(proposals: Proposals) -> Basis | None:
    """Whose proposals decisions are made against; None where there are none."""
    if not proposals:
        st.markdown(
            "Nothing proposes a decision yet: there is neither a screen that was kept nor a "
            "ranking by reviews. Each decision then needs a reason of its own."
        )
        return None
    if len(proposals) == 1:
        return next(iter(proposals))
    # The evidence of several people goes before the rule on scores.
    bases = sorted(proposals, key=lambda basis: basis != "ranking")
    return st.radio(
        "Whose proposal do you decide about?",
        bases,
        format_func=lambda basis: _BASES[basis],
        horizontal=True,
        key="decision-basis",
        persist_state="session",
    )


def decide_all(open_still: int, basis: Basis) -> bool:
    """Offer to follow a rule for everybody who is undecided."""
    if not open_still:
        return False
    who = "1 candidate" if open_still == 1 else f"{open_still:,} candidates"
    return st.button(
        f"Decide about {who} still undecided as {_BASES[basis].lower()} proposes",
        key="decide-all",
        help="You answer for these decisions; look at those at the margin one by one.",
    )


def decision_form(
    people: Sequence[Candidate],
    basis: Basis | None,
    proposals: Mapping[str, Proposal],
    decided: Mapping[str, KeptDecision],
) -> Decided | None:
    """Decide about one candidate; None while nothing was sent."""
    by_key = {one.key: one for one in people}
    order = sorted(by_key, key=lambda key: key in decided)
    chosen = st.selectbox(
        "Candidate",
        order,
        format_func=lambda key: _label(by_key[key], key in decided),
        key="decision-candidate",
    )
    proposal, present = proposals.get(chosen), decided.get(chosen)
    if proposal is not None and basis is not None:
        st.markdown(f"{_BASES[basis]} proposes: **{_WORDS[proposal.selected]}**.")
    if present is not None:
        said = f", because: {plain(present.reason)}" if present.reason else ""
        st.markdown(f"Decided so far: **{_WORDS[present.selected]}**{said}")
    first = present.selected if present else proposal.selected if proposal else None
    version = present.version if present else 0
    with st.form(f"decide-{chosen}-{version}", border=False):
        selected = st.radio(
            "Your decision",
            [True, False],
            index=None if first is None else int(not first),
            format_func=lambda yes: "Take forward" if yes else "Do not take forward",
            horizontal=True,
            key=f"decision-{chosen}-{version}-{basis}",
        )
        reason = st.text_area(
            "Reason",
            key=f"reason-{chosen}-{version}",
            help="Needed where you decide otherwise than proposed, or turn a decision round. The "
            "candidate may ask for it.",
        )
        sent = st.form_submit_button("Decide", key="decide", type="primary")
    if sent and selected is None:
        st.error("Choose what you decide.")
    if not sent or selected is None:
        return None
    return Decided(by_key[chosen], selected, reason or "")


def _label(one: Candidate, decided: bool) -> str:
    name = f"{one.code}, {one.name}" if one.name and one.name != one.code else one.code
    return f"{name} (decided)" if decided else name
