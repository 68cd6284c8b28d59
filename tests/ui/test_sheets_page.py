from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from types import SimpleNamespace

import pandas as pd
import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.errors import InputError
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.intake.read_file import read_file
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen
from toolkit.sheets.requisition import Requisition
from toolkit.ui.brought import brought_to, reviews_of
from toolkit.ui.components.rubric_picker import _read, rubric_of
from toolkit.ui.components.sheet_settings import SheetSettings
from toolkit.ui.components.stress_settings import StressSettings
from toolkit.ui.document_results import cohort_report_of
from toolkit.ui.pages import explain as explain_page
from toolkit.ui.pages import sheets as page
from toolkit.ui.sheet_results import Wanted, archive_of, make_archive, page_one_of, sheet_of
from toolkit.ui.state import Workspace

SETTINGS = SheetSettings(
    Requisition(title="Opening 7"), blind=True, paper="a4", date=dt.date(2026, 11, 22)
)


def _work(test: AppTest) -> Workspace:
    work: Workspace = test.session_state["workspace"]
    return work


def _text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _archive(test: AppTest) -> tuple[dict[str, object], dict[str, bytes]]:
    _, _, content = _work(test).kept["archive",]  # type: ignore[misc]
    with zipfile.ZipFile(content.file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files.pop("manifest.json")), files


def test_the_sheets_of_those_taken_forward_come_in_a_zip_with_a_manifest() -> None:
    cohort, rule = agency(), gated()
    test = opened(page.page, at_work(cohort, rule))
    checked(test.button(key="sheets-make").click().run())
    manifest, files = _archive(test)
    taken = decide(cohort, rule).selected_ids
    assert [one["candidate_id"] for one in manifest["sheets"]] == taken  # type: ignore[attr-defined]
    assert len(files) == len(taken) == 3
    assert "3 sheets, and `manifest.json`" in words(test)


def test_a_page_shows_page_one_of_the_chosen_candidate() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    (picker,) = [one for one in test.selectbox if one.label == "Candidate"]
    checked(picker.set_value("C-0005").run())
    pages = [key for key in _work(test).kept if key[0] == "page-one"]
    assert len(pages) == 2


def test_the_candidate_looked_at_elsewhere_is_the_first_here() -> None:
    work = at_work(agency(), gated())
    work.candidate = "C-0007"
    test = opened(page.page, work)
    (picker,) = [one for one in test.selectbox if one.label == "Candidate"]
    assert picker.value == "C-0007"
    checked(picker.set_value("C-0002").run())
    assert _work(test).candidate == "C-0002"


def test_blind_is_the_default_and_names_come_on_request() -> None:
    work = at_work(agency(), gated())
    sheet = sheet_of(work, gated(), "C-0003", SETTINGS)
    assert sheet.candidate_name is None
    test = opened(page.page, work)
    assert test.radio(key="sheet-blind").value == "Blind: codes only"
    checked(test.radio(key="sheet-blind").set_value("With names").run())
    checked(test.button(key="sheets-make").click().run())
    manifest, files = _archive(test)
    assert manifest["blind"] is False
    first = next(iter(files.values()))
    assert "Person" in _text_of(first)


def test_what_is_typed_stands_on_the_sheet() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    test.text_input(key="sheet-title").set_value("Harbour opening 12").run()
    test.radio(key="sheet-paper").set_value("us-letter").run()
    test.date_input(key="sheet-until").set_value(dt.date(2030, 12, 31)).run()
    checked(test.button(key="sheets-make").click().run())
    manifest, files = _archive(test)
    assert manifest["paper"] == "us-letter"
    text = _text_of(next(iter(files.values())))
    assert "Harbour opening 12" in text
    assert "Keep until 31 December 2030" in text


def test_a_zip_of_other_settings_is_not_offered() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    checked(test.button(key="sheets-make").click().run())
    assert "manifest.json" in words(test)
    checked(test.radio(key="sheet-blind").set_value("With names").run())
    assert "manifest.json" not in words(test)


def test_one_session_never_sees_the_zip_of_another() -> None:
    mine, yours = at_work(agency(), gated()), at_work(agency(), gated())
    make_archive(mine, gated(), ["C-0001"], SETTINGS)
    assert archive_of(mine, gated(), ["C-0001"], SETTINGS) is not None
    assert archive_of(yours, gated(), ["C-0001"], SETTINGS) is None


def test_forgetting_everything_forgets_the_zip() -> None:
    work = at_work(agency(), gated())
    make_archive(work, gated(), ["C-0001"], SETTINGS)
    work.forget_everything()
    assert not work.kept


def test_a_zip_that_was_stopped_is_not_there_and_the_page_says_so_once() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    test.session_state["workspace"].stopped.add(("archive",))
    checked(test.run())
    assert "No ZIP was made" in words(test)
    assert "manifest.json" not in words(test)
    checked(test.run())
    assert "No ZIP was made" not in words(test)
    checked(test.button(key="sheets-make").click().run())
    assert "manifest.json" in words(test)


def test_the_noise_on_the_sheet_is_the_one_that_was_assumed_on_the_pages() -> None:
    work = at_work(agency(), gated())
    opened(explain_page.page, work)
    assert sheet_of(work, gated(), "C-0001", SETTINGS).course.noise.draws == 1000
    work.assumed = StressSettings({"klout": 0.0}, 200, 1)
    noise = sheet_of(work, gated(), "C-0001", SETTINGS).course.noise
    assert (noise.draws, noise.spreads["klout"].source) == (200, "as given")
    assert noise.selected_share in (0, 1)


def test_a_sheet_without_what_was_stopped() -> None:
    work = at_work(agency(), gated())
    assert sheet_of(work, gated(), "C-0001", SETTINGS).course.steps
    for name in ("attribution", "noise"):
        (key,) = [key for key in work.kept if key[0] == name]
        del work.kept[key]
        work.stopped.add(key)
    course = sheet_of(work, gated(), "C-0001", SETTINGS).course
    assert (course.steps, course.noise) == ((), None)


def test_some_can_be_chosen() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    test.radio(key="sheets-who").set_value("Some that I choose").run()
    assert "Nobody is chosen yet" in words(test)
    checked(test.multiselect(key="sheets-chosen").set_value(["C-0002", "C-0009"]).run())
    assert test.button(key="sheets-make").label == "Make 2 sheets"


def test_without_candidates_or_screen_it_says_what_to_do_next() -> None:
    assert "There are no candidates yet" in words(opened(page.page))
    assert "There is no screen yet" in words(opened(page.page, at_work(agency())))


@pytest.mark.parametrize("size", [3, 3000])
def test_three_candidates_and_three_thousand(size: int) -> None:
    test = opened(page.page, at_work(agency(size), gated()))
    checked(test.radio(key="sheets-who").set_value("Everyone").run())
    assert test.button(key="sheets-make").label == f"Make {size:,} sheets"


def test_a_name_of_any_length_and_script_is_printed() -> None:
    frame = pd.DataFrame(
        {
            "candidate_id": ["a", "b"],
            "name": ["Maximiliane " * 30, "王小明 #[x] *bold* \u202e"],
            "klout": [1.0, 2.0],
        }
    )
    work = at_work(cohort_from_frame(frame), Screen(places=1, weights={"klout": 1.0}))
    named = SheetSettings(SETTINGS.requisition, blind=False, paper="a4", date=SETTINGS.date)
    for one in ("a", "b"):
        sheet = sheet_of(work, work.screen or Screen(), one, named)
        assert page_one_of(work, sheet, named).startswith(b"\x89PNG")


def test_ones_own_rubric_is_used_and_a_wrong_one_explained() -> None:
    own = (
        'name = "Own"\nversion = "2"\n[[criteria]]\nkey = "reach"\nlabel = "Reach of the work"\n'
        'definition = "Whom it reached."\njob_analysis = "Reaches readers."\n'
        '[criteria.anchors]\n1 = "few"\n3 = "some"\n5 = "many"\n'
    )
    work = at_work(agency(), gated())
    work.own_rubric = _read("own.toml", own.encode())
    assert rubric_of(work.own_rubric).name == "Own"
    test = opened(page.page, work)
    assert any("Rubric: Own, 1 criterion" in one.label for one in test.expander)
    with pytest.raises(InputError, match=r"wrong\.toml"):
        _read("wrong.toml", b"name = 1")
    with pytest.raises(InputError, match="UTF-8"):
        _read("latin.toml", b"\xff\xfe\xe9")


def test_nothing_is_drawn_twice() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    before = {key: id(value) for key, value in _work(test).kept.items()}
    checked(test.run())
    assert {key: id(value) for key, value in _work(test).kept.items()} == before


def _kind(test: AppTest, label: str) -> AppTest:
    return checked(test.radio(key="sheets-kind").set_value(label).run())


def test_notices_are_made_for_each_with_whom_to_ask() -> None:
    test = _kind(opened(page.page, at_work(agency(), gated())), "Notice to the candidate")
    test.text_input(key="notice-contact").set_value("people@example.org").run()
    assert test.button(key="sheets-make").label == "Make 3 notices"
    checked(test.button(key="sheets-make").click().run())
    manifest, files = _archive(test)
    assert manifest["kind"] == "notice"
    assert all("people@example.org" in _text_of(pdf) for pdf in files.values())
    assert "3 notices, and `manifest.json`" in words(test)


def test_a_zip_of_sheets_is_not_offered_among_the_notices() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    checked(test.button(key="sheets-make").click().run())
    assert "manifest.json" in words(test)
    assert "manifest.json" not in words(_kind(test, "Notice to the candidate"))


@pytest.mark.parametrize("label", ["Requisition report", "Blank sheet"])
def test_a_document_about_everybody_is_shown_and_offered(label: str) -> None:
    test = _kind(opened(page.page, at_work(agency(), gated())), label)
    assert [key for key in _work(test).kept if key[0] == "page-one"]
    assert "Several candidates" not in words(test)


def test_a_report_on_groups_where_there_are_groups() -> None:
    nobodys = cohort_from_frame(pd.DataFrame({"klout": [1.0, 2.0]}))
    test = opened(page.page, at_work(nobodys, Screen(places=1, weights={"klout": 1.0})))
    assert "Adverse-impact report" not in test.radio(key="sheets-kind").options
    frame = pd.DataFrame(
        {
            "klout": [float(n) for n in range(20)],
            "sex": ["F", "M"] * 10,
            "age_band": ["a", "b", "b", "a"] * 5,
        }
    )
    cohort = cohort_from_frame(frame, groups=["sex", "age_band"])
    work = at_work(cohort, Screen(places=5, weights={"klout": 1.0}))
    test = _kind(opened(page.page, work), "Adverse-impact report")
    assert [key for key in _work(test).kept if key[0] == "audit-report"]
    (chosen,) = [one for one in test.button_group if one.label == "Group columns"]
    checked(chosen.set_value([]).run())
    assert "Choose at least one group column." in words(test)


def test_ratings_that_came_along_fill_the_sheets_and_the_report() -> None:
    ratings = "candidate,criterion,reviewer,rating,note\nC-0001,craft,Ann,4,Piece 1 is complete.\n"
    work = at_work(agency(), gated())
    tables, _ = read_file(ratings.encode(), "ratings.csv")
    work.reading = SimpleNamespace(tables=tables)  # type: ignore[assignment]
    filled = sheet_of(work, gated(), "C-0001", SETTINGS, Wanted(filled=True))
    assert filled.reviews[0].ratings[0].note == "Piece 1 is complete."
    assert filled.reviews[0].reviewer == ""
    assert sheet_of(work, gated(), "C-0001", SETTINGS).reviews == ()
    report = cohort_report_of(work, gated(), SETTINGS)
    assert report.agreement is not None
    work.own_rubric = _read(
        "own.toml",
        b'name = "Own"\nversion = "2"\n[[criteria]]\nkey = "reach"\nlabel = "Reach of the work"\n'
        b'definition = "Whom it reached."\njob_analysis = "Reaches readers."\n'
        b'[criteria.anchors]\n1 = "few"\n3 = "some"\n5 = "many"\n',
    )
    with pytest.raises(InputError, match="'craft' is no criterion of the rubric 'Own'"):
        reviews_of(work, brought_to(work))
