"""Sheets written by hand, for the tests to read back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from toolkit.influence.explanation import NoiseShare
from toolkit.influence.stress import Spread
from toolkit.influence.waterfall import Part, waterfall
from toolkit.review.rubric import Criterion, Rubric, portfolio_rubric
from toolkit.sheets.candidate_sheet import (
    CandidateSheet,
    Course,
    EvidenceItem,
    GateCheck,
    Judgement,
    Outcome,
    SignalChange,
)
from toolkit.sheets.requisition import Requisition, Task

REQUISITION = Requisition(
    title="Social media manager, spring 2011",
    role="Social media manager",
    stage="Portfolio review",
    organisation="Harbour Street Agency",
    task=Task(
        title="Answer a complaint that spreads",
        instructions=(
            "A customer's post about a late delivery has been shared 400 times. Write the first "
            "public answer, one direct message, and three lines to the service team."
        ),
        time_limit="45 minutes",
        conditions="Same brief, at the office, no outside help",
    ),
    retain_until=dt.date(2030, 12, 31),
)

SIGNALS = (
    SignalChange("Portfolio rating", "evidence", 2.5, 1, 0.6, 0.48, "not selected", -0.4),
    SignalChange("Task result", "evidence", 61, 0, 0.3, 0.33, "same", -12),
    SignalChange("Klout", "score", 61, 0, 0.1, 0.19, "not selected", -11),
)

NOISE = NoiseShare(
    draws=1000,
    selected_share=0.412,
    low=0.3819,
    high=0.4428,
    too_close_to_call=True,
    spreads={"klout": Spread(2.5, "as given")},
)
COURSE = Course(
    places=10,
    steps=waterfall(
        1 / 6,
        (
            Part("portfolio", "Portfolio rating", 0.25),
            Part("task", "Task result", -0.05),
            Part("klout", "Klout", 0.6333333),
        ),
        True,
    ),
    noise=NOISE,
)

FLAG = Judgement(
    "Bought followers",
    0.87,
    flagged=True,
    reasons=(
        "Follows 41,200 accounts and is followed by 39,870: consistent with follow-back rings.",
        "An audit of the followers found 46 % that look fake.",
    ),
    against=("The account has been active for six years.",),
    would_change=(
        "An audit of the followers by another provider with less than 10 % fake.",
        "Post-level reach from the account's own statistics.",
    ),
)
JUDGEMENTS = (
    FLAG,
    Judgement("Automated account", 0.031),
    Judgement("Growth spike", None, lacking="a monthly history of the score"),
)

EVIDENCE = (
    EvidenceItem(
        "Relaunch of a bakery's newsletter",
        "Wrote and planned all issues",
        "Orders by newsletter from 40 to 130 a month in half a year",
        "2010-05",
        "https://example.org/bakery",
    ),
    EvidenceItem(
        "Festival on four networks",
        "One of two editors",
        "1,200 tickets through tracked links",
        "2009-08",
        "https://example.org/festival",
    ),
)

SHEET = CandidateSheet(
    requisition=REQUISITION,
    candidate_code="A-017",
    candidate_name=None,
    date=dt.date(2026, 10, 9),
    outcome=Outcome(
        screen="Agency screen",
        screen_digest="5c" * 32,
        selected=True,
        rank=9,
        candidates=60,
        places_taken=10,
        composite=0.8124,
        gates=(GateCheck("Klout", 50, None, None, 0, met=True),),
        tie_breakers=("Klout",),
        without_scores="not selected",
    ),
    signals=SIGNALS,
    course=COURSE,
    judgements=JUDGEMENTS,
    false_flag_rate=0.05,
    evidence=tuple(replace(item, link=None) for item in EVIDENCE),
    rubric=portfolio_rubric(),
    inputs=(("candidates.csv", "0a" * 32), ("scores.csv", "1b" * 32)),
    version="0.1.0",
)

UNBLINDED = replace(SHEET, candidate_name="Zoë Brandt-Łukasiewicz", evidence=EVIDENCE)


def criteria(count: int) -> Rubric:
    """A rubric with so many criteria."""
    return Rubric(
        "Long rubric",
        "3",
        tuple(
            Criterion(
                f"c{n}",
                f"Criterion number {n}",
                f"What criterion {n} looks at in the work that was handed in.",
                f"Task {n} of the job analysis.",
                1.0,
                (f"Level one of {n}.", f"Level three of {n}.", f"Level five of {n}."),
            )
            for n in range(1, count + 1)
        ),
    )


def course(count: int, estimated: bool = False) -> Course:
    """The course of so many scores, each with a part of its own."""
    error = 0.0123 if estimated else None
    parts = [
        Part(f"s{n}", f"Score of provider {n}", (-1) ** n / (n + 2), error)
        for n in range(1, count + 1)
    ]
    return Course(10, waterfall(1 / 6, parts, True), estimated, NOISE)


def signals(count: int) -> tuple[SignalChange, ...]:
    """So many scores, each with figures of its own."""
    return tuple(
        SignalChange(
            f"Score of provider {n}",
            "score",
            10.0 * n + 0.5,
            1,
            1 / count,
            1 / count,
            "same" if n % 3 else "not selected",
            -float(n) if n % 2 else None,
        )
        for n in range(1, count + 1)
    )
