from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.cli.output import json_text
from toolkit.errors import InputError
from toolkit.inflation.dismissal_file import read_dismissals
from toolkit.inflation.inflation import inflation
from toolkit.influence.influence import influence
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen
from toolkit.sheets.from_results import candidate_sheet
from toolkit.ui.components.detector_picture import (
    SUSPECTED,
    UNKNOWN,
    by_suspicion,
    detector_frame,
    detectors_reached,
)
from toolkit.ui.components.follower_sample import probability_frame
from toolkit.ui.components.growth_curves import curve_frame, in_words
from toolkit.ui.components.repositories_found import repositories_frame
from toolkit.ui.components.reward_picture import reward_frame
from toolkit.ui.components.suspicion_table import reasons_frame, suspicion_frame
from toolkit.ui.pages import inflation as page
from toolkit.ui.repository_results import take_repositories
from toolkit.ui.results import followers_of, inflation_of, take_followers
from toolkit.ui.state import Workspace


def accounts(size: int = 40) -> Cohort:
    """The first four follow more than they are followed, by tens of thousands."""
    draw = np.random.default_rng(8)
    ids = [f"C-{n:04d}" for n in range(size)]
    work = draw.integers(1, 6, size).astype(float)
    klout = 30 + 2 * work + draw.integers(-3, 4, size)
    frame = pd.DataFrame({"candidate_id": ids, "klout": klout, "portfolio": work})
    facts = pd.DataFrame(
        {
            "candidate_id": ids,
            "platform": "Twitter",
            "followers": draw.integers(200, 900, size).astype(float),
            "following": draw.integers(100, 400, size).astype(float),
            "posts": draw.integers(500, 5000, size).astype(float),
        }
    )
    facts.loc[:3, "followers"], facts.loc[:3, "following"] = 100_000.0, 150_000.0
    frame.loc[:3, "klout"] = 50.0
    return cohort_from_frame(frame, accounts=facts)


ALONE = Screen(name="Score alone", places=4, weights={"klout": 1.0})


def _plain(test: AppTest) -> str:
    return words(test).replace("\\", "")


def test_those_whose_audience_looks_bought_come_first_with_the_reason() -> None:
    test = opened(page.page, at_work(accounts(), ALONE))
    found = inflation(accounts(), ALONE)
    said = _plain(test)
    assert f"Inflation is suspected for {len(found.flagged_ids)} of 40 candidates" in said
    assert "consistent with a follow-back ring" in said
    assert "Suspected is not proved" in said
    assert set(by_suspicion(found)[:4]) == {"C-0000", "C-0001", "C-0002", "C-0003"}


def test_the_reward_stands_with_its_interval_and_p() -> None:
    test = opened(page.page, at_work(accounts(), ALONE))
    found = inflation(accounts(), ALONE)
    assert found.reward is not None
    assert found.reward.sentence in _plain(test)
    assert "95 % interval" in found.reward.sentence
    frame = reward_frame(found.reward)
    suspected = frame[frame["kind"] == "suspected"]["counts"].tolist()
    assert suspected == [
        f"{s.selected_inflated} of {s.inflated}" for s in found.reward.strata if s.inflated
    ]


def test_without_a_screen_the_accounts_are_judged_all_the_same() -> None:
    test = opened(page.page, at_work(accounts()))
    said = _plain(test)
    assert "Inflation is suspected" in said
    assert "no screen yet" in said


def test_without_facts_it_says_what_would_be_needed() -> None:
    cohort = cohort_from_frame(pd.DataFrame({"years_experience": [1.0, 2.0, 3.0]}))
    test = opened(page.page, at_work(cohort))
    said = _plain(test)
    assert "not enough facts to say whether any score is inflated" in said
    assert "Add account facts" in said
    assert "**Bought followers** needs" in said
    assert not test.dataframe


def test_without_candidates_it_says_what_to_do_next() -> None:
    assert "There are no candidates yet" in words(opened(page.page))


def test_a_detector_without_facts_is_shown_as_such_and_never_as_clean() -> None:
    cohort = accounts()
    found = inflation(cohort, ALONE)
    frame = detector_frame(cohort, found, by_suspicion(found)[:5])
    spikes = frame[frame["detector"] == "Growth spike"]
    assert set(spikes["kind"]) == {UNKNOWN}
    bought = frame[frame["detector"] == "Bought followers"]
    assert list(bought["kind"])[:4] == [SUSPECTED] * 4
    assert "Bought followers" in detectors_reached(found, "C-0000")


def test_the_table_leaves_out_what_is_not_known() -> None:
    cohort = accounts()
    found = inflation(cohort, ALONE)
    frame = suspicion_frame(cohort, found, None).set_index("Candidate")
    assert frame["Growth spike"].isna().all()
    assert frame["Bought followers"].notna().all()
    assert "Decision" not in frame.columns
    assert list(frame.index) == by_suspicion(found)


def test_the_reasons_can_be_taken_away() -> None:
    found = inflation(accounts(), ALONE)
    frame = reasons_frame(found)
    assert set(frame["Candidate"]) == set(found.flagged_ids)
    assert {"speaks for it", "would change it"} <= set(frame["Kind"])


def test_any_candidate_can_be_looked_up() -> None:
    test = opened(page.page, at_work(accounts(), ALONE))
    (picker,) = test.selectbox
    checked(picker.set_value("C-0020").run())
    assert "**not suspected**" in words(test)


@pytest.mark.parametrize("size", [3, 3000])
def test_three_candidates_and_three_thousand(size: int) -> None:
    opened(page.page, at_work(accounts(size), ALONE.changed(places=1)))


def test_a_cohort_without_accounts_is_judged_by_its_work() -> None:
    test = opened(page.page, at_work(agency(60), gated()))
    assert "What could not be looked at" in "".join(one.label for one in test.expander)


def test_no_word_accuses() -> None:
    said = _plain(opened(page.page, at_work(accounts(), ALONE))).casefold()
    for word in ("fraud", "cheat", "liar", "genuine score"):
        assert word not in said


def test_nothing_is_judged_twice() -> None:
    test = opened(page.page, at_work(accounts(), ALONE))
    work: Workspace = test.session_state["workspace"]
    before = {key: id(value) for key, value in work.kept.items()}
    checked(test.run())
    assert {key: id(value) for key, value in work.kept.items()} == before


def starred() -> Cohort:
    """The accounts, and a star history of the first with a burst out of nothing."""
    months = pd.date_range("2023-01-01", periods=12, freq="MS")
    stars = pd.DataFrame(
        {
            "candidate_id": "C-0000",
            "score": "github_stars",
            "date": months,
            "value": [2.0, 1, 0, 1, 2, 260, 3, 1, 0, 1, 2, 1],
        }
    )
    whole = accounts()
    return cohort_from_frame(
        whole.signals.reset_index(names="candidate_id"),
        accounts=whole.accounts,
        score_history=stars,
    )


def test_growth_is_drawn_with_the_suspected_month_marked() -> None:
    found = inflation(starred(), ALONE)
    (curve,) = found.curves("C-0000")
    frame = curve_frame(curve)
    assert frame.loc[frame["kind"] == "suspected", "month"].tolist() == ["2023-06-01"]
    assert frame["count"].sum() == 274
    assert "consistent with a bought campaign: 2023-06 (260)" in in_words(curve)
    assert found.curves("C-0001") == ()
    said = words(opened(page.page, at_work(starred(), ALONE)))
    assert "Growth month by month" in said
    assert "2023-06 (260)" in said


def test_a_flag_is_dismissed_for_a_reason_and_the_dismissal_is_kept() -> None:
    test = opened(page.page, at_work(accounts(), ALONE))
    first = by_suspicion(inflation(accounts(), ALONE))[0]
    fields = [f for f in test.text_input if f.label.startswith("Dismiss this flag")]
    fields[0].set_value("The account of the whole newsroom.")
    pressed = next(b for b in test.button if b.label == "Dismiss the flag")
    checked(pressed.click().run())
    work: Workspace = test.session_state["workspace"]
    assert work.dismissals[first].reason == "The account of the whole newsroom."
    assert "The account of the whole newsroom." in _plain(test)
    kept = inflation_of(work, ALONE).of(first)
    assert kept.dismissed is not None
    assert kept.flagged
    back = next(b for b in test.button if b.label == "Take the dismissal back")
    checked(back.click().run())
    assert work.dismissals == {}


def test_a_dismissal_without_a_reason_is_not_taken() -> None:
    test = opened(page.page, at_work(accounts(), ALONE))
    checked(next(b for b in test.button if b.label == "Dismiss the flag").click().run())
    assert "write what speaks against it" in words(test)
    assert test.session_state["workspace"].dismissals == {}


def test_answers_do_not_outlive_their_candidates() -> None:
    work = at_work(accounts(), ALONE)
    found = inflation_of(work, ALONE)
    first = by_suspicion(found)[0]
    work.dismissals[first] = found.dismiss(first, "Known.", dt.date(2026, 11, 22))
    work.take_cohort(agency(), "Others")
    assert work.dismissals == {}


SAMPLE = (
    b"followers,following,posts,has_picture\n" + b"3,4200,0,no\n" * 30 + b"400,300,95,yes\n" * 70
)


def test_a_sample_of_followers_gives_a_share_with_its_interval() -> None:
    work = at_work(accounts(), ALONE)
    take_followers(work, "C-0020", "sample.csv", SAMPLE)
    work.candidate = "C-0020"
    test = opened(page.page, work)
    said = _plain(test)
    assert "Of 100 sampled followers" in said
    assert "95 % interval" in said
    _, found = work.samples["C-0020"]
    assert int(probability_frame(found)["followers"].sum()) == 100
    other = checked(test.selectbox[0].set_value("C-0021").run())
    assert "sampled followers, about" not in _plain(other)


def test_a_sample_that_cannot_be_used_leaves_the_one_before() -> None:
    work = at_work(accounts(), ALONE)
    take_followers(work, "C-0020", "sample.csv", SAMPLE)
    with pytest.raises(InputError, match=r"row 2, column 'followers': '-1' is negative"):
        take_followers(work, "C-0020", "bad.csv", b"followers,following\n-1,3\n")
    assert work.samples["C-0020"][0] == "sample.csv"


def test_a_sample_uploaded_with_the_candidates_is_shown() -> None:
    whole = accounts()
    rows = pd.DataFrame({"candidate_id": ["C-0001"] * 60, "followers": 4.0, "following": 5000.0})
    work = at_work(replace(whole, follower_samples=rows), ALONE)
    brought = followers_of(work, "C-0001")
    assert brought is not None
    assert brought[1].n == 60
    assert followers_of(work, "C-0002") is None


def test_the_rate_of_false_flags_can_be_chosen() -> None:
    test = opened(page.page, at_work(accounts(), ALONE))
    (slider,) = test.select_slider
    checked(slider.set_value(0.2).run())
    work: Workspace = test.session_state["workspace"]
    assert work.false_flag_rate == 0.2
    assert "at most 20% of ordinary candidates" in words(test)


def test_topics_are_compared_with_what_the_post_asks_for() -> None:
    whole = accounts()
    people = whole.candidates.assign(topics=["juggling"] * 39 + ["social media"])
    work = at_work(replace(whole, candidates=people), ALONE)
    test = opened(page.page, work)
    (field,) = test.text_area
    checked(field.set_value("Plans and runs social media campaigns.").run())
    assert "39 candidates are credited with nothing that the post asks for" in words(test)


def test_a_dismissal_stands_on_the_review_sheet() -> None:
    cohort, work = accounts(), at_work(accounts(), ALONE)
    found = inflation_of(work, ALONE)
    first = by_suspicion(found)[0]
    before = candidate_sheet(cohort, influence(cohort, ALONE), first, inflation=found)
    answer = found.dismiss(first, "The account of the newsroom.", dt.date(2026, 11, 22))
    after = candidate_sheet(
        cohort,
        influence(cohort, ALONE),
        first,
        inflation=found.with_dismissals({first: answer}),
    )
    told = [text for one in after.judgements for text in one.against]
    assert "Dismissed by a reviewer on 2026-11-22: “The account of the newsroom.”" in told
    assert after.digest != before.digest


def test_a_sample_speaks_in_the_candidates_figure() -> None:
    work = at_work(accounts(), ALONE)
    before = inflation_of(work, ALONE).of("C-0020")
    take_followers(work, "C-0020", "sample.csv", SAMPLE)
    after = inflation_of(work, ALONE).of("C-0020")
    (said,) = set(after.against) - set(before.against)
    assert "100 sampled followers" in said
    work.candidate = "C-0020"
    assert "100 sampled followers" in _plain(opened(page.page, work))


EVENTS = (
    b"repository,stars,forks,issues,comments,pull_requests,pushes,branches,releases\n"
    b"tool,900,120,200,400,150,300,20,8\nburst,180,0,0,0,0,2,2,0\nsmall,3,0,0,0,0,9,1,0\n"
)


def test_repositories_stand_beside_the_candidate_and_are_no_part_of_the_suspicion() -> None:
    work = at_work(accounts(), ALONE)
    before = inflation_of(work, ALONE).suspicion.tolist()
    take_repositories(work, "C-0020", "events.csv", EVENTS)
    work.candidate = "C-0020"
    test = opened(page.page, work)
    assert "1 of 2 repositories that could be judged has events" in _plain(test)
    frame = repositories_frame(work.repositories["C-0020"][1])
    assert frame["Repository"].tolist() == ["burst", "tool", "small"]
    assert frame["Suspected"].tolist() == ["suspected", "not suspected", "too few stars"]
    assert inflation_of(work, ALONE).suspicion.tolist() == pytest.approx(before, nan_ok=True)
    other = checked(test.selectbox[0].set_value("C-0021").run())
    assert "repositories that could be judged" not in _plain(other)


def test_repositories_that_cannot_be_used_are_told() -> None:
    with pytest.raises(InputError, match=r"row 3, column 'stars': '-180' is negative"):
        take_repositories(
            at_work(accounts()), "C-0020", "bad.csv", EVENTS.replace(b",180,", b",-180,")
        )


def test_dismissals_of_another_day_are_taken_over_and_those_that_do_not_stand_told() -> None:
    work = at_work(accounts(), ALONE)
    found = inflation_of(work, ALONE)
    first = by_suspicion(found)[0]
    answers = {first: found.dismiss(first, "Known.", dt.date(2026, 11, 22))}
    work.dismissals |= read_dismissals(json_text(found.with_dismissals(answers).to_dict()))
    work.dismissals |= {"gone": replace(answers[first], candidate_id="gone")}
    said = _plain(opened(page.page, work))
    assert "Known." in said
    assert "The dismissal for 'gone' is left out: there is no such candidate." in said
