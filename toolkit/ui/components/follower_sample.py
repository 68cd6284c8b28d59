"""Bring a sample of a candidate's followers, and see how many look fake."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from toolkit.inflation.followers import Followers
from toolkit.ui.components.formula import formula
from toolkit.ui.components.picture import picture
from toolkit.ui.components.table import table_download
from toolkit.ui.components.upload import FORMATS
from toolkit.ui.plain_text import plain

_BINS = np.linspace(0, 1, 21)


def sample_upload(candidate_id: str) -> tuple[str, bytes] | None:
    """A field for one file.

    Parameters
    ----------
    candidate_id : str
        Whose followers they are.

    Returns
    -------
    (str, bytes) or None
        Name and bytes, on the run in which the button was pressed.
    """
    uploaded = st.file_uploader(
        f"A sample of {plain(candidate_id)}'s followers",
        type=FORMATS,
        key=f"followers-{candidate_id}",
        help="One row a sampled follower, with followers and following; posts, has_picture and "
        "has_bio make it surer.",
    )
    if uploaded is None:
        return None
    if not st.button("Classify these followers", key=f"followers-{candidate_id}-read"):
        return None
    return uploaded.name, uploaded.getvalue()


def sample_found(name: str, found: Followers, key: str) -> None:
    """The share in a sentence, how it comes about, and each follower as a file.

    Parameters
    ----------
    name : str
        What the sample is called.
    found : Followers
    key : str
        Unique on the page.
    """
    st.markdown(plain(found.sentence))
    for issue in found.issues:
        st.caption(plain(issue.message))
    error = found.error
    picture(
        _chart(probability_frame(found)),
        f"{plain(name)}: how many sampled followers have which probability of being fake. "
        f"{int(found.counted.sum()):,} of {found.n:,} reached the threshold; the detector finds "
        f"{error.sensitivity:.0%} of fakes and clears {error.specificity:.0%} of genuine "
        "followers, which the corrected share allows for.",
    )
    table_download(
        lambda: pd.DataFrame(
            {"row": found.rows, "fake": found.fake, "counted_fake": found.counted}
        ),
        key=key,
        file_name="followers.csv",
        label="Download every follower as CSV",
    )
    formula(
        "Counting the followers above a threshold calls some genuine ones fake and misses some "
        "fakes. With sensitivity $Se$ and specificity $Sp$ a share $\\theta$ of fakes shows as "
        "$\\pi(\\theta)$; solved for $\\theta$ at the share seen, this is the corrected share. The "
        "interval holds every $\\theta$ that a score test does not reject, and allows for the "
        "uncertainty of sample, sensitivity and specificity, and for the labelled sets' "
        "disagreement about the last two.",
        r"\pi(\theta) = \theta \, Se + (1 - \theta)(1 - Sp), \qquad "
        r"\hat\theta = \frac{x/n + Sp - 1}{Se + Sp - 1}",
        source="Rogan and Gladen (1978), American Journal of Epidemiology 107; Lang and Reiczigel "
        "(2014), Preventive Veterinary Medicine 113.",
        title="How the share is corrected",
    )


def probability_frame(found: Followers) -> pd.DataFrame:
    """Twenty steps of probability and how many followers lie in each."""
    counts, edges = np.histogram(found.fake[~np.isnan(found.fake)], _BINS)
    return pd.DataFrame({"from": edges[:-1], "to": edges[1:], "followers": counts})


def _chart(frame: pd.DataFrame) -> Any:
    return (
        alt.Chart(frame)
        .mark_bar(color="#1b8a84")
        .encode(
            x=alt.X(
                "from:Q",
                title="Probability of being fake",
                bin=alt.Bin(binned=True, step=0.05),
                axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
            ),
            x2="to:Q",
            y=alt.Y("followers:Q", title="Followers"),
            tooltip=[
                alt.Tooltip("from:Q", title="From", format=".0%"),
                alt.Tooltip("to:Q", title="To", format=".0%"),
                alt.Tooltip("followers:Q", title="Followers", format=","),
            ],
        )
        .properties(height=200)
    )
