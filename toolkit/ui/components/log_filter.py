"""Which events are listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class LogFilter:
    """What events have to be to be listed.

    Parameters
    ----------
    action : str or None
    actor : str or None
        Key of whoever acted.
    subject : str
        What the subject holds.
    """

    action: str | None
    actor: str | None
    subject: str


def log_filter(actions: Sequence[str], actors: Mapping[str, str]) -> LogFilter:
    """Choose by kind, by who acted and by what it happened to.

    Parameters
    ----------
    actions : sequence of str
        Every kind of event that there is.
    actors : mapping of str to str
        What to call whoever acted, by key.
    """
    first, second, third = st.columns(3)
    with first:
        action = st.selectbox(
            "What", ["", *actions], key="log-action", format_func=lambda one: one or "Everything"
        )
    with second:
        actor = st.selectbox(
            "Who",
            ["", *actors],
            key="log-actor",
            format_func=lambda key: actors.get(key, "Everybody"),
        )
    with third:
        subject = st.text_input("About", key="log-subject", placeholder="part of a key")
    return LogFilter(action or None, actor or None, subject.strip())
