"""The sheets that were handed out, by the hashes under which they are known again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from toolkit.store.issued_sheets import IssuedSheet
from toolkit.ui.components.table import table


def issued_sheets_table(
    found: Sequence[IssuedSheet], codes: Mapping[str, str], names: Mapping[str, str]
) -> None:
    """A row a sheet, the newest first.

    Parameters
    ----------
    codes : mapping of str to str
        Candidate's key → code; empty for those who do not see candidates.
    names : mapping of str to str
        Person's key → name; empty for those who do not see people.
    """
    if not found:
        st.markdown("No sheet was handed out yet.")
        return
    columns: dict[str, list[str | None]] = {
        "On": [one.made_at[:10] for one in found],
        "Kind": [one.kind for one in found],
    }
    if codes:
        columns["Candidate"] = [codes.get(one.candidate or "") for one in found]
    if names:
        columns["By"] = [names.get(one.person) for one in found]
    columns["SHA-256 of the file"] = [one.sha256 for one in found]
    table(
        pd.DataFrame(columns),
        key="issued-sheets",
        file_name="issued-sheets.csv",
        says="Every sheet that was handed out, with the hash of its file",
    )
