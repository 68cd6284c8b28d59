"""Who reviews, how often, and how much that would be worth, when working alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from toolkit.review.planning import PUBLISHED, plan_sentence
from toolkit.ui.components.task_editor import lines_of

_MOST = 20


@dataclass(frozen=True)
class ReviewPlan:
    """What was asked for.

    Parameters
    ----------
    reviewers : tuple of str
    each : int
        Reviews a candidate.
    limits : mapping of str to int
        Most reviews of a reviewer, where one was given.
    seed : str
    """

    reviewers: tuple[str, ...]
    each: int
    limits: Mapping[str, int]
    seed: str


def reviews_wanted() -> int:
    """How many reviews a candidate is to have, beside what so many would reach."""
    left, right = st.columns(2)
    each = left.number_input(
        "Reviews of each candidate", 1, _MOST, 3, key="plan-each", persist_state="session"
    )
    single = right.number_input(
        "Dependability of one rating",
        0.05,
        0.95,
        PUBLISHED,
        step=0.05,
        format="%.2f",
        key="plan-single",
        persist_state="session",
        help="From an earlier round (ICC(A,1) on the page Agreement), or .44 as published for "
        "structured interviews.",
    )
    st.markdown(plan_sentence(float(single), int(each)))
    return int(each)


def review_plan(each: int) -> ReviewPlan:
    """Ask who reviews, and for the seed of the random orders."""
    left, right = st.columns([3, 1])
    reviewers = left.text_area(
        "Reviewers, one a line",
        key="plan-reviewers",
        height=130,
        persist_state="session",
        help="Write 'Ann = 5' for at most five reviews.",
    )
    seed = right.text_input(
        "Seed",
        "1",
        key="plan-seed",
        persist_state="session",
        help="The same seed gives the same plan.",
    )
    named = [_with_limit(line) for line in lines_of(reviewers)]
    limits = {name: limit for name, limit in named if limit is not None}
    return ReviewPlan(tuple(name for name, _ in named), each, limits, seed.strip() or "1")


def _with_limit(line: str) -> tuple[str, int | None]:
    name, mark, number = line.rpartition("=")
    if mark and name.strip() and number.strip().isdecimal():
        return name.strip(), int(number)
    return line, None
