"""The order of candidates whom the screen cannot tell apart.

A draw by hash depends on the screen's name and the candidate's id alone: not on the order
of the file, not on the engine, and not on which signals the screen uses. Removing a signal
therefore never moves a candidate by drawing the lots anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Lots = npt.NDArray[np.uint64]


def lots(screen_name: str, candidate_ids: Iterable[str]) -> Lots:
    """A lot for each candidate; the lowest goes first.

    The first eight bytes of SHA-256 over the screen's name, a zero byte and the candidate's
    id, both in UTF-8.
    """
    prefix = hashlib.sha256(screen_name.encode() + b"\0")

    def lot(candidate_id: str) -> int:
        draw = prefix.copy()
        draw.update(candidate_id.encode("utf-8", "surrogatepass"))
        return int.from_bytes(draw.digest()[:8], "big")

    return np.fromiter((lot(str(c)) for c in candidate_ids), dtype=np.uint64)
