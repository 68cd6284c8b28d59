from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.ui.opened import checked
from toolkit.ui.components.table import _notes


def page() -> None:
    import pandas as pd
    import streamlit as st

    from toolkit.ui.components.table import table, table_download

    frame = pd.DataFrame({"Candidate": ["A-017"], "Share": [0.25]})
    share = st.column_config.NumberColumn(help="Of the decisions.", format="percent")
    columns = {"Share": share, "Candidate": None}
    table(frame, key="one", file_name="one.csv", says="One candidate.", columns=columns)
    table_download(frame, key="two", file_name="two.csv", label="Take it as CSV", workbook=False)
    table_download(lambda: frame, key="three", file_name="three.csv", label="Take three as CSV")


def test_every_table_can_be_taken_away_as_csv_and_as_a_workbook() -> None:
    test = checked(AppTest.from_function(page).run())
    assert [button.proto.label for button in test.get("download_button")] == [
        "Download as CSV",
        "Download as XLSX",
        "Take it as CSV",
        "Take three as CSV",
        "Take three as XLSX",
    ]


def test_what_a_header_says_becomes_a_note_in_the_workbook() -> None:
    assert _notes({"Share": {"help": "Of the decisions."}, "Rank": {}, "Name": None}) == {
        "Share": "Of the decisions."
    }
