from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from tests.fairness.published import arrays
from tests.fairness.tables import Table, two_by_two
from toolkit.fairness.shortfall import people_to_four_fifths, shortfall, shortfall_to_referent


def test_two_of_ten_against_fifteen_of_twenty_five() -> None:
    """At the rate of both, 17/35, the ten would have 4.857 selected; at 15/25 they would have 6."""
    table = arrays(2, 10, 15, 25)
    assert shortfall(*table)[0] == pytest.approx(170 / 35 - 2)
    assert shortfall_to_referent(*table)[0] == pytest.approx(4)
    assert people_to_four_fifths(*table).tolist() == [3]  # 5/10 over 15/25 is .83, 4/10 is .67


@given(two_by_two())
def test_the_people_that_reach_four_fifths_are_just_enough(table: Table) -> None:
    a, n_a, b, n_b = table
    missing = int(people_to_four_fifths(*arrays(*table))[0])
    reaches = [5 * (a + more) * n_b >= 4 * b * n_a for more in (missing, missing - 1)]
    assert reaches[0]
    assert missing == 0 or not reaches[1]


@given(two_by_two())
def test_the_shortfall_of_one_is_the_surplus_of_the_other(table: Table) -> None:
    a, n_a, b, n_b = table
    mine = shortfall(*arrays(a, n_a, b, n_b))[0]
    theirs = shortfall(*arrays(b, n_b, a, n_a))[0]
    assert mine == pytest.approx(-theirs, abs=1e-9)
    assert mine == pytest.approx(float(Fraction(n_a * (a + b), n_a + n_b) - a), abs=1e-9)


def test_an_empty_group_is_short_of_nobody() -> None:
    for table in ((0, 0, 5, 9), (3, 9, 0, 0)):
        assert np.isnan(shortfall(*arrays(*table))).all()
        assert np.isnan(shortfall_to_referent(*arrays(*table))).all()
        assert people_to_four_fifths(*arrays(*table)).tolist() == [0]
