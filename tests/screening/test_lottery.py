"""The lots: drawn by name and id alone."""

from __future__ import annotations

import hashlib

from toolkit.screening.lottery import lots


def test_a_lot_is_the_head_of_a_hash_that_anyone_can_recompute() -> None:
    digest = hashlib.sha256(b"Agency screen\x00c1").digest()
    assert lots("Agency screen", ["c1"])[0] == int.from_bytes(digest[:8], "big")


def test_names_and_ids_matter_and_order_does_not() -> None:
    assert lots("A", ["x", "y"]).tolist() == lots("A", ["y", "x"]).tolist()[::-1]
    assert lots("A", ["x"])[0] != lots("B", ["x"])[0]
    # The zero byte keeps name and id apart.
    assert lots("A", ["Bx"])[0] != lots("AB", ["x"])[0]
