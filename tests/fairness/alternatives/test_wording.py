"""What is said of a search: what is kept, what is lifted, and what is left of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.fairness.alternatives.test_alternatives import people, ten
from toolkit.estimate import Estimate
from toolkit.fairness.alternatives.alternatives import alternatives
from toolkit.fairness.alternatives.result import Alternative, Alternatives
from toolkit.fairness.alternatives.shrinkage import HeldOut
from toolkit.fairness.alternatives.wording import (
    STATEMENT,
    changes_sentence,
    expect_sentence,
    headline,
    highlighted,
    ratio_with_interval,
    validity_with_interval,
)
from toolkit.fairness.rules import Rules
from toolkit.screening.screen import Screen

SCREEN = Screen(name="s", places=4, weights={"portfolio": 0.1, "klout": 0.9})


@pytest.fixture(scope="module")
def base() -> Alternatives:
    rules = Rules(minimum_people=1, minimum_share=0.0)
    return alternatives(ten(), SCREEN, "sex", folds=0, rules=rules)


def said(one: Alternative, validity: float, ratio: float, held: HeldOut | None) -> Alternative:
    return replace(
        one, validity=Estimate(validity), impact_ratio=ratio, group=None, held_out=held, name=None
    )


def searched(base: Alternatives, now: Alternative, *front: Alternative) -> Alternatives:
    tried = replace(base.tried, validity=np.zeros(2000))
    return replace(base, current=now, front=front, tried=tried)


def test_one_that_keeps_most_of_the_validity_is_named_with_what_is_left_of_it(base) -> None:
    now = said(base.current, 0.50, 0.62, HeldOut(0.49, 0.60, None, None))
    best = said(base.current, 0.49, 0.81, HeldOut(0.47, 0.76, None, None))
    beyond = said(base.current, 0.40, 0.95, None)
    found = searched(base, now, best, beyond)
    assert highlighted(found) is best
    assert headline(found) == [
        "Of 2,000 screens tried, 2 are on the front; one of them keeps 98 % of the validity and "
        "lifts the smallest impact ratio from 0.62 to 0.81.",
        "Held out, on candidates who had no part in the choice, such a choice keeps 95.9 % of the "
        "validity and lifts the ratio from 0.60 to 0.76: expect 0.02 less validity and 0.05 less "
        "impact ratio than is shown.",
    ]


def test_where_every_lift_costs_more_the_most_valid_is_named(base) -> None:
    now = said(base.current, 0.50, 0.62, None)
    cheap, dear = said(now, 0.40, 0.70, None), said(now, 0.30, 0.95, None)
    assert highlighted(searched(base, now, now, cheap, dear)) is cheap


def test_where_none_lifts_the_ratio_it_is_said(base) -> None:
    now = said(base.current, 0.50, 0.95, None)
    (sentence,) = headline(searched(base, now, now))
    assert sentence == (
        "Of 2,000 screens tried, one is on the front, and it does not lift the smallest impact "
        "ratio above that of the screen as it is, 0.95."
    )
    assert "none has an impact ratio" in headline(searched(base, now))[0]


def test_a_rise_of_validity_and_one_that_cannot_be_put_in_percent(base) -> None:
    now = said(base.current, 0.20, 0.62, None)
    assert (
        "raises the validity from 0.20 to 0.30"
        in headline(searched(base, now, said(now, 0.3, 0.7, None)))[0]
    )
    assert "keeps the validity" in headline(searched(base, now, said(now, 0.2, 0.7, None)))[0]
    below = said(now, -0.10, 0.62, None)
    assert (
        "has a validity of 0.05 against −0.10"
        in headline(searched(base, below, said(now, 0.05, 0.7, None)))[0]
    )


def test_a_choice_that_does_not_last_is_not_called_a_lift(base) -> None:
    now = said(base.current, 0.50, 0.62, HeldOut(0.50, 0.62, None, None))
    lucky = said(now, 0.50, 0.90, HeldOut(0.52, 0.55, None, None))
    sentence = headline(searched(base, now, lucky))[1]
    assert "does not lift the ratio, which goes from 0.62 to 0.55" in sentence
    assert expect_sentence(lucky) == (
        "expect 0.02 more validity and 0.35 less impact ratio than is shown."
    )
    same = said(now, 0.52, 0.55, lucky.held_out)
    assert (
        expect_sentence(same) == "expect no less validity and no less impact ratio than is shown."
    )
    assert "no held-out figures" in expect_sentence(said(now, 0.5, 0.9, None))


def test_who_changes_and_figures_with_their_intervals(base) -> None:
    assert "The same people are selected" in changes_sentence(base.current)
    one = replace(base.current, gains_place=("a",), loses_place=("b", "c"))
    assert changes_sentence(one) == "1 candidate gains a place and 2 lose one."
    assert ratio_with_interval(replace(one, impact_ratio=None)) == "–"
    assert validity_with_interval(replace(one, validity=Estimate.none("why"))) == "–"
    assert validity_with_interval(replace(one, validity=Estimate(0.4, -0.1, 0.7))) == (
        "0.40 (−0.10 to 0.70)"
    )


def test_no_word_that_would_claim_too_much() -> None:
    cohort, _ = people()
    screen = Screen(name="s", places=15, weights={"task": 0.5, "klout": 0.5})
    found = alternatives(cohort, screen, ["sex", "age"])
    text = " ".join([*headline(found), found.measure.definition, *found.cautions, STATEMENT])
    for word in ("debias", "unbiased", "fair ", "fairer", "discriminates", "illegal"):
        assert word not in text.casefold()
