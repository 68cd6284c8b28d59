"""Describe a score of one's own, or a sum of others, and bring or take such descriptions."""

from __future__ import annotations

import re
import tomllib

import streamlit as st
import tomli_w

from toolkit.errors import CatalogueError
from toolkit.scores.catalogue import Catalogue

_OWN, _MADE = "A score of its own", "Made of other scores"
_COMBINE = {"sum": "Added up", "maximum": "The highest counts"}


def score_form(catalogue: Catalogue) -> str | None:
    """A form for one score.

    Parameters
    ----------
    catalogue : Catalogue
        Whose scores can be parts.

    Returns
    -------
    str or None
        The score as TOML text, on the run in which the button was pressed.

    Raises
    ------
    CatalogueError
        If the name is missing.
    """
    kind = st.radio("What kind of score", [_OWN, _MADE], horizontal=True, key="own-kind")
    label = st.text_input("Name", key="own-label", placeholder="As people call it")
    aliases = st.text_input(
        "Column names in your files",
        key="own-aliases",
        placeholder="With semicolons between them",
        help="The name itself is recognised too. Case, spaces and underscores do not matter.",
    )
    entry: dict[str, object] = {"label": label.strip(), "kind": "custom"}
    names = [name.strip() for name in aliases.split(";") if name.strip()]
    entry |= {"aliases": names} if names else {}
    entry |= _parts(catalogue) if kind == _MADE else _scale()
    if not st.button("Add this score", key="own-add", type="primary"):
        return None
    if not label.strip():
        raise CatalogueError("The score has no name. Write the name that people call it by.")
    return tomli_w.dumps({"scores": {_key_of(label): entry}})


def score_file(own_scores: str) -> str | None:
    """Download the user's own scores, or upload some.

    Parameters
    ----------
    own_scores : str
        The user's own scores at present, as TOML text.

    Returns
    -------
    str or None
        Uploaded TOML text, on the run in which the button was pressed.

    Raises
    ------
    CatalogueError
        If the file is not text.
    """
    if own_scores:
        st.code(own_scores, language="toml")
        st.download_button(
            "Download your scores",
            data=own_scores,
            file_name="own-scores.toml",
            mime="application/toml",
            key="own-download",
            on_click="ignore",
        )
    uploaded = st.file_uploader("Use a file of scores (TOML)", type=["toml"], key="own-upload")
    if uploaded is None or not st.button("Add these scores", key="own-upload-use"):
        return None
    try:
        return uploaded.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CatalogueError(
            f"{uploaded.name} is not text in UTF-8. Save it as UTF-8 and upload it again."
        ) from None


def joined_toml(first: str, second: str) -> str:
    """Two TOML texts of scores as one; where both describe a score, the second counts.

    Raises
    ------
    CatalogueError
        If the second is not TOML.
    """
    try:
        more = tomllib.loads(second)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(
            f"The file is not valid TOML: {error}. Mend the text at that place."
        ) from None
    both = tomllib.loads(first)
    for table, entries in more.items():
        mine = both.setdefault(table, {})
        if isinstance(entries, dict) and isinstance(mine, dict):
            mine |= entries
        else:
            both[table] = entries
    return tomli_w.dumps(both)


def _scale() -> dict[str, object]:
    left, right = st.columns(2)
    low = left.number_input(
        "Lowest value", value=None, format="%.10g", key="own-low", placeholder="No end"
    )
    high = right.number_input(
        "Highest value", value=None, format="%.10g", key="own-high", placeholder="No end"
    )
    lower = st.checkbox("A lower value counts as better", key="own-lower")
    scale: dict[str, object] = {"direction": "lower" if lower else "higher"}
    scale |= {"low": low} if low is not None else {}
    scale |= {"high": high} if high is not None else {}
    return scale


def _parts(catalogue: Catalogue) -> dict[str, object]:
    chosen = st.multiselect(
        "Made of",
        list(catalogue),
        format_func=lambda key: catalogue[key].label,
        key="own-parts",
        placeholder="Choose two scores or more",
    )
    combine = st.radio(
        "Put together by",
        list(_COMBINE),
        format_func=_COMBINE.__getitem__,
        horizontal=True,
        key="own-combine",
    )
    return {"parts": dict.fromkeys(chosen, 1.0), "combine": combine}


def _key_of(label: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")
    return words if words[:1].isalpha() else f"score_{words}".rstrip("_")
