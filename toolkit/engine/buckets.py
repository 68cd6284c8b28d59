"""Rows cut into buckets by a key, so that all rows of one key lie in one bucket."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Ints

Hashes = npt.NDArray[np.uint64]

#: Rows of a bucket, about: what one kernel holds at once.
BUCKET_ROWS = 2**20
#: A multiplier that spreads consecutive numbers over all 64 bits (Steele et al. 2014).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def buckets_for(rows: int) -> int:
    """How many buckets so many rows are cut into."""
    return max(1, -(-rows // BUCKET_ROWS))


def bucket_of(keys: pa.Array, buckets: int) -> Ints:
    """The bucket of each key, by a hash of its bytes: the same on every machine."""
    return (hashes(keys) % np.uint64(buckets)).astype(np.int64)


def hashes(keys: pa.Array) -> Hashes:
    """A 64-bit hash of each key; missing keys share one.

    Numbers are hashed as the texts that write them, so that 7 and "7" are one key.

    Parameters
    ----------
    keys : Array
        Texts or whole numbers.

    Returns
    -------
    uint64 array
    """
    if pa.types.is_dictionary(keys.type):
        own = hashes(keys.dictionary)
        if keys.null_count:
            own = np.append(own, hashes(pa.nulls(1, pa.string())))
        at = keys.indices.fill_null(len(keys.dictionary)).to_numpy(zero_copy_only=False)
        coded: Hashes = own[at]
        return coded
    texts = keys if pa.types.is_large_string(keys.type) else pc.cast(keys, pa.large_string())
    return _polynomial(pc.fill_null(texts, ""))


def _polynomial(texts: pa.LargeStringArray) -> Hashes:
    """Σ byte · p^position, spread; one numpy operation a byte position."""
    _, offsets, data = texts.buffers()
    n = len(texts)
    ends = np.frombuffer(offsets, dtype=np.int64, count=n + 1, offset=8 * texts.offset)
    start, length = ends[:-1], np.diff(ends)
    total = length.astype(np.uint64)
    if n == 0 or data is None:
        return total
    letters = np.frombuffer(data, dtype=np.uint8)
    for at in range(int(length.max())):
        longer = length > at
        if longer.all():
            total = total * _SPREAD + letters[start + at]
        else:
            who = np.flatnonzero(longer)
            total[who] = total[who] * _SPREAD + letters[start[who] + at]
    return (total ^ (total >> np.uint64(29))) * _SPREAD
