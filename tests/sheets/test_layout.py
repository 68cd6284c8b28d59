"""How pages look, whatever is written on them: nothing runs off, and the same page twice is one.

Pictures of pages are compared with each other, not with files: a picture that is kept would say
no more than that a page looks as it did, on the machine that drew it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from tests.sheets.examples import SHEET, criteria, signals
from tests.sheets.reading import squeezed, text_of
from tests.sheets.report_examples import adverse_impact_report, agency, requisition_report
from tests.sheets.test_given_reviews import FILLED
from tests.sheets.test_notice_page import SHEET as NOTICE
from toolkit.sheets.blank_sheet import BlankSheet
from toolkit.sheets.documents import Document, pictures_of
from toolkit.sheets.look import Look
from toolkit.sheets.printable import printable
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.requisition import Requisition

DOTS = 40
#: Millimetres that stay white on every side, for printers that cannot print to the edge. The
#: margins are 18 at the sides, 13 above, and below the footer about 8.
WHITE = {"left": 15.0, "right": 15.0, "top": 10.0, "bottom": 5.0}
#: Share of a page that is ink: more would drown a printer.
MOST_INK = 0.25


def every_document() -> Iterator[tuple[str, Document]]:
    yield "candidate", SHEET
    yield "filled", FILLED
    yield "blank", BlankSheet(SHEET.requisition, SHEET.date)
    yield "notice", NOTICE
    yield "cohort", requisition_report()
    yield "audit", adverse_impact_report()


def pages_of(document: Document, paper: str) -> list[np.ndarray]:
    """Each page as shades of grey, 0 black to 1 white."""
    look = Look(paper)  # type: ignore[arg-type]
    return [
        np.asarray(Image.open(io.BytesIO(page)).convert("L"), dtype=np.float64) / 255
        for page in pictures_of(document, look, DOTS)
    ]


def margins(page: np.ndarray) -> dict[str, float]:
    """Millimetres from each edge to the first ink."""
    ink = page < 0.97
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    height, width = page.shape
    dots = {
        "left": columns[0],
        "right": width - 1 - columns[-1],
        "top": rows[0],
        "bottom": height - 1 - rows[-1],
    }
    return {side: float(many) / DOTS * 25.4 for side, many in dots.items()}


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("name", [name for name, _ in every_document()])
def test_every_page_of_every_document_keeps_its_margins_and_is_light(name: str, paper: str) -> None:
    document = dict(every_document())[name]
    for number, page in enumerate(pages_of(document, paper), 1):
        found = margins(page)
        for side, white in WHITE.items():
            assert found[side] >= white, f"page {number}, {side}: {found[side]:.1f} mm"
        ink = 1 - float(page.mean())
        assert 0.002 < ink < MOST_INK, f"page {number}: {ink:.1%} ink"


def test_the_same_document_gives_the_same_picture_and_another_code_a_slightly_different_one() -> (
    None
):
    first, again = pages_of(SHEET, "a4"), pages_of(SHEET, "a4")
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    other = pages_of(replace(SHEET, candidate_code="A-018"), "a4")
    differing = [float((np.abs(a - b) > 0.1).mean()) for a, b in zip(first, other, strict=True)]
    assert differing[0] > 0
    assert max(differing) < 0.02


NAME = "Wolfeschlegelsteinhausenbergerdorff"
MARKUP = '#set page(width: 1cm) *b* _i_ $x$ <b>&amp;</b> =HYPERLINK("x") `raw` @ref \\ [x] "q"'


def within(document: Document) -> bool:
    """Whether every page of Letter keeps its margins."""
    found = [margins(page) for page in pages_of(document, "us-letter")]
    return all(one[side] >= white for one in found for side, white in WHITE.items())


@pytest.mark.parametrize("sheet", [SHEET, NOTICE], ids=["candidate", "notice"])
def test_a_name_of_ten_thousand_letters_is_printed_whole(sheet: Document) -> None:
    long = replace(sheet, candidate_name=NAME * 286)  # type: ignore[type-var]
    # Here and there it is cut by the foot of a page.
    assert text_of(render_pdf(long)).count(NAME) >= 280
    assert within(long)


def test_what_looks_like_markup_is_printed_as_it_is() -> None:
    requisition = Requisition(title=MARKUP, role=MARKUP, organisation=MARKUP)
    for _, document in every_document():
        marked = replace(document, requisition=requisition)  # type: ignore[type-var]
        assert squeezed(MARKUP) in text_of(render_pdf(marked))
        assert within(marked)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=60))
def test_any_text_is_printed_on_the_notice(text: str) -> None:
    label = replace(NOTICE.notice.seen[0], label=text)
    sheet = replace(
        NOTICE,
        candidate_name=text,
        notice=replace(NOTICE.notice, seen=(label, *NOTICE.notice.seen[1:])),
    )
    pdf = render_pdf(sheet)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    shown = printable(" ".join(text.split()), breakable=False).text
    # What reads from right to left, or is put together of several marks, comes back otherwise.
    if shown.isascii():
        assert squeezed(shown) in text_of(pdf)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=40))
def test_any_text_is_printed_in_the_requisition_report(text: str) -> None:
    report = requisition_report()
    first = replace(report.signals[0], label=text)
    changed = replace(
        report,
        requisition=Requisition(title=text),
        signals=(first, *report.signals[1:]),
        names=((report.decided[0].candidate_id, text),),
    )
    assert render_pdf(changed).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("count", [1, 12, 30])
def test_many_criteria_and_scores_keep_the_margins(count: int) -> None:
    sheet = replace(SHEET, rubric=criteria(count), signals=signals(count))
    assert within(sheet)


def test_a_report_on_nobody_the_screen_took_is_still_a_report() -> None:
    cohort, _ = agency()
    report = requisition_report()
    empty = replace(report, decided=(), only_with=(), only_without=(), ranking=None)
    assert len(cohort) == 60
    assert within(empty)
