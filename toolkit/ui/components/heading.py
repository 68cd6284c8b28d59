"""The top of a page: its title and the one sentence that matters."""

from __future__ import annotations

import streamlit as st


def heading(title: str, lead: str = "") -> None:
    """Title and lead of a page.

    Parameters
    ----------
    title : str
        The page's name, as in the navigation.
    lead : str
        What the page says, in a sentence or two of Markdown. Uploaded text in it goes
        through `toolkit.ui.plain_text.plain` first.
    """
    st.title(title, anchor=False)
    if lead:
        lead_sentence(lead)


def lead_sentence(text: str) -> None:
    """The one sentence that matters, where it is known only after the title was drawn."""
    with st.container(key="lead"):
        st.markdown(text)


def section(title: str, explanation: str = "") -> None:
    """Title of a part of a page, with a sentence of explanation below it."""
    st.header(title, anchor=False)
    if explanation:
        st.markdown(explanation)
