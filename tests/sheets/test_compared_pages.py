from __future__ import annotations

from dataclasses import replace

from tests.sheets.examples import SHEET, criteria
from toolkit.sheets.compared_pages import compared_pages
from toolkit.sheets.rendering import render_pdf

PDF = render_pdf(SHEET)


def test_the_line_that_reads_otherwise_is_told_with_its_page() -> None:
    changed = replace(SHEET, requisition=replace(SHEET.requisition, role="Editor"))
    found = compared_pages(render_pdf(changed), PDF)
    assert found[0].where == "page 1"
    assert ("Editor", "Social media manager") in [(one.document, one.expected) for one in found]


def test_the_same_pages_have_no_difference_whatever_else_stands_in_the_file() -> None:
    assert compared_pages(PDF + b"% more", PDF) == []


def test_another_number_of_pages_is_said_first() -> None:
    found = compared_pages(render_pdf(replace(SHEET, rubric=criteria(30))), PDF)
    assert (found[0].where, found[0].expected) == ("pages", "3")


def test_pages_that_cannot_be_read_are_said_to_be_so() -> None:
    (found,) = compared_pages(b"%PDF-1.7", PDF)
    assert (found.document, found.expected) == ("(cannot be read)", "3 pages")
