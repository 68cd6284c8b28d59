from __future__ import annotations

from toolkit.fairness.printed import printed
from toolkit.fairness.published_table import PublishedRow
from toolkit.fairness.table_sizes import people_of_table, size_in_table, too_small


def table(*people: str) -> list[PublishedRow]:
    return [
        PublishedRow("", f"group {row}", row, "group", printed(n, whole=True), None, None, None)
        for row, n in enumerate(people)
    ]


def test_a_group_has_a_number_of_people_and_a_share_of_the_table() -> None:
    rows = table("1,990", "10")
    assert people_of_table(rows) == 2000
    assert size_in_table(rows[1], rows) == "10 people (0.5 % of the table)"
    assert too_small(rows[1], rows)
    assert not too_small(rows[0], rows)


def test_where_one_row_says_nothing_of_its_people_there_is_no_share() -> None:
    rows = table("80", "")
    assert people_of_table(rows) is None
    assert size_in_table(rows[0], rows) == "80 people"
    assert size_in_table(rows[1], rows) == ""
    assert not too_small(rows[1], rows)
