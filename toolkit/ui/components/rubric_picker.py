"""The rubric that reviewers fill in: the one that comes with the program, or one's own."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from toolkit.errors import InputError
from toolkit.review.rubric import Rubric, portfolio_rubric
from toolkit.ui.plain_text import plain


def rubric_picker(own: str) -> str:
    """Read the rubric's criteria, bring one's own, or go back to the shipped one.

    Parameters
    ----------
    own : str
        One's own rubric as TOML text; empty for the shipped one.

    Returns
    -------
    str
        The same from now on.

    Raises
    ------
    InputError
        If the uploaded file is not a rubric; what it rates must be work, not a person.
    """
    rubric = rubric_of(own)
    with _folded(rubric, "Rubric"):
        _criteria(rubric)
        uploaded = st.file_uploader("Use a rubric file (TOML)", type=["toml"], key="rubric-file")
        if uploaded is not None and st.button("Use this rubric"):
            return _read(uploaded.name, uploaded.getvalue())
        if own and st.button("Back to the rubric of a portfolio review"):
            return ""
    return own


def rubric_shown(rubric: Rubric, whose: str = "Rubric") -> None:
    """The criteria of a rubric that no file replaces.

    Parameters
    ----------
    rubric : Rubric
    whose : str
        What it is called.
    """
    with _folded(rubric, whose):
        _criteria(rubric)


def rubric_of(own: str) -> Rubric:
    """One's own rubric, or the shipped one where there is none."""
    return Rubric.from_toml(own) if own else portfolio_rubric()


def _folded(rubric: Rubric, whose: str) -> DeltaGenerator:
    many = "criterion" if len(rubric.criteria) == 1 else "criteria"
    return st.expander(f"{whose}: {plain(rubric.name)}, {len(rubric.criteria)} {many}")


def _criteria(rubric: Rubric) -> None:
    st.markdown(
        "\n".join(
            f"- **{plain(one.label)}** ({100 * rubric.share(one):.0f} %): {plain(one.definition)}"
            for one in rubric.criteria
        )
    )


def _read(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            f"{name} is not text in UTF-8, so it is not a rubric. Write it in a text editor."
        ) from None
    Rubric.from_toml(text, where=name)
    return text
