"""A table that can be read, sorted and taken away as CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

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
    """Show a table and a button that downloads it.

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
    csv_download(frame if download is None else download, key=key, file_name=file_name)


def csv_download(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    *,
    key: str,
    file_name: str,
    label: str = "Download as CSV",
) -> None:
    """A button that downloads a frame, for figures that are not shown as a table.

    Parameters
    ----------
    frame : DataFrame, or callable that makes it on the click
        What is downloaded, unrounded.
    key : str
        Unique on the page.
    file_name : str
        Ending in ``.csv``.
    label : str
        Words on the button.
    """
    # Built on the click: addresses of files that lie ready need no login.
    st.download_button(
        label,
        data=lambda: csv_bytes(frame() if callable(frame) else frame),
        file_name=file_name,
        mime="text/csv",
        key=f"{key}-download",
        on_click="ignore",
    )
