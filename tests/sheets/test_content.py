from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from tests.sheets.examples import SHEET, UNBLINDED
from tests.sheets.statutory_example import city, guideline
from toolkit.errors import SheetError
from toolkit.fairness.statutory_result import Statutory
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.content import content_of, digest_of, value_of
from toolkit.sheets.content_hash import canonical


@dataclass(frozen=True)
class Point:
    x: float
    labels: tuple[str, ...] = ()


def test_values_go_there_and_back() -> None:
    point = Point(1.5, ("a",))
    assert content_of(point) == {"x": 1.5, "labels": ["a"]}
    assert value_of(Point, content_of(point)) == point


def test_a_whole_number_in_a_field_of_decimals_is_hashed_as_one() -> None:
    assert digest_of(Point(2)) == digest_of(Point(2.0))


@pytest.mark.parametrize("sheet", [SHEET, UNBLINDED, replace(SHEET, candidate_code="\ud800")])
def test_a_sheet_comes_back_as_it_was(sheet: CandidateSheet) -> None:
    back = value_of(CandidateSheet, content_of(sheet))
    assert back == sheet
    assert back.digest == sheet.digest


@pytest.mark.parametrize("found", [city(), guideline()])
def test_statutory_tables_come_back_as_they_were(found: Statutory) -> None:
    assert value_of(Statutory, content_of(found)) == found


def test_what_is_of_another_kind_is_named() -> None:
    with pytest.raises(SheetError, match=r"not that of such a document: x: Field required"):
        value_of(Point, {"labels": []})


def test_the_order_of_keys_changes_nothing() -> None:
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1})
