"""A table that can be read, sorted and taken away as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from toolkit.sheets.frame_workbook import frame_workbook
from toolkit.ui.components.download import download as file_download
from toolkit.ui.csv_text import csv_bytes

#: Rows beyond which a table scrolls inside itself.
ROWS_IN_VIEW = 14
_ROW_HEIGHT = 35
#: However long a name is, the figures beside it stay in view.
_NAMES = {"Name": st.column_config.TextColumn(width="medium")}


def table(
    frame: pd.DataFrame,
    *,
    key: str,
    file_name: str,
    says: str,
    columns: Mapping[str, Any] | None = None,
    download: pd.DataFrame | None = None,
) -> None:
    """Show a table and buttons that download it.

    Parameters
    ----------
    frame : DataFrame
        What is shown, with columns named for people.
    key : str
        Name of the widget, unique on the page.
    file_name : str
        Name of the downloaded file, ending in ``.csv``.
    says : str
        What the table holds, for those who cannot see it.
    columns : mapping of str to column configuration, optional
        Formats by column name, as `streamlit.column_config` makes them.
    download : DataFrame, optional
        What is downloaded when it is not what is shown, for instance unrounded values.
    """
    rows = min(len(frame), ROWS_IN_VIEW)
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=(rows + 1) * _ROW_HEIGHT + 3,
        column_config={**_NAMES, **(columns or {})},
        placeholder="–",
        alt=says,
    )
    table_download(
        frame if download is None else download,
        key=key,
        file_name=file_name,
        says=says,
        notes=_notes(columns or {}),
    )


def table_download(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    *,
    key: str,
    file_name: str,
    label: str = "Download as CSV",
    says: str = "",
    notes: Mapping[str, str] | None = None,
    workbook: bool = True,
) -> None:
    """Buttons that download a frame, for figures that are not shown as a table, too.

    Parameters
    ----------
    frame : DataFrame, or callable that makes it on the click
        What is downloaded, unrounded.
    key : str
        Unique on the page.
    file_name : str
        Ending in ``.csv``.
    label : str
        Words on the button for the CSV; *CSV* in them gives way to *XLSX* on the other.
    says : str
        What the table holds, for the workbook's sheet *How to read this*.
    notes : mapping of str to str, optional
        What a column means, for the same place and as a note on its header.
    workbook : bool
        False where the page offers a workbook of its own.
    """
    name = file_name.removesuffix(".csv")

    def made() -> pd.DataFrame:
        return frame() if callable(frame) else frame

    # Built on the click: addresses of files that lie ready need no login.
    with st.container(horizontal=True):
        st.download_button(
            label,
            data=lambda: csv_bytes(made()),
            file_name=file_name,
            mime="text/csv",
            key=f"{key}-download",
            on_click="ignore",
        )
        if workbook:
            file_download(
                label.replace("CSV", "XLSX"),
                f"{name}.xlsx",
                lambda: frame_workbook(made(), name, says=says, notes=notes or {}),
                key=f"{key}-xlsx",
            )


def _notes(columns: Mapping[str, Any]) -> dict[str, str]:
    """What the columns' headers say when they are pointed at."""
    helps = {name: (config or {}).get("help") for name, config in columns.items()}
    return {name: str(text) for name, text in helps.items() if text}
