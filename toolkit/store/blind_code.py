"""The code by which reviewers and the panel know a candidate."""

from __future__ import annotations

from toolkit.store.candidates import Candidate

#: Letters of a name that may stand in a code by chance.
_SHORTEST_PART = 3


def blind_code(candidate: Candidate) -> str:
    """The candidate's code, or another where that one says who it is.

    Examples
    --------
    >>> blind_code(Candidate("4f0c11aa", "r", "C-017", "Ann Arbor"))
    'C-017'
    >>> blind_code(Candidate("4f0c11aa", "r", "ann.arbor", "Ann Arbor"))
    'Candidate 4F0C11'
    """
    folded = candidate.code.casefold()
    parts = (candidate.name or "").casefold().split()
    told = any(part in folded for part in parts if len(part) >= _SHORTEST_PART)
    if told or "@" in folded or "://" in folded:
        return f"Candidate {candidate.key[:6].upper()}"
    return candidate.code
