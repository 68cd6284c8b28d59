"""How a figure is worked out, one click away."""

from __future__ import annotations

import streamlit as st


def formula(
    words: str, *latex: str, source: str = "", title: str = "How this is worked out"
) -> None:
    """A folded explanation with its formulas and its source.

    Parameters
    ----------
    words : str
        The explanation in plain words, as Markdown.
    latex : str
        Formulas, each on a line of its own.
    source : str
        Who published it.
    title : str
        Words on the fold.
    """
    with st.expander(title):
        st.markdown(words)
        for line in latex:
            st.latex(line)
        if source:
            st.caption(f"Source: {source}")
