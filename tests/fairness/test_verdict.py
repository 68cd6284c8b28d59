from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.fairness.rules import Rules
from toolkit.fairness.verdict import Facts, p_in_words, ratio_in_words, verdict

RULES = Rules()
#: 200 of 1,000 women against 300 of 1,000 men, as plain facts.
WOMEN = Facts(
    group="women",
    referent="men",
    n=1000,
    selected=200,
    referent_n=1000,
    referent_selected=300,
    ratio=2 / 3,
    ratio_low=0.57,
    ratio_high=0.78,
    surely_above=0.57,
    below=True,
    p_adjusted=0.0000003,
    smallest_detectable_ratio=0.816,
    alone=False,
)


def test_a_large_difference_beyond_chance_is_indicated_and_says_its_figures() -> None:
    judged = verdict(WOMEN, RULES)
    assert judged.phrase == "adverse impact indicated"
    assert judged.reading == (
        "women: 200 of 1,000 (20 %) selected, against 300 of 1,000 (30 %) of men; impact ratio "
        "0.67 (0.57 to 0.78): below four-fifths, and more than chance explains (adjusted p below "
        "0.001)."
    )
    assert (judged.practical, judged.statistical, judged.enough_people) == (True, True, True)


@pytest.mark.parametrize(
    ("below", "p", "ratio", "low", "detectable", "phrase"),
    [
        (True, 0.01, 0.5, 0.3, 0.6, "adverse impact indicated"),
        (True, 0.20, 0.7, 0.5, 0.85, "below four-fifths, consistent with chance"),
        (True, 0.20, 0.5, 0.2, 0.30, "too small to say"),
        (True, 0.20, 0.5, 0.2, None, "too small to say"),
        (False, 0.01, 0.85, 0.75, 0.9, "above four-fifths, but beyond chance"),
        (False, 0.40, 0.95, 0.7, 0.85, "no adverse impact indicated at these numbers"),
        (False, 0.40, 0.98, 0.82, 0.70, "no adverse impact indicated at these numbers"),
        (False, 0.40, 0.95, 0.5, 0.4, "too small to say"),
        (False, 0.01, 1.2, 1.05, 0.9, "selected more often than the referent"),
    ],
)
def test_the_three_questions_are_kept_apart(
    below: bool, p: float, ratio: float, low: float, detectable: float | None, phrase: str
) -> None:
    facts = replace(
        WOMEN,
        below=below,
        p_adjusted=p,
        ratio=ratio,
        ratio_low=low,
        surely_above=low,
        smallest_detectable_ratio=detectable,
    )
    judged = verdict(facts, RULES)
    assert judged.phrase == phrase
    assert judged.practical is below
    assert judged.statistical is (p < 0.05 and ratio < 1)


def test_too_small_to_say_says_what_could_have_been_noticed() -> None:
    facts = replace(WOMEN, p_adjusted=0.2, smallest_detectable_ratio=0.31, surely_above=0.2)
    assert "a ratio of about 0.31 or less would probably" in verdict(facts, RULES).reading
    nothing = replace(facts, smallest_detectable_ratio=None)
    assert "not even a rate of zero" in verdict(nothing, RULES).reading


def test_fewer_than_the_minimum_are_never_concluded_about() -> None:
    facts = replace(WOMEN, n=3, selected=0, ratio=0.0, p_adjusted=None)
    judged = verdict(facts, RULES)
    assert judged.phrase == "too small to say"
    assert judged.reading.startswith("women: 0 of 3 selected, against 300 of 1,000 (30 %) of men")
    assert judged.reading.endswith("With fewer than 5 people no conclusion is drawn.")
    assert judged.statistical is None


def test_the_referent_and_cases_without_a_comparison() -> None:
    men = replace(WOMEN, group="men", n=1000, selected=300, ratio=1.0)
    assert verdict(men, RULES).phrase == "referent"
    assert verdict(replace(men, alone=True), RULES).reading == (
        "There is no other group to compare men with."
    )
    assert verdict(replace(men, selected=0, ratio=None), RULES).reading.startswith("Nobody was")
    assert verdict(replace(WOMEN, n=0, selected=0), RULES).reading == "Nobody belongs to women."
    no_referent = verdict(replace(WOMEN, referent=None, n=4, selected=2), RULES)
    assert no_referent.phrase == "too small to say"
    assert "women (2 of 4) is compared with nobody" in no_referent.reading
    zero = verdict(replace(WOMEN, ratio=None), RULES)
    assert (zero.phrase, zero.practical) == ("no comparison", None)


@pytest.mark.parametrize(
    ("ratio", "text"),
    [(0.8, "0.80"), (0.79999, "0.79999"), (0.796, "0.796"), (0.801, "0.80"), (1.5, "1.50")],
)
def test_a_ratio_is_never_rounded_over_four_fifths(ratio: float, text: str) -> None:
    assert ratio_in_words(ratio) == text


def test_a_p_value_is_never_rounded_over_alpha() -> None:
    assert p_in_words(0.0499, 0.05) == "0.0499"
    assert p_in_words(0.0501, 0.05) == "0.050"
    assert p_in_words(0.8, 0.05) == "0.800"


def test_a_value_just_below_the_limit_is_written_in_full() -> None:
    assert ratio_in_words(0.8 - 1e-16) == "0.7999999999999999"
