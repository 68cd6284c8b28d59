from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from toolkit.engine.buckets import bucket_of, buckets_for, hashes


def test_a_number_and_the_text_that_writes_it_are_one_key() -> None:
    assert hashes(pa.array([7, 12])).tolist() == hashes(pa.array(["7", "12"])).tolist()
    assert hashes(pa.array(["a", "b"]).dictionary_encode()).tolist() == (
        hashes(pa.array(["a", "b"])).tolist()
    )


@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=30))
def test_a_hash_depends_on_the_key_alone(keys: list[str | None]) -> None:
    together = hashes(pa.array(keys, pa.string())).tolist()
    apart = [int(hashes(pa.array([key], pa.string()))[0]) for key in keys]
    assert together == apart
    sliced = hashes(pa.array(["x", *keys], pa.string()).slice(1)).tolist()
    assert sliced == together


def test_buckets_fill_evenly() -> None:
    bucket = bucket_of(pa.array([f"requisition {i}" for i in range(20_000)]), 20)
    counts = np.bincount(bucket, minlength=20)
    # Twenty buckets of a thousand each; five standard deviations.
    assert np.abs(counts - 1000).max() < 5 * np.sqrt(950)


def test_codes_of_many_lengths_seldom_share_a_hash() -> None:
    assert np.unique(hashes(pa.array([str(i) for i in range(200_000)]))).size == 200_000


def test_so_many_buckets_for_so_many_rows() -> None:
    assert [buckets_for(rows) for rows in (0, 1, 2**20, 2**20 + 1)] == [1, 1, 1, 2]
