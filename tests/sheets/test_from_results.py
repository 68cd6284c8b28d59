import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings

from tests.sheets.reading import squeezed, text_of
from tests.strategies import cohorts
from toolkit import __version__
from toolkit.errors import UnknownName
from toolkit.inflation.inflation import inflation
from toolkit.influence.effort_wording import effort_phrase
from toolkit.influence.explain import explain, explanation_of
from toolkit.influence.influence import influence
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.intake.read import read_cohort
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen
from toolkit.sheets.candidate_sheet import (
    CandidateSheet,
    Course,
    EvidenceItem,
    GateCheck,
    StandIn,
)
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.rendering import render_pdf

AGENCY = Path(__file__).parents[2] / "sample_data" / "agency-2011"
DATE = dt.date(2026, 10, 9)

# Two places, ordered by the task alone; the gate of 50 lets Cy in and keeps Bo out.
SCREEN = Screen(
    name="Gate of fifty",
    places=2,
    weights={"task": 1.0},
    gates=(Gate(signal="klout", at_least=50),),
)


def cohort() -> Cohort:
    frame = pd.DataFrame(
        {
            "candidate_id": ["ann", "bo", "cy", "di"],
            "name": ["Ann Archer", "Bo Baker", "Cy Carter", None],
            "postcode": ["1010", "1020", "1030", "1040"],
            "klout": [60.0, 40.0, 55.0, 52.0],
            "task": [90.0, 80.0, 70.0, 60.0],
            "sex": ["GROUP-F", "GROUP-M", "GROUP-F", "GROUP-M"],
            "ethnicity": ["GROUP-A", "GROUP-B", "GROUP-A", "GROUP-B"],
        }
    )
    portfolio = pd.DataFrame(
        {
            "candidate_id": ["cy", "bo", "cy"],
            "title": ["Cy Carter's map of the harbour", "Bread", "Poster"],
            "url": ["https://cycarter.example", None, float("nan")],
            "date": [pd.Timestamp("2025-03-01"), pd.NaT, pd.NaT],
            "rating": [4.0, 3.0, 2.0],
        }
    )
    made = cohort_from_frame(
        frame,
        roles={"klout": "score", "task": "evidence"},
        groups=["sex", "ethnicity"],
        portfolio=portfolio,
    )
    return replace(made, sources={"b.csv": "2" * 64, "a.csv": "1" * 64})


def sheet_of(candidate_id: str, **options) -> CandidateSheet:
    everyone = cohort()
    return candidate_sheet(
        everyone, influence(everyone, SCREEN), candidate_id, date=DATE, **options
    )


def test_who_is_selected_only_because_of_the_gate():
    sheet = sheet_of("cy")
    assert sheet.outcome.selected
    assert (sheet.outcome.rank, sheet.outcome.candidates, sheet.outcome.places_taken) == (2, 4, 2)
    assert sheet.outcome.gates == (GateCheck("Klout", 50, None, None, 0, met=True),)
    assert sheet.outcome.without_scores == "not selected"
    task, klout = sheet.signals
    assert (klout.label, klout.kind, klout.value, klout.nominal_weight) == ("Klout", "score", 55, 0)
    assert klout.without_it == "not selected"
    assert klout.margin == -6  # 49 is the first value below the gate
    assert (task.kind, task.nominal_weight, task.effective_weight) == ("evidence", 1, 1)


def test_who_is_kept_out_by_the_gate():
    sheet = sheet_of("bo")
    assert not sheet.outcome.selected
    assert sheet.outcome.rank is None
    assert not sheet.outcome.gates[0].met
    klout = sheet.signals[1]
    assert klout.without_it == "selected"
    assert klout.margin == 10  # 50 meets the gate, and a task of 80 is second


def test_the_course_of_a_decision_is_that_of_its_explanation():
    """Bo, of two places for four: the task speaks for, and the gate of 50 against.

    Alone, the task takes ann and bo. The gate lets all but bo in, and lots take two of those;
    both together take ann and cy. Parts of bo: task (1 - 1/2 + 0 - 0) / 2 = 1/4, Klout
    (0 - 1/2 + 0 - 1) / 2 = -3/4.
    """
    everyone = cohort()
    course = sheet_of("bo").course
    parts = {step.signal: step.part for step in course.steps if step.signal}
    assert parts == pytest.approx({"task": 1 / 4, "klout": -3 / 4})
    told = explain(everyone, SCREEN, "bo")
    assert (course.places, course.steps, course.noise) == (2, told.steps, told.noise)
    assert not course.estimated
    bare = explanation_of(everyone, influence(everyone, SCREEN), "bo")
    assert sheet_of("bo", explanation=bare).course == Course(2)


def test_who_is_selected_either_way():
    sheet = sheet_of("ann")
    assert [signal.without_it for signal in sheet.signals][1] == "same"
    assert sheet.outcome.without_scores == "same"


def test_a_missing_value_says_what_stood_in_for_it():
    everyone = cohort()
    everyone.signals.loc["ann", "klout"] = float("nan")
    everyone._fixed.clear()
    sheet = candidate_sheet(everyone, influence(everyone, SCREEN), "ann", date=DATE)
    assert sheet.outcome.stand_ins == (StandIn("Klout", 52.0, 0, "median"),)
    klout = sheet.signals[1]
    assert (klout.value, klout.margin) == (None, None)


def test_a_blind_sheet_holds_neither_name_nor_link():
    blind = sheet_of("cy")
    assert blind.candidate_name is None
    assert blind.evidence == (
        EvidenceItem("[name withheld]'s map of the harbour", date="2025-03-01", link=None),
        EvidenceItem("Poster"),
    )
    assert "arter" not in json.dumps(blind.to_dict())
    assert "arter" not in text_of(render_pdf(blind))


def test_an_unblinded_sheet_holds_both():
    sheet = sheet_of("cy", blind=False)
    assert sheet.candidate_name == "Cy Carter"
    assert sheet.evidence[0] == EvidenceItem(
        "Cy Carter's map of the harbour", date="2025-03-01", link="https://cycarter.example"
    )
    assert sheet_of("di", blind=False).candidate_name == "di"


@pytest.mark.parametrize("blind", [True, False])
@pytest.mark.parametrize("candidate_id", ["ann", "bo", "cy", "di"])
def test_group_membership_is_never_on_a_sheet(candidate_id: str, blind: bool):
    sheet = sheet_of(candidate_id, blind=blind)
    printed = text_of(render_pdf(sheet))
    content = json.dumps(sheet.to_dict())
    for word in ("GROUP-", "sex", "ethnicity", "1010", "1020", "1030", "1040"):
        assert word not in content
        if not word.isdigit():
            assert word not in printed


def test_group_membership_does_not_even_touch_the_bytes():
    everyone = cohort()
    others = replace(everyone, groups=everyone.groups[::-1].set_axis(everyone.groups.index))
    one, other = (
        candidate_sheet(c, influence(c, SCREEN), "cy", date=DATE) for c in (everyone, others)
    )
    assert render_pdf(one) == render_pdf(other)


def test_flags_carry_the_detectors_words_strongest_first():
    accounts = pd.DataFrame(
        {
            "candidate_id": ["ann", "cy"],
            "platform": ["twitter", "twitter"],
            "followers": [1_000_000, 400],
            "following": [0, 350],
            "posts": [1, 5_000],
        }
    )
    everyone = replace(cohort(), accounts=accounts)
    judged = inflation(everyone)
    results = influence(everyone, SCREEN)
    sheet = candidate_sheet(everyone, results, "ann", inflation=judged, date=DATE)
    first = sheet.judgements[0]
    assert first.flagged
    assert first.label == "Bought followers"
    assert first.probability == judged.of("ann").bought_followers
    assert set(first.reasons) <= set(judged.of("ann").reasons)
    assert "1,000,000 followers for 1 post" in first.reasons[0]
    assert sheet.false_flag_rate == judged.false_flag_rate
    # Detectors without facts come last, and say what they lack.
    assert len(sheet.judgements) == 5
    known = [judgement.probability is not None for judgement in sheet.judgements]
    assert known == sorted(known, reverse=True)
    assert all(bool(j.lacking) == (j.probability is None) for j in sheet.judgements)
    printed = text_of(render_pdf(sheet))
    assert squeezed("Bought followers suspected") in printed
    assert squeezed("Consistent with bought followers") in printed
    for word in ("fraud", "fake candidate", "cheat"):
        assert word not in printed.casefold()


@pytest.mark.parametrize("candidate_id", ["ann", "bo"])
def test_flags_agree_with_the_results(candidate_id: str):
    everyone = cohort()
    judged = inflation(everyone)
    sheet = candidate_sheet(
        everyone, influence(everyone, SCREEN), candidate_id, inflation=judged, date=DATE
    )
    evidence = judged.of(candidate_id)
    assert any(judgement.flagged for judgement in sheet.judgements) == evidence.flagged


def test_inputs_version_and_date():
    sheet = sheet_of("ann")
    assert sheet.inputs == (("a.csv", "1" * 64), ("b.csv", "2" * 64))
    assert sheet.version == __version__
    assert sheet.date == DATE
    everyone = cohort()
    today = candidate_sheet(everyone, influence(everyone, SCREEN), "ann").date
    assert abs((today - dt.date.today()).days) <= 1


def test_a_candidate_who_is_not_there():
    with pytest.raises(UnknownName, match="There is no candidate 'cyy' in the cohort"):
        sheet_of("cyy")


@given(cohorts(min_size=1, max_size=12, groups=True))
@settings(max_examples=25, deadline=None)
def test_the_sheet_repeats_the_results_for_any_cohort(everyone: Cohort):
    names = list(everyone.signals.columns)
    screen = Screen(places=3, weights=dict.fromkeys(names, 1.0))
    results = influence(everyone, screen)
    judged = inflation(everyone)
    for position, candidate_id in enumerate(everyone.candidate_ids):
        sheet = candidate_sheet(everyone, results, str(candidate_id), inflation=judged, date=DATE)
        assert sheet.outcome.selected == results.decisions.selected[position]
        for name, change in zip(results.signals, sheet.signals, strict=True):
            about = results.signals[name]
            gained, lost = candidate_id in about.gained, candidate_id in about.lost
            assert change.without_it == (
                "not selected" if gained else "selected" if lost else "same"
            )
            margin = results.margins.at[candidate_id, name]
            assert change.margin == (None if pd.isna(margin) else margin)
        json.dumps(sheet.to_dict(), allow_nan=False)


def test_a_margin_that_the_catalogue_knows_the_effort_of_says_it():
    everyone = read_cohort(AGENCY)
    found = influence(everyone, Screen.read(AGENCY / "screen.toml"))
    sheet = candidate_sheet(everyone, found, "A07", date=DATE)
    klout = next(change for change in sheet.signals if change.label == "Klout")
    row = int(everyone.candidate_ids.get_loc("A07"))
    assert klout.effort == effort_phrase(found.efforts["klout"].at(row))
    assert "more followers" in klout.effort
    assert [c.effort for c in sheet.signals if c.kind == "evidence"] == [None, None]
