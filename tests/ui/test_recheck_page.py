from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import checked, opened, words
from toolkit.sheets.embedding import record_in
from toolkit.sheets.record import Record
from toolkit.ui.pages import recheck as page

HOLDS = "group,n,rate,impact_ratio\nMale,92,54.3%,1.00\nFemale,76,44.7%,0.82\n"


def pasted(text: str) -> AppTest:
    test = opened(page.page)
    return checked(test.text_area[0].set_value(text).run())


def test_it_says_what_it_is_for_before_anything_is_pasted() -> None:
    test = opened(page.page)
    assert "Every figure is recomputed" in words(test)
    assert not test.table


def test_a_table_that_holds() -> None:
    test = pasted(HOLDS)
    assert "All 4 figures that can be recomputed follow from the others." in words(test)
    (rows,) = (table.value for table in test.table)
    assert rows["Ratio"].tolist() == ["1.0000", "0.8232"]
    assert rows["Agrees"].tolist() == ["yes", "yes"]


def test_what_does_not_agree_is_shown_with_its_likely_cause() -> None:
    test = pasted(HOLDS.replace("0.82", "1.21").replace(",", "\t"))
    assert "1 of 4 figures does not follow" in words(test)
    wrong = test.table[0].value
    assert wrong.loc[0, "Recomputed"] == "0\\.82"
    assert wrong.loc[0, "Likely cause"] == "upside down"
    assert test.table[1].value.loc[1, "Agrees"] == "no: impact ratio"


def test_columns_that_were_not_recognised_can_be_chosen() -> None:
    test = pasted("Wer;Quote\nA;50,0 %\nB;30,0 %\n")
    assert "No column names the groups" in words(test).replace("\\", "")
    for label, column in (("Groups", "Wer"), ("Rate", "Quote")):
        box = next(one for one in test.selectbox if one.label == label)
        checked(box.set_value(column).run())
    assert "Nothing can be recomputed" in words(test)


@pytest.mark.parametrize("text", ["", "   ", "group", "\x00", "group,rate\nA,many\n", "a,b\n1,2\n"])
def test_whatever_is_pasted_there_is_no_fault(text: str) -> None:
    pasted(text)


def test_names_are_shown_as_text() -> None:
    test = pasted("group,n,selected,rate\n![x](http://e.org),10,5,60%\n")
    assert "![x]" not in test.table[0].value.loc[0, "Group"]


def test_the_document_has_the_language_and_colours_of_the_other_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(
        page, "download", lambda _, name, make, key: made.__setitem__(name, make) or key
    )
    test = pasted(HOLDS)
    test.selectbox(key="sheet-language").select("fr")
    test.radio(key="sheet-paper").set_value("us-letter")
    test.text_input(key="sheet-organisation").input("Acorn")
    checked(test.run())
    record = Record.from_bytes(record_in(made["recheck.pdf"]()).record)
    assert (record.look.language, record.look.paper) == ("fr", "us-letter")
    assert record.look.branding.organisation == "Acorn"
