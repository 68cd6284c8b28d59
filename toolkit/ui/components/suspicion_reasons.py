"""Why a score is suspected, what speaks against it, and what would change the judgement."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.inflation.inflation import AccountEvidence
from toolkit.inflation.wording import TITLES
from toolkit.ui.plain_text import plain


def suspicion_reasons(evidence: AccountEvidence) -> None:
    """The words about one candidate.

    Parameters
    ----------
    evidence : AccountEvidence
    """
    st.markdown(_judgement(evidence))
    _listed("What speaks for it", evidence.reasons)
    _listed("What speaks against it", evidence.against)
    _listed("What would change this judgement", evidence.would_change)
    if evidence.topics is not None:
        _listed("What the score credits", [evidence.topics.sentence])
    if evidence.not_assessed:
        _listed(
            "What could not be looked at",
            [f"{TITLES[name]}: {why}" for name, why in evidence.not_assessed.items()],
        )


def _judgement(evidence: AccountEvidence) -> str:
    if evidence.suspicion is None:
        return "There are not enough facts to say anything about this candidate."
    if evidence.flagged:
        return "Inflation is **suspected**. Ask for an explanation before drawing a conclusion."
    return "Inflation is **not suspected** on the facts at hand."


def _listed(title: str, sentences: Sequence[str]) -> None:
    if sentences:
        lines = "\n".join(f"- {plain(one)}" for one in sentences)
        st.markdown(f"**{title}**\n\n{lines}")
