"""The sentence about a flag that a reviewer dismissed."""

from __future__ import annotations

import datetime as dt

from toolkit.sentence import Sentence, day, say


def dismissed(reason: str, date: dt.date, reviewer: str) -> Sentence:
    """A reviewer's answer to a flag.

    Examples
    --------
    >>> dismissed("The account of the whole newsroom.", dt.date(2026, 11, 22), "")
    'Dismissed by a reviewer on 2026-11-22: “The account of the whole newsroom.”'
    """
    if not reviewer:
        return say(
            "Dismissed by a reviewer on {date}: “{reason}”", date=day(date), reason=reason.strip()
        )
    return say(
        "Dismissed by {reviewer} on {date}: “{reason}”",
        reviewer=reviewer,
        date=day(date),
        reason=reason.strip(),
    )
