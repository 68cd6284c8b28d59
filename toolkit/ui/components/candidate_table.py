"""The candidates with their signals, and what was kept apart from them."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from toolkit.intake.cohort import Cohort, Role
from toolkit.sentence import listed
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.components.table import table
from toolkit.ui.plain_text import plain


def cohort_sentence(cohort: Cohort) -> str:
    """How many candidates and which kinds of signals, in a sentence of Markdown."""
    counts = Counter(signal.role for signal in cohort.about.values())
    words: dict[Role, tuple[str, str]] = {
        "score": ("score", "scores"),
        "evidence": ("piece of evidence", "pieces of evidence"),
        "fact": ("other number", "other numbers"),
    }
    parts = [
        f"{counts[role]} {one if counts[role] == 1 else several}"
        for role, (one, several) in words.items()
        if counts[role]
    ]
    people = "candidate" if len(cohort) == 1 else "candidates"
    sentence = f"**{len(cohort):,}** {people}" + (f", with {listed(parts)} each." if parts else ".")
    if counts["evidence"]:
        return sentence
    return (
        f"{sentence} There is no evidence of work among the columns: portfolio ratings or task "
        "results are what a score would have to be compared with."
    )


def kept_apart(cohort: Cohort) -> None:
    """Count group columns and further tables without showing what is in them."""
    lines = []
    if len(cohort.groups.columns):
        names = ", ".join(plain(str(name)) for name in cohort.groups.columns)
        lines.append(
            f"**Kept apart:** {len(cohort.groups.columns)} group "
            f"column{'' if len(cohort.groups.columns) == 1 else 's'} ({names}). They are counted "
            "on the page Groups and shown nowhere beside a candidate."
        )
    others = {
        "account facts": cohort.accounts,
        "score histories": cohort.score_history,
        "sampled followers": cohort.follower_samples,
        "portfolio items": cohort.portfolio,
    }
    rows = [f"{len(frame):,} {what}" for what, frame in others.items() if len(frame)]
    if len(cohort.outcomes.columns):
        rows.append(f"{cohort.outcomes.shape[1]} later results")
    if rows:
        lines.append("**Also read:** " + ", ".join(rows) + ".")
    if lines:
        st.markdown("\n\n".join(lines))


def candidate_table(cohort: Cohort) -> None:
    """The candidates as read: code, texts and signals, never a group column."""
    table(
        candidate_frame(cohort),
        key="candidates",
        file_name="candidates.csv",
        says="Candidates with their texts and signals",
        columns={"Candidate": st.column_config.TextColumn(pinned=True)},
    )


def candidate_frame(cohort: Cohort) -> pd.DataFrame:
    """One row a candidate, columns named for people.

    Parameters
    ----------
    cohort : Cohort
        Its `candidates` and `signals`; nothing else of it.
    """
    texts = cohort.candidates.rename(columns={"name": "Name"})
    signals = cohort.signals.rename(
        columns={name: signal_name(cohort, name) for name in cohort.about}
    )
    codes = pd.Series(
        cohort.candidate_ids.astype(str), index=cohort.candidate_ids, name="Candidate"
    )
    return pd.concat([codes, texts, signals], axis="columns")
