from __future__ import annotations

from toolkit.fairness.counts import table_from
from toolkit.fairness.referent import choose_referent
from toolkit.fairness.rules import Rules


def chosen(counts: dict[str, tuple[int, int]], rules: Rules | None = None) -> str | None:
    table = table_from("group", counts)
    referent = choose_referent(table, rules or Rules())
    return None if referent.position is None else table.labels[referent.position]


def test_three_people_who_were_all_selected_do_not_become_the_denominator() -> None:
    table = table_from("group", {"A": (20, 50), "B": (15, 50), "C": (3, 3)})
    referent = choose_referent(table)
    assert referent.position == 0
    assert referent.excluded[2] == "3 people, fewer than the 5 that a referent needs"
    assert referent.excluded[:2] == (None, None)


def test_a_share_below_two_percent_is_excluded_and_two_percent_is_not() -> None:
    counts = {"A": (100, 643), "B": (6, 7), "C": (0, 700)}
    table = table_from("group", counts)
    referent = choose_referent(table)
    assert table.labels[referent.position or 0] == "A"
    assert referent.excluded[1] == (
        "0.519 % of the people with known membership, less than the 2 % that a referent needs"
    )
    assert chosen({"A": (10, 343), "B": (6, 7)}) == "B"  # 7 of 350 are exactly 2 %


def test_rates_are_compared_exactly_and_the_larger_of_equals_is_taken() -> None:
    assert chosen({"A": (1, 30), "B": (2, 60), "C": (1, 31)}) == "B"
    assert chosen({"B": (3, 30), "A": (3, 30)}) == "A"


def test_nobody_selected_still_names_a_referent() -> None:
    assert chosen({"A": (0, 20), "B": (0, 30)}) == "B"


def test_one_group_is_its_own_referent_and_small_groups_have_none() -> None:
    assert chosen({"A": (4, 9)}) == "A"
    assert chosen({"A": (2, 4), "B": (1, 3)}) is None
    assert chosen({}) is None
    assert chosen({"A": (2, 4), "B": (1, 3)}, Rules(minimum_people=1)) == "A"


def test_one_person_is_a_person_and_nobody_is_nobody() -> None:
    table = table_from("group", {"A": (5, 9), "B": (1, 1), "C": (0, 0)})
    assert choose_referent(table).excluded == (
        None,
        "1 person, fewer than the 5 that a referent needs",
        "nobody belongs to this group",
    )
