from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from tests.sheets.examples import SHEET
from tests.sheets.statutory_example import city
from tests.sheets.test_from_results import DATE, SCREEN
from toolkit.errors import SheetError
from toolkit.fairness.recheck import Recheck
from toolkit.inflation.inflation import inflation
from toolkit.influence.explain import explain
from toolkit.influence.influence import influence
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.intake.read import read_cohort
from toolkit.screening.screen import Screen
from toolkit.sheets import verify as module
from toolkit.sheets.candidate_page import candidate_page
from toolkit.sheets.content_hash import sha256
from toolkit.sheets.embedding import record_in, with_record
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.recheck_sheet import render_recheck
from toolkit.sheets.record import Record, record_of
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.statutory_sheet import render_statutory
from toolkit.sheets.typesetting import typeset
from toolkit.sheets.verification import Verification
from toolkit.sheets.verify import verify

AGENCY = Path(__file__).parents[2] / "sample_data" / "agency-2011"


def four(klout_of_bo: float = 40.0, a: str = "1" * 64) -> Cohort:
    """Two places by the task, for those with a Klout of 50: Ann and Cy."""
    frame = pd.DataFrame(
        {
            "candidate_id": ["ann", "bo", "cy", "di"],
            "klout": [60.0, klout_of_bo, 55.0, 52.0],
            "task": [90.0, 80.0, 70.0, 60.0],
        }
    )
    made = cohort_from_frame(frame, roles={"klout": "score", "task": "evidence"})
    return replace(made, sources={"a.csv": a})


EVERYONE = four()
OWN = candidate_sheet(EVERYONE, influence(EVERYONE, SCREEN), "cy", date=DATE)
PDF = render_pdf(OWN)


def passed(found: Verification) -> dict[str, bool | None]:
    return {check.name: check.passed for check in found.checks}


def forged(**changed: Any) -> bytes:
    """The pages of a sheet that says something else, under the record of the true one.

    Every hash is made to fit: only making the document again tells.
    """
    pages = typeset("candidate", candidate_page(replace(OWN, **changed)), DATE).pdf
    record = Record.from_bytes(record_in(PDF).record)
    fitted = replace(record, pages_sha256=sha256(pages), pages_bytes=len(pages))
    return with_record(pages, fitted.to_bytes(), DATE)


def test_a_sheet_is_intact_until_one_byte_of_it_is_changed() -> None:
    found = verify(PDF, name="sheet.pdf")
    assert found.intact
    assert found.sentence == "sheet.pdf is intact."
    assert passed(found) == {"record": True, "file": True, "pages": True, "screen": True}
    assert found.content_sha256 == OWN.digest
    damaged = PDF.replace(b"Review sheet cy", b"Review sheet di", 1)
    assert not verify(damaged).intact


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    # As many in the record and what holds it as in the pages.
    first = data.draw(st.sampled_from([0, len(PDF) - 12_000]))
    at = data.draw(st.integers(first, len(PDF) - 1))
    bit = data.draw(st.integers(0, 7))
    damaged = bytearray(PDF)
    damaged[at] ^= 1 << bit
    try:
        found = verify(bytes(damaged))
    except SheetError as error:
        said = str(error)
    else:
        assert not found.intact
        said = found.sentence
    assert said.startswith(("The document is not intact. ", "The document is not a PDF"))


def test_a_number_changed_on_the_page_is_named() -> None:
    found = verify(forged(outcome=replace(OWN.outcome, rank=1, composite=9.5)))
    assert passed(found) == {"record": True, "file": True, "pages": False, "screen": True}
    assert found.sentence.endswith("Made again from the record, the pages read otherwise.")
    told = [(one.where, one.document, one.expected) for one in found.differences]
    rank = next(one for one in told if "Rank 1 of 4" in one[1])
    assert "Rank 2 of 4" in rank[2]
    assert rank[0].startswith("page ")


def test_a_hidden_change_is_noticed_where_the_text_reads_the_same() -> None:
    changed = forged(requisition=replace(OWN.requisition, title=""))
    assert verify(changed).intact
    pages = typeset(
        "candidate", {**candidate_page(OWN), "document_title": "Another title"}, DATE
    ).pdf
    record = Record.from_bytes(record_in(PDF).record)
    fitted = replace(record, pages_sha256=sha256(pages), pages_bytes=len(pages))
    found = verify(with_record(pages, fitted.to_bytes(), DATE))
    assert "a drawing, the metadata or something hidden was changed" in found.sentence
    assert found.differences == ()


def test_a_record_with_another_number_is_noticed() -> None:
    record = Record.from_bytes(record_in(PDF).record)
    record.content["outcome"]["rank"] = 1
    pages = PDF[: record.pages_bytes]
    found = verify(with_record(pages, record.to_bytes(), DATE))
    assert "The content in the record was changed" in found.sentence
    fitted = record_of(
        "candidate", replace(OWN, outcome=replace(OWN.outcome, rank=1)), DATE, record.look, pages
    )
    assert passed(verify(with_record(pages, fitted.to_bytes(), DATE)))["pages"] is False


def test_a_signature_appended_afterwards_is_told_apart() -> None:
    found = verify(PDF + b"% signed\n")
    assert not found.intact
    assert "9 bytes were added after the document was made" in found.sentence
    assert passed(found)["pages"] is True


def test_a_file_saved_anew_by_another_program_still_says_what_it_said() -> None:
    saved = io.BytesIO()
    PdfWriter(clone_from=io.BytesIO(PDF)).write(saved)
    found = verify(saved.getvalue())
    assert not found.intact
    assert passed(found)["record"] is True
    assert found.differences == ()


def test_without_its_record_nothing_can_be_said() -> None:
    bare = io.BytesIO()
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(PDF)))
    writer.write(bare)
    found = verify(bare.getvalue())
    assert passed(found) == {"record": False}
    assert json.loads(json.dumps(found.to_dict()))["intact"] is False


def test_another_version_is_said_and_text_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.sheets.record.__version__", "9.9.9")
    monkeypatch.setattr(module, "__version__", "9.9.9")
    found = verify(PDF)
    assert found.intact
    pages = next(check for check in found.checks if check.name == "pages")
    assert "and this is 9.9.9" in pages.says
    assert pages.says.endswith("The text of every page is the same.")
    changed = verify(forged(outcome=replace(OWN.outcome, rank=1)))
    assert "check it with the version that made it" in changed.sentence


def test_the_figures_follow_from_the_data() -> None:
    found = verify(PDF, against=EVERYONE)
    assert found.intact
    assert passed(found)["data"] is True


def test_other_data_are_named_with_every_figure_that_differs() -> None:
    found = verify(PDF, against=four(klout_of_bo=51.0, a="9" * 64))
    assert passed(found) == {
        "record": True,
        "file": True,
        "pages": True,
        "screen": True,
        "inputs": False,
        "data": False,
    }
    told = {one.where: (one.document, one.expected) for one in found.differences}
    assert told["input a.csv"] == ("1" * 64, "9" * 64)
    # With a Klout of 51, Bo passes the gate and takes Cy's place.
    assert told["outcome.rank"] == ("2", "3")
    assert told["outcome.selected"] == ("true", "false")


def test_a_candidate_whom_the_data_do_not_hold() -> None:
    sheet = replace(OWN, candidate_code="eve")
    found = verify(render_pdf(sheet), against=EVERYONE)
    assert "There is no candidate 'eve'" in found.sentence


def test_another_screen_is_named() -> None:
    found = verify(PDF, screen=Screen(name="Other", places=2, weights={"task": 1.0}))
    assert "The screen that was given, 'Other'" in found.sentence
    forged_screen = replace(OWN, outcome=replace(OWN.outcome, screen_digest="5c" * 32))
    assert "has not the hash that is printed" in verify(render_pdf(forged_screen)).sentence
    no_toml = replace(OWN, outcome=replace(OWN.outcome, screen_toml="places ="))
    assert "not valid TOML" in verify(render_pdf(no_toml)).sentence


def test_what_people_brought_to_a_sheet_is_no_difference() -> None:
    everyone = read_cohort(AGENCY)
    screen = Screen.read(AGENCY / "screen.toml")
    judged = inflation(everyone, false_flag_rate=0.1)
    code = judged.flagged_ids[0]
    answered = judged.with_dismissals(
        {code: judged.dismiss(code, "The account of the whole newsroom.", DATE)}
    )
    sheet = candidate_sheet(
        everyone,
        influence(everyone, screen),
        code,
        inflation=answered,
        explanation=explain(everyone, screen, code, noise={"klout": 3.0}),
        date=DATE,
    )
    assert any("newsroom" in said for one in sheet.judgements for said in one.against)
    found = verify(render_pdf(sheet), against=everyone)
    assert found.differences == ()
    assert found.intact


@pytest.mark.parametrize(
    "pdf",
    [render_statutory(city(), DATE), render_recheck(Recheck((), (), (), 0, 0), "x", DATE)],
    ids=["statutory", "recheck"],
)
def test_every_kind_of_document_is_verified(pdf: bytes) -> None:
    found = verify(pdf, against=EVERYONE)
    assert passed(found)["pages"] is True
    assert passed(found)["data"] is None
    assert not verify(pdf.replace(b"/Title", b"/Tilte", 1)).intact


def test_what_is_no_pdf_or_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"notes\.txt is not a PDF"):
        verify(b"hello", name="notes.txt")
    with pytest.raises(SheetError, match="cannot be read: No such file"):
        verify(tmp_path / "gone.pdf")


def test_a_sheet_by_hand_without_its_screen_says_nothing_of_it() -> None:
    found = verify(render_pdf(SHEET))
    assert found.intact
    assert "screen" not in passed(found)
