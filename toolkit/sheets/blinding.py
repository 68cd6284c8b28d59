"""Withholding a candidate's name from the texts of a blind sheet."""

from __future__ import annotations

import re

WITHHELD = "[name withheld]"
_SHORTEST_PART = 3


def without_name(text: str, name: str) -> str:
    """A text in which the candidate's name no longer stands.

    The whole name is withheld however it is written; its parts of three letters and more
    only as they are written in the name, so that Mark Young keeps "a young audience".
    Nicknames and hints are not recognised: whoever hands out blind sheets reads them first.

    Examples
    --------
    >>> without_name("Interview with Mark Young, for a young audience", "Mark Young")
    'Interview with [name withheld], for a young audience'
    """
    parts = name.split()
    if not parts:
        return text
    whole = r"\s+".join(re.escape(part) for part in parts)
    long_parts = [re.escape(part) for part in parts if len(part) >= _SHORTEST_PART]
    found = "|".join([f"(?i:{whole})", *sorted(long_parts, key=len, reverse=True)])
    return re.sub(rf"(?<!\w)(?:{found})(?!\w)", WITHHELD, text)
