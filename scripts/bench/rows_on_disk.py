"""Many candidates as a folder of Parquet files, drawn: the same rows every time.

Files are written as pyarrow writes them when nothing is asked for: Snappy, dictionaries where
they pay, row groups of about a million rows. Signals are of mixed types, as tables have them:
whole numbers of one, two and four bytes, and floating-point numbers with none to two decimals;
some with long tails, two of them about the same skill. Groups lie in two columns of texts.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toolkit.screening.screen import Screen

FILE_ROWS = 5_000_000
SIGNALS = (
    "klout",
    "kred",
    "followers",
    "github_stars",
    "portfolio",
    "task",
    "interview",
    "years_experience",
)
#: Ten cells together.
GROUPS = ("sex", "ethnicity")


def drawn_table(rows: int, seed: int, first: int = 0) -> pa.Table:
    """So many candidates, numbered from `first`."""
    draw = np.random.default_rng(seed)
    skill = draw.normal(size=rows)
    columns = {
        "candidate_id": _codes(first, rows),
        "klout": np.clip(np.round(45 + 15 * draw.normal(size=rows), 2), 1, 100),
        "kred": np.clip(np.round(500 + 120 * draw.normal(size=rows)), 0, 1000).astype(np.int16),
        "followers": np.round(np.exp(6 + 1.6 * draw.normal(size=rows))).astype(np.int32),
        "github_stars": np.round(np.exp(2 + 1.5 * draw.normal(size=rows))).astype(np.int32),
        "portfolio": np.clip(np.round((3 + skill + 0.6 * draw.normal(size=rows)) * 2) / 2, 1, 5),
        "task": np.round(np.clip(50 + 15 * skill + 8 * draw.normal(size=rows), 0, 100), 1),
        "interview": np.clip(np.round((3 + skill + 0.8 * draw.normal(size=rows)) * 4) / 4, 1, 5),
        "years_experience": draw.integers(0, 30, rows, dtype=np.int8),
        "sex": _texts(draw.integers(0, 2, rows), ["female", "male"]),
        "ethnicity": _texts(draw.integers(0, 5, rows), ["A", "B", "C", "D", "E"]),
    }
    return pa.table(columns)


def drawn_screen_of_rows(share: float = 0.2) -> Screen:
    """All eight signals, with unequal weights, and a fifth of the candidates."""
    weights = (0.15, 0.05, 0.05, 0.1, 0.2, 0.25, 0.15, 0.05)
    return Screen(name="Many rows", share=share, weights=dict(zip(SIGNALS, weights, strict=True)))


def write_rows(rows: int, folder: Path, processes: int = 2) -> None:
    """Write so many drawn candidates into a folder that exists."""
    starts = range(0, rows, FILE_ROWS)
    sizes = [min(FILE_ROWS, rows - start) for start in starts]
    paths = [folder / f"part-{at:03d}.parquet" for at in range(len(sizes))]
    if len(paths) == 1:
        _write(paths[0], rows, 0, 0)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        list(pool.map(_write, paths, sizes, range(len(sizes)), starts))


@contextmanager
def rows_on_disk(rows: int) -> Iterator[Path]:
    """A folder with so many drawn candidates, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="cloutproof-bench-") as folder:
        write_rows(rows, Path(folder))
        yield Path(folder)


def _write(path: Path, rows: int, seed: int, first: int) -> None:
    pq.write_table(drawn_table(rows, seed, first), path)


def _codes(first: int, rows: int) -> pa.Array:
    numbers = pa.array(np.arange(first, first + rows)).cast(pa.string())
    return pc.binary_join_element_wise("c", pc.utf8_lpad(numbers, 9, "0"), "")


def _texts(codes: np.ndarray, values: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(codes.astype(np.int8), values)
