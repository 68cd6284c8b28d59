"""The order in which one reviewer meets the candidates: random, their own, and always the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def order_key(seed: str, reviewer: str, candidate: str) -> bytes:
    """Where a candidate stands in a reviewer's order, as a key to sort by.

    SHA-256 of the three names, so that nobody need keep the order, that candidates who come
    later leave the order of the others as it is, and that each reviewer has another one.
    """
    # Lengths keep ("ab", "c") and ("a", "bc") apart.
    parts = (f"{len(part)}:{part}" for part in (seed, reviewer, candidate))
    return hashlib.sha256("".join(parts).encode()).digest()


def own_order(seed: str, reviewer: str, candidates: Iterable[str]) -> list[str]:
    """The candidates in this reviewer's order.

    Examples
    --------
    >>> own_order("spring", "Ann", ["C1", "C2", "C3"]) == own_order(
    ...     "spring", "Ann", ["C3", "C1", "C2"]
    ... )
    True
    """
    return sorted(candidates, key=lambda candidate: order_key(seed, reviewer, candidate))
