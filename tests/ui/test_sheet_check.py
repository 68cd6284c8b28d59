from __future__ import annotations

import io

from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.fairness.recheck_tables import recheck_tables
from toolkit.influence.influence import influence
from toolkit.intake.read_file import read_files
from toolkit.sheets.batch import sheets_zip
from toolkit.sheets.documents import typeset_document
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.recheck_sheet import recheck_sheet
from toolkit.sheets.rendering import render_pdf
from toolkit.ui.pages import sheets as page

COHORT = agency()
PDF = render_pdf(candidate_sheet(COHORT, influence(COHORT, gated()), COHORT.candidate_ids[0]))


def unescaped(text: str) -> str:
    return text.replace("\\", "")


def brought(test: AppTest, name: str, content: bytes) -> AppTest:
    return checked(test.file_uploader(key="verify").set_value((name, content, "")).run())


def test_a_sheet_is_checked_without_any_candidates_at_work() -> None:
    test = brought(opened(page.page), "sheet.pdf", PDF)
    assert unescaped(test.success[0].value) == "sheet.pdf is intact."
    assert list(test.dataframe[0].value["Passed"]) == ["yes"] * 4
    assert "It does not say who made the document" in unescaped(words(test))


def test_what_was_changed_is_told() -> None:
    damaged = bytearray(PDF)
    damaged[4000] ^= 1
    test = brought(opened(page.page), "sheet.pdf", bytes(damaged))
    assert "sheet.pdf is not intact." in unescaped(words(test))
    test = brought(opened(page.page), "notes.pdf", b"hello")
    assert "notes.pdf is not a PDF." in unescaped(words(test))


def test_figures_are_computed_again_from_the_data_at_work() -> None:
    test = opened(page.page, at_work(COHORT, gated()))
    test = checked(test.checkbox(key="verify-against").check().run())
    test = brought(test, "sheet.pdf", PDF)
    assert unescaped(test.success[0].value) == "sheet.pdf is intact."
    other = opened(page.page, at_work(agency(11), gated()))
    other = checked(other.checkbox(key="verify-against").check().run())
    other = brought(other, "sheet.pdf", PDF)
    where = list(other.dataframe[-1].value["Where"])
    assert "outcome.candidates" in where


def test_a_zip_is_checked_with_its_manifest() -> None:
    archive = io.BytesIO()
    sheets_zip(COHORT, gated(), archive, candidates=[COHORT.candidate_ids[0]])
    test = brought(opened(page.page), "sheets.zip", archive.getvalue())
    assert unescaped(test.success[0].value).startswith("sheets.zip is whole: 1 document")


def test_a_rechecked_table_is_computed_again_from_its_file() -> None:
    table = b"group,n,rate\nMale,92,54.3%\nFemale,76,44.7%\n"
    reading = read_files([("table.csv", table)])
    sheet = recheck_sheet(recheck_tables(reading.tables), inputs=reading.sources)
    test = opened(page.page)
    given = checked(
        test.file_uploader(key="verify-table").set_value(("table.csv", table, "")).run()
    )
    given = brought(given, "recheck.pdf", typeset_document(sheet).pdf)
    assert unescaped(given.success[0].value) == "recheck.pdf is intact."
    assert list(given.dataframe[0].value["Passed"]) == ["yes"] * 5
