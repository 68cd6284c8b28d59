from dataclasses import replace

import pytest

from tests.sheets.examples import SHEET, SIGNALS
from toolkit.sheets.candidate_page import candidate_page
from toolkit.sheets.candidate_sheet import (
    CandidateSheet,
    GateCheck,
    Judgement,
    SignalChange,
    StandIn,
)

KLOUT = SIGNALS[2]
KRED = replace(KLOUT, label="Kred influence")


def sentence(sheet: CandidateSheet) -> str:
    return candidate_page(sheet)["changes"]["sentence"]  # type: ignore[index,no-any-return]


def row(signal: SignalChange) -> dict[str, object]:
    page = candidate_page(replace(SHEET, signals=(signal,)))
    return page["changes"]["rows"][0]  # type: ignore[index,no-any-return]


def test_the_sentence_names_the_score_that_decided():
    assert sentence(SHEET) == (
        "Selected only because of Klout. Without it this candidate would not be selected."
    )


@pytest.mark.parametrize(
    ("signals", "selected", "without_scores", "said"),
    [
        ((), True, "same", "The screen uses no score from outside."),
        (SIGNALS[:2], True, "same", "The screen uses no score from outside."),
        (
            (replace(KLOUT, without_it="same"),),
            True,
            "same",
            "The decision is the same without any one score, and without all of them.",
        ),
        (
            (replace(KLOUT, without_it="same"),),
            True,
            "not selected",
            "No single score decides, but with all scores taken out this candidate would not be "
            "selected.",
        ),
        (
            (replace(KLOUT, without_it="same"),),
            False,
            "selected",
            "No single score decides, but with all scores taken out this candidate would be "
            "selected.",
        ),
        (
            (replace(KLOUT, without_it="selected"),),
            False,
            "selected",
            "Not selected only because of Klout. Without it this candidate would be selected.",
        ),
        (
            (KLOUT, KRED),
            True,
            "not selected",
            "Without Klout or Kred influence, taken out one at a time, this candidate would not "
            "be selected.",
        ),
    ],
)
def test_what_the_scores_changed_in_a_sentence(signals, selected, without_scores, said):
    outcome = replace(SHEET.outcome, selected=selected, without_scores=without_scores)
    assert sentence(replace(SHEET, signals=signals, outcome=outcome)) == said


def test_a_row_says_what_the_signal_changed():
    assert row(KLOUT) == {
        "label": "Klout",
        "kind": "score",
        "is_score": True,
        "value": "61",
        "nominal": "10\u00a0%",
        "effective": "19\u00a0%",
        "flips": True,
        "without": "not selected",
        "margin": "11 lower (50)",
    }


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"value": None, "margin": None}, "value", "none"),
        ({"value": None, "margin": None}, "margin", "no value to change"),
        ({"margin": None}, "margin", "none within its range"),
        ({"margin": 3.0}, "margin", "3 higher (64)"),
        ({"value": 12345.25, "decimals": 2, "margin": 0.5}, "margin", "0.50 higher (12,345.75)"),
        (
            {"effort": "about 4,900 fewer followers"},
            "margin",
            "11 lower (50): about 4,900 fewer followers",
        ),
        ({"effective_weight": None}, "effective", "–"),
        ({"effective_weight": -0.031}, "effective", "−3\u00a0%"),
        ({"without_it": "same"}, "without", "same decision"),
        ({"without_it": "selected"}, "without", "selected"),
    ],
)
def test_values_in_words(change: dict[str, object], column: str, said: str):
    assert row(replace(KLOUT, **change))[column] == said


def test_the_decision_in_words():
    decision = candidate_page(SHEET)["decision"]
    assert decision == {
        "verdict": "Selected",
        "summary": "Rank 9 of 60 candidates, composite 0.812; 10 are selected.",
        "rule": "Screen “Agency screen”. Conditions: Klout at least 50. Ties are broken by Klout.",
        "remarks": [],
    }


def test_everything_that_stood_in_the_way_is_said():
    outcome = replace(
        SHEET.outcome,
        selected=False,
        rank=None,
        gates=(
            GateCheck("Klout", 50, None, None, 0, met=False),
            GateCheck("Tier", 1, 3, (1, 3), 0, met=False),
            GateCheck("Task", 10, None, None, 0, met=True),
        ),
        tie_breakers=(),
        stand_ins=(
            StandIn("Klout", 48, 0, "median"),
            StandIn("Kred", 2.5, 1, "lowest"),
            StandIn("Stars", None, 0, "reject"),
            StandIn("SSI", None, 0, "median"),
        ),
        tied_at_cut=True,
    )
    decision = candidate_page(replace(SHEET, outcome=outcome))["decision"]
    assert decision["summary"] == "Without a rank among 60 candidates; 10 are selected."
    assert decision["remarks"] == [
        "Does not meet: Klout at least 50; Tier at least 1, at most 3 and one of 1, 3.",
        "No value of Klout: the screen used 48, the median of the others.",
        "No value of Kred: the screen used 2.5, the least favourable of the others.",
        "No value of Stars: the screen rejects without one.",
        "No value of SSI, and nobody else has one.",
        "Tied at the cut: this candidate and others are alike in everything the screen looks "
        "at, and a lottery decided.",
    ]


def test_a_screen_without_conditions_says_so():
    outcome = replace(SHEET.outcome, gates=(), tie_breakers=())
    decision = candidate_page(replace(SHEET, outcome=outcome))["decision"]
    assert decision["rule"] == "Screen “Agency screen”. No conditions."


@pytest.mark.parametrize(
    ("judgements", "said"),
    [
        ((), "The scores were not examined for inflation."),
        (
            (Judgement("Growth spike", None, lacking="a history"),),
            "Nothing can be said: no detector had the facts that it needs.",
        ),
        ((Judgement("Growth spike", 0.2),), "No score of this candidate is flagged."),
        ((Judgement("Growth spike", 0.99, flagged=True),), ""),
    ],
)
def test_no_flag_has_three_different_reasons(judgements: tuple[Judgement, ...], said: str):
    flags = candidate_page(replace(SHEET, judgements=judgements))["flags"]
    assert flags["none"] == said  # type: ignore[index]
    assert len(flags["flagged"]) == sum(j.flagged for j in judgements)  # type: ignore[index]


def test_a_flag_says_what_speaks_for_it_against_it_and_what_would_change_it():
    flags = candidate_page(SHEET)["flags"]
    (flag,) = flags["flagged"]  # type: ignore[index]
    assert (flag["label"], flag["probability"]) == (
        "Bought followers suspected",
        "probability 87\u00a0%",
    )
    assert len(flag["reasons"]) == 2
    assert [remark.split(":")[0] for remark in flag["remarks"]] == [
        "Against it",
        "What would change this",
    ]
    assert "At most 5\u00a0% of people with genuine scores are flagged" in flags["note"]  # type: ignore[index]
