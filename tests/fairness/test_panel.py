from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.fairness.published import ricci
from toolkit.fairness.counts import table_from
from toolkit.fairness.panel import attribute_impact
from toolkit.fairness.result import AttributeImpact
from toolkit.fairness.rules import Rules


def panel(counts: dict[str, tuple[int, int]], rules: Rules | None = None) -> AttributeImpact:
    return attribute_impact(table_from("group", counts), rules or Rules())


def test_morris_s_two_of_ten_against_fifteen_of_twenty_five() -> None:
    found = panel({"minority": (2, 10), "majority": (15, 25)})
    assert found.referent == "majority"
    group = found.group("minority")
    assert (group.rate, group.n, group.selected) == (0.2, 10, 2)
    assert group.impact_ratio == pytest.approx(1 / 3)
    assert group.below_four_fifths
    assert round(group.z or 0, 6) == -2.138963
    assert round(group.z_p or 0, 6) == 0.032439
    assert group.fisher_p == pytest.approx(stats.fisher_exact([[2, 8], [15, 10]]).pvalue)
    assert group.p_adjusted == pytest.approx(group.fisher_p)
    assert group.shortfall == pytest.approx(170 / 35 - 2)
    assert group.shortfall_to_referent == pytest.approx(4)
    assert group.people_to_four_fifths == 3
    assert group.one_person_swap == pytest.approx(0.3 / (14 / 25))
    assert (group.one_person_swap_clears, group.one_person_swap_reverses) == (False, False)
    assert group.verdict == "too small to say"


def test_ricci_v_destefano() -> None:
    """Pass rates of the court record, each group against the white candidates."""
    passed = ricci().groupby(["Position", "Race"])["Class"].agg(["sum", "count"])
    expected = {
        "Captain": {"W": (16, 25), "B": (3, 8), "H": (3, 8)},
        "Lieutenant": {"W": (25, 43), "B": (6, 19), "H": (3, 15)},
    }
    for position, counts in expected.items():
        rows = {race: (int(s), int(n)) for race, (s, n) in passed.loc[position].iterrows()}
        assert rows == counts
        found = panel(counts)
        assert found.referent == "W"
        for race in ("B", "H"):
            group = found.group(race)
            a, n_a = counts[race]
            b, n_b = counts["W"]
            assert group.impact_ratio == pytest.approx((a / n_a) / (b / n_b))
            assert group.below_four_fifths
            assert group.fisher_p == pytest.approx(
                stats.fisher_exact([[a, n_a - a], [b, n_b - b]]).pvalue
            )
    lieutenants = panel(expected["Lieutenant"])
    assert lieutenants.group("H").verdict == "adverse impact indicated"
    assert lieutenants.group("B").verdict == "too small to say"
    assert lieutenants.lowest is lieutenants.group("H")


def test_three_people_all_selected_are_listed_and_are_not_the_denominator() -> None:
    found = panel({"A": (20, 50), "B": (15, 50), "C": (3, 3)})
    assert found.referent == "A"
    small = found.group("C")
    assert (small.included, small.n, small.rate) == (False, 3, 1.0)
    assert small.excluded_because == "3 people, fewer than the 5 that a referent needs"
    assert small.impact_ratio == pytest.approx(2.5)
    assert small.fisher_p is not None
    assert small.p_adjusted is None
    assert small.verdict == "too small to say"
    assert found.excluded == (small,)
    # One comparison is left in the family, so nothing is adjusted away.
    assert found.group("B").p_adjusted == found.group("B").fisher_p


def test_every_group_is_tested_against_the_referent_and_adjusted() -> None:
    found = panel({"A": (60, 100), "B": (40, 100), "C": (45, 100), "D": (58, 100)})
    p = {g.group: g.fisher_p for g in found.groups if g.fisher_p is not None}
    assert set(p) == {"B", "C", "D"}
    ordered = sorted(p.values())
    assert found.group("B").p_adjusted == pytest.approx(3 * ordered[0])
    assert found.group("B").p_adjusted_bh == pytest.approx(3 * ordered[0])
    assert (found.group("C").p_adjusted or 0) == pytest.approx(2 * ordered[1])


def test_a_large_group_below_two_percent_is_tested_although_it_is_not_the_referent() -> None:
    found = panel({"A": (5000, 10000), "B": (80, 100)})
    assert found.referent == "A"
    group = found.group("B")
    assert not group.included
    assert group.p_adjusted is not None
    assert group.verdict == "selected more often than the referent"


def test_the_referent_has_a_ratio_of_one_and_no_comparison_with_itself() -> None:
    own = panel({"A": (6, 10), "B": (3, 10)}).group("A")
    assert (own.impact_ratio, own.bound_low, own.bound_high) == (1.0, 1.0, 1.0)
    for name in ("impact_ratio_low", "fisher_p", "z", "p_adjusted", "shortfall", "cohens_h"):
        assert getattr(own, name) is None
    assert own.people_to_four_fifths is own.one_person_swap_clears is None
    assert not own.below_four_fifths


def test_nobody_selected() -> None:
    found = panel({"A": (0, 10), "B": (0, 20)})
    for group in found.groups:
        assert group.rate == 0
        assert group.impact_ratio is None
        assert not group.below_four_fifths
        assert group.verdict == "no comparison"
    assert found.group("A").fisher_p == 1.0
    assert found.group("A").z is None
    assert found.lowest is None


def test_everybody_selected() -> None:
    group = panel({"A": (10, 10), "B": (20, 20)}).group("A")
    assert group.impact_ratio == 1.0
    assert (group.impact_ratio_low or 1) < 1 < (group.impact_ratio_high or 1)
    assert group.fisher_p == 1.0
    assert group.z is None


def test_one_group_and_no_group_and_one_candidate() -> None:
    alone = panel({"A": (3, 10)})
    assert alone.referent == "A"
    assert alone.group("A").verdict == "no comparison"
    assert panel({}).groups == ()
    assert panel({}).referent is None
    one = panel({"A": (1, 1)}).group("A")
    assert (one.rate, one.impact_ratio, one.included) == (1.0, None, False)


def test_two_candidates_one_of_each() -> None:
    found = panel({"A": (1, 1), "B": (0, 1)})
    assert found.referent is None
    assert [g.verdict for g in found.groups] == ["too small to say"] * 2
    assert [g.fisher_p for g in found.groups] == [None, None]


def test_an_empty_group_is_listed_without_figures() -> None:
    group = panel({"A": (3, 10), "B": (0, 0), "C": (2, 10)}).group("B")
    assert (group.n, group.rate, group.impact_ratio, group.fisher_p) == (0, None, None, None)
    assert group.excluded_because == "nobody belongs to this group"
    assert group.verdict == "no comparison"


def test_the_thresholds_are_followed() -> None:
    counts = {"A": (3, 4), "B": (30, 100)}
    assert panel(counts).referent == "B"
    assert panel(counts, Rules(minimum_people=4)).referent == "A"
    assert panel({"A": (60, 100), "B": (45, 100)}, Rules(alpha=0.2)).group("B").statistical
    narrow = panel(counts, Rules(confidence=0.5)).group("B")
    wide = panel(counts).group("B")
    assert (narrow.rate_low or 0) > (wide.rate_low or 1)


@given(
    st.dictionaries(
        st.sampled_from("ABCDEF"),
        st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda t: (t[0], t[0] + t[1])),
        min_size=1,
    )
)
def test_what_holds_for_every_table(counts: dict[str, tuple[int, int]]) -> None:
    found = panel(counts)
    for group in found.groups:
        a, n_a = counts[group.group]
        assert (group.selected, group.n) == (a, n_a)
        assert (group.rate is None) == (n_a == 0)
        if group.rate is not None:
            assert (group.rate_low or 0) <= group.rate <= (group.rate_high or 0) + 1e-12
        ratio = group.impact_ratio
        if ratio is None:
            assert not group.below_four_fifths
            continue
        assert found.referent is not None
        b, n_b = counts[found.referent]
        assert ratio >= 0
        assert group.below_four_fifths == (5 * a * n_b < 4 * b * n_a)
        assert group.bound_low == ratio  # nobody is unknown here
        assert group.bound_high == ratio
        if group.included:
            assert ratio <= 1
        if group.group == found.referent:
            assert ratio == 1
            continue
        assert (group.impact_ratio_low or 0) <= ratio + 1e-9
        assert (group.impact_ratio_high or 0) >= ratio - 1e-9
        assert (group.mid_p or 0) < (group.fisher_p or 0)
        assert (group.p_adjusted or 1) >= (group.fisher_p or 0)
        assert (group.p_adjusted_bh or 1) <= (group.p_adjusted or 1) + 1e-12


def test_an_unknown_group_label() -> None:
    with pytest.raises(KeyError):
        panel({"A": (1, 9)}).group("B")
