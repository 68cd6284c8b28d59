"""How many candidates are selected: a number, a share, or everyone who passes the gates."""

from __future__ import annotations

import streamlit as st

_NUMBER, _SHARE, _EVERYONE = "A number of places", "A share of the candidates", "Everyone eligible"


def places_control(
    places: int | None, share: float | None, candidates: int, revision: int
) -> tuple[int | None, float | None]:
    """Choose places or share.

    Parameters
    ----------
    places : int or None
        Places at present.
    share : float or None
        Share at present, between 0 and 1.
    candidates : int
        How many candidates there are.
    revision : int
        See `toolkit.ui`.

    Returns
    -------
    (int or None, float or None)
        Places and share, at most one of them given.
    """
    present = _NUMBER if places is not None else _SHARE if share is not None else _EVERYONE
    kinds = [_NUMBER, _SHARE, _EVERYONE]
    kind = st.radio(
        "Who is selected",
        kinds,
        index=kinds.index(present),
        horizontal=True,
        key=f"places-kind-{revision}",
        help="Everyone eligible means everyone who passes the gates below.",
    )
    if kind == _NUMBER:
        chosen = st.number_input(
            "Places",
            min_value=0,
            value=_sensible(places, candidates),
            step=1,
            key=f"places-{revision}",
        )
        return int(chosen), None
    if kind == _SHARE:
        percent = st.number_input(
            "Share of the candidates, in percent",
            min_value=0.01,
            max_value=100.0,
            value=round(100 * (share or 0.2), 6),
            step=1.0,
            format="%.4g",
            key=f"share-{revision}",
        )
        return None, round(percent / 100, 8)
    return None, None


def _sensible(places: int | None, candidates: int) -> int:
    return max(1, min(10, candidates // 5)) if places is None else places
