"""The mapping as a small file: take it away, and use it for the next upload."""

from __future__ import annotations

import streamlit as st

from toolkit.errors import MappingError
from toolkit.intake.mapping import ColumnMapping


def mapping_download(mapping: ColumnMapping) -> None:
    """A button that downloads the mapping."""
    st.download_button(
        "Download this mapping",
        data=mapping.to_toml,
        file_name="mapping.toml",
        mime="application/toml",
        key="mapping-download",
        on_click="ignore",
        help="Use it again for the next export, here or with --mapping on the command line.",
    )


def mapping_upload(revision: int) -> ColumnMapping | None:
    """Read an uploaded mapping file.

    Returns
    -------
    ColumnMapping or None
        On the run in which the button was pressed.

    Raises
    ------
    MappingError
        If the file is not a mapping.
    """
    uploaded = st.file_uploader(
        "Use a mapping file (TOML)", type=["toml"], key=f"mapping-upload-{revision}"
    )
    if uploaded is None or not st.button("Use this mapping", key=f"mapping-use-{revision}"):
        return None
    try:
        return ColumnMapping.from_toml(uploaded.getvalue().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise MappingError(
            f"{uploaded.name} is not text in UTF-8, so it is not a mapping. Upload a file that "
            "was downloaded here."
        ) from None
