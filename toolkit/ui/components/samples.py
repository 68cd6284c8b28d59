"""The sample requisitions, each one click away."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Sample:
    """A requisition that comes with the product.

    Parameters
    ----------
    folder : str
        Its folder in ``sample_data``.
    title : str
        What it is called on the pages.
    story : str
        What there is to see, in two sentences.
    """

    folder: str
    title: str
    story: str


SAMPLES = (
    Sample(
        "agency-2011",
        "Agency, 2011",
        "Sixty people apply for a social-media post; a Klout of 50 is the door, and twelve are "
        "invited. See who is invited because of it, and whose audience looks bought.",
    ),
    Sample(
        "engineer-2026",
        "Engineers, 2026",
        "Four hundred people apply for forty software posts; GitHub stars, LinkedIn's index and "
        "Stack Overflow weigh 60 percent. See which groups that selects less.",
    ),
)


def sample_cards() -> Sample | None:
    """A card for each sample.

    Returns
    -------
    Sample or None
        The sample whose button was pressed on this run.
    """
    chosen = None
    for column, sample in zip(st.columns(len(SAMPLES)), SAMPLES, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.subheader(sample.title, anchor=False)
            st.markdown(sample.story)
            if st.button(f"Open {sample.title}", key=f"sample-{sample.folder}"):
                chosen = sample
    return chosen
