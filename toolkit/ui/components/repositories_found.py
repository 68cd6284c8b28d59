"""Bring counts of what happened in a candidate's repositories, and see whose stars came alone."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.inflation.repositories import RepositoriesFound
from toolkit.inflation.wording import counted, percent
from toolkit.ui.components.table import table
from toolkit.ui.components.upload import FORMATS
from toolkit.ui.plain_text import plain


def events_upload(candidate_id: str) -> tuple[str, bytes] | None:
    """A field for one file.

    Parameters
    ----------
    candidate_id : str
        Whose repositories they are.

    Returns
    -------
    (str, bytes) or None
        Name and bytes, on the run in which the button was pressed.
    """
    uploaded = st.file_uploader(
        f"Events in {plain(candidate_id)}'s repositories",
        type=FORMATS,
        key=f"repositories-{candidate_id}",
        help="One row a repository, with counts of stars, forks, issues, comments, "
        "pull_requests, pushes, branches and releases.",
    )
    if uploaded is None:
        return None
    if not st.button("Judge these repositories", key=f"repositories-{candidate_id}-read"):
        return None
    return uploaded.name, uploaded.getvalue()


def repositories_found(name: str, found: RepositoriesFound, key: str) -> None:
    """How many look bought, in a sentence, and each repository in a table.

    Parameters
    ----------
    name : str
        What the table is called.
    found : RepositoriesFound
    key : str
        Unique on the page.
    """
    st.markdown(plain(repositories_sentence(found)))
    for issue in found.events.issues:
        st.caption(plain(issue.message))
    table(
        repositories_frame(found),
        key=key,
        file_name="repositories.csv",
        says=f"Repositories of {name} with the probability that most of their stars are bought",
        columns={
            "Bought stars": st.column_config.NumberColumn(
                format="percent", help="Probability; empty with fewer than 50 stars"
            )
        },
    )


def repositories_sentence(found: RepositoriesFound) -> str:
    """The result in words."""
    suspected, judged = int(found.suspected.sum()), int(found.events.judged.sum())
    return (
        f"{suspected:,} of {counted(judged, 'repository', 'repositories')} that could be judged "
        f"{'has' if suspected == 1 else 'have'} events that are consistent with bought stars. "
        f"So have {percent(found.false_flag_rate)} of repositories drawn at random. It says "
        "nothing about who bought them, and is no part of the suspicion above."
    )


def repositories_frame(found: RepositoriesFound) -> pd.DataFrame:
    """One row a repository, the most suspected first."""
    frame = pd.DataFrame(
        {
            "Repository": found.events.names,
            "Bought stars": found.bought,
            "Suspected": ["suspected" if one else "not suspected" for one in found.suspected],
            "Why": ["; ".join(one.reasons) for one in found.repositories],
        }
    )
    frame.loc[frame["Bought stars"].isna(), "Suspected"] = "too few stars"
    return frame.sort_values("Bought stars", ascending=False, kind="stable", ignore_index=True)
