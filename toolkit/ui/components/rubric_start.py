"""Where a rubric begins: one that comes with the program, or a file of one's own."""

from __future__ import annotations

import streamlit as st

from toolkit.errors import InputError
from toolkit.review.rubric import TEMPLATES, Rubric, rubric_template
from toolkit.sheets.rubric_language import rubric_in
from toolkit.sheets.texts import LANGUAGE_NAMES
from toolkit.ui.plain_text import plain


def rubric_start(key: str) -> Rubric | None:
    """Choose a rubric to begin with.

    Returns
    -------
    Rubric or None
        On the run in which it was asked for.

    Raises
    ------
    InputError
        If the uploaded file is not a rubric, or one that rates persons.
    """
    left, right = st.columns([1, 2], gap="large")
    with left:
        language = st.selectbox(
            "Language",
            list(LANGUAGE_NAMES),
            format_func=LANGUAGE_NAMES.__getitem__,
            key=f"rubric-language-{key}",
        )
        name = st.radio(
            "Begin with",
            TEMPLATES,
            format_func=lambda one: rubric_in(rubric_template(one), language).name,
            key=f"rubric-template-{key}",
        )
    chosen = rubric_in(rubric_template(name), language)
    with right:
        st.markdown(plain(chosen.about))
        st.markdown(criteria_listed(chosen))
        if st.button("Begin with this rubric", key=f"rubric-begin-{key}", type="primary"):
            return chosen
    with st.expander("Or bring a rubric file"):
        return uploaded_rubric(key)


def uploaded_rubric(key: str) -> Rubric | None:
    """Read an uploaded rubric file, on the run in which its button was pressed.

    Raises
    ------
    InputError
        If the file is not a rubric, or one that rates persons.
    """
    uploaded = st.file_uploader("Rubric file (TOML)", type=["toml"], key=f"rubric-upload-{key}")
    if uploaded is None or not st.button("Use this file", key=f"rubric-upload-use-{key}"):
        return None
    return Rubric.from_toml(toml_text(uploaded.name, uploaded.getvalue()), where=uploaded.name)


def toml_text(name: str, content: bytes) -> str:
    """The text of an uploaded TOML file.

    Raises
    ------
    InputError
        If it is not text.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            f"{name} is not text in UTF-8. Upload a file that was downloaded here, or write one "
            "in a text editor."
        ) from None


def criteria_listed(rubric: Rubric) -> str:
    """The criteria with their shares of the weight, as Markdown."""
    return "\n".join(
        f"- **{plain(one.label)}** ({100 * rubric.share(one):.0f} %): {plain(one.definition)}"
        for one in rubric.criteria
    )
