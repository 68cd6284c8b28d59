import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from threading import Thread

import pytest
from hypothesis import given, settings

from tests.sheets.examples import SHEET, UNBLINDED
from tests.sheets.reading import failures, squeezed, text_of
from tests.sheets.test_printable import ANY_TEXT
from toolkit.errors import SheetError
from toolkit.sheets.candidate_sheet import EvidenceItem, Judgement
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.typesetting import typeset

MARKUP = [
    "#panic()",
    '#eval("1 + 1") #include "x.typ" #sys.inputs',
    "= Heading *bold* _thin_ `raw` $x^2$ @ref <label> // no /* no */",
    "</p><script>alert(1)</script><!-- -->&amp;&#0;",
    '=HYPERLINK("http://example.org","x")',
    "+SUM(1) -2+3 @SUM(A1:A9) \tcmd|' /C calc'!A0",
    '"quoted" \\ backslash \\u{41} {braces} %s {0} {name}',
    "'; DROP TABLE candidates; --",
    "${jndi:ldap://example.org} ../../etc/passwd",
]


def test_the_same_sheet_gives_the_same_bytes():
    assert render_pdf(SHEET) == render_pdf(SHEET)
    assert render_pdf(SHEET) != render_pdf(replace(SHEET, date=dt.date(2026, 10, 10)))


def test_the_same_bytes_come_from_another_process_in_another_place_and_time_zone():
    code = (
        "import sys; from tests.sheets.examples import SHEET; "
        "from toolkit.sheets.rendering import render_pdf; "
        "sys.stdout.buffer.write(render_pdf(SHEET))"
    )
    environment = {**os.environ, "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1", "LC_ALL": "C"}
    other = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True
    )
    assert other.stdout == render_pdf(SHEET)


def test_threads_get_the_bytes_that_one_would():
    sheets = [replace(SHEET, candidate_code=f"T-{n}") for n in range(6)]
    made: dict[str, bytes] = {}

    def make(n: int) -> None:
        made[sheets[n].candidate_code] = render_pdf(sheets[n])

    threads = [Thread(target=make, args=(n,)) for n in range(len(sheets))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == {sheet.candidate_code: render_pdf(sheet) for sheet in sheets}


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_the_data_is_printed_as_text(text: str):
    sheet = replace(
        UNBLINDED,
        candidate_name=text,
        evidence=(EvidenceItem(text, text, text, text, text),),
        judgements=(Judgement(text, 0.5, True, (text,), (text,), (text,)),),
    )
    pdf = render_pdf(sheet)
    assert text_of(pdf).count(squeezed(text)) >= 6
    assert failures(pdf) == []


@pytest.mark.parametrize(
    "name",
    ["x" * 10_000, "長" * 10_000, "ab " * 3_334, "é" * 10_000, "محمد " * 2_000],
    ids=["one word", "ideographs", "words", "accents", "Arabic"],
)
def test_names_of_ten_thousand_characters_are_printed_whole(name: str):
    pdf = render_pdf(replace(UNBLINDED, candidate_name=name))
    text = text_of(pdf)
    for character in set(squeezed(name)):
        assert text.count(character) >= name.count(character)
    assert failures(pdf) == []


@given(ANY_TEXT, ANY_TEXT)
@settings(max_examples=40, deadline=None)
def test_any_text_in_any_place_gives_an_accessible_archival_sheet(one: str, other: str):
    sheet = replace(
        UNBLINDED,
        candidate_code=one,
        candidate_name=other,
        requisition=replace(
            UNBLINDED.requisition,
            title=other,
            organisation=one,
            task=replace(UNBLINDED.requisition.task, title=one, instructions=other),
        ),
        evidence=(EvidenceItem(one, other, one, other, one),),
        judgements=(Judgement(other, 0.5, True, (one,), (other,)),),
        signals=(replace(UNBLINDED.signals[0], label=one),),
        inputs=((other, "0" * 64),),
    )
    assert failures(render_pdf(sheet)) == []


def test_what_a_template_cannot_use_is_an_error_for_people():
    with pytest.raises(SheetError, match="The candidate sheet could not be written"):
        typeset("candidate", {"nothing": "here"}, SHEET.date)
