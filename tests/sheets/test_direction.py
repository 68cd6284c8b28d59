from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from tests.sheets.examples import UNBLINDED
from tests.sheets.reading import failures
from tests.sheets.test_printable import ANY_TEXT
from toolkit.sheets.direction import set_off
from toolkit.sheets.printable import printable_tree
from toolkit.sheets.rendering import render_pdf

FROM_RIGHT, END = "\u2067", "\u2069"
ARABIC = "فاطمة (Fatima) 12 %"


def test_a_name_from_the_right_is_set_off_and_others_stay() -> None:
    assert set_off(ARABIC) == FROM_RIGHT + ARABIC + END
    assert set_off("Fatima (فاطمة)") == "Fatima (فاطمة)"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("יוסף\nAnn\nפנינה", [True, False, True]),
        ("12 (עברית)", [True]),
        ("… – 3", [False]),
        ("", [False]),
        ("🙂 עברית", [True]),
        ("Ann\nآرا 4", [False, True]),
    ],
)
def test_the_first_letter_with_a_direction_decides_for_its_line(
    text: str, lines: list[bool]
) -> None:
    assert [line.startswith(FROM_RIGHT) for line in set_off(text).split("\n")] == lines


@given(ANY_TEXT)
def test_nothing_but_the_marks_is_added(text: str) -> None:
    found = set_off(text)
    assert found.count(FROM_RIGHT) - text.count(FROM_RIGHT) == found.count(END) - text.count(END)
    if FROM_RIGHT not in text and END not in text:
        assert found.replace(FROM_RIGHT, "").replace(END, "") == text


def test_hashes_and_titles_of_files_are_left_alone() -> None:
    tree, _ = printable_tree({"name": ARABIC, "document_title": ARABIC})
    printed = ARABIC.replace(" %", "\u00a0%")
    assert tree == {"name": FROM_RIGHT + printed + END, "document_title": ARABIC}


def test_a_sheet_about_work_in_arabic_keeps_both_standards() -> None:
    requisition = replace(UNBLINDED.requisition, title=ARABIC, role=ARABIC, organisation=ARABIC)
    sheet = replace(UNBLINDED, candidate_name=ARABIC, requisition=requisition)
    assert failures(render_pdf(sheet, language="fr")) == []
