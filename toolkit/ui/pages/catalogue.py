"""Catalogue and methods: every score on record, and how each figure is made."""

from __future__ import annotations

import streamlit as st

from toolkit.ui import places
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.methods_reader import methods_reader
from toolkit.ui.components.score_details import score_details
from toolkit.ui.components.score_form import joined_toml, score_file, score_form
from toolkit.ui.components.score_list import score_list, score_picker, score_search
from toolkit.ui.faults import shown_in_place
from toolkit.ui.opening import take_own_scores
from toolkit.ui.state import Workspace, workspace


def page() -> None:
    """Draw the page."""
    heading(
        places.CATALOGUE.title,
        "What people have been hired on: each score's scale, what moves it, how it was gamed, "
        "and where that is written.",
    )
    work = workspace()
    scores, own, methods = st.tabs(["Scores", "Add your own score", "Methods"])
    with scores:
        _scores(work)
    with own:
        _own(work)
    with methods:
        methods_reader()


def _scores(work: Workspace) -> None:
    found = score_search(work.catalogue)
    if not found:
        st.markdown("No score matches. Try a shorter word, or add a score of your own.")
        return
    st.caption(f"{len(found)} of {len(work.catalogue)} scores")
    score_list(found)
    score_details(score_picker(found), work.catalogue)


def _own(work: Workspace) -> None:
    section(
        "Add your own score",
        "It is recognised in your files from then on, checked against its scale, and analysed "
        "like the others. A sum of scores is worked out from its parts.",
    )
    with shown_in_place():
        _add(work, score_form(work.catalogue))
    section("Your scores as a file")
    with shown_in_place():
        _add(work, score_file(work.own_scores))


def _add(work: Workspace, text: str | None) -> None:
    if text is None:
        return
    take_own_scores(work, joined_toml(work.own_scores, text))
    st.toast("Added to the catalogue.")
    st.rerun()
