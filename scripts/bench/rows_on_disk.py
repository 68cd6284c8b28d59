"""Many candidates as a folder of Parquet files, drawn: the same rows every time.

Files are written as pyarrow writes them when nothing is asked for: Snappy, dictionaries where
they pay, row groups of about a million rows. Signals are of mixed types, as tables have them:
whole numbers of one, two and four bytes, and floating-point numbers with none to two decimals;
some with long tails, two of them about the same skill. Groups lie in two columns of texts. The
same rows can be had with more decimals, as models and averages leave them: see `KINDS`.
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
#: The decimals of the signals: as drawn; four each; or all that a number of eight bytes holds.
KINDS = ("mixed", "four decimals", "unrounded")
#: Ends of scales.
_HIGHEST = {"klout": 100.0, "kred": 1000.0, "portfolio": 5.0, "task": 100.0, "interview": 5.0}


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


def with_decimals(table: pa.Table, kind: str, seed: int) -> pa.Table:
    """Drawn candidates with a little more of each signal, and as many decimals as the kind has."""
    if kind == "mixed":
        return table
    draw = np.random.default_rng((seed, 1))
    for at, name in enumerate(table.column_names):
        if name not in SIGNALS:
            continue
        more = table.column(name).to_numpy() + 0.5 * draw.random(table.num_rows)
        values = np.minimum(more, _HIGHEST.get(name, np.inf))
        values = np.round(values, 4) if kind == "four decimals" else values
        table = table.set_column(at, name, pa.array(values))
    return table


def drawn_screen_of_rows(share: float = 0.2) -> Screen:
    """All eight signals, with unequal weights, and a fifth of the candidates."""
    weights = (0.15, 0.05, 0.05, 0.1, 0.2, 0.25, 0.15, 0.05)
    return Screen(name="Many rows", share=share, weights=dict(zip(SIGNALS, weights, strict=True)))


def write_rows(rows: int, folder: Path, processes: int = 2, kind: str = "mixed") -> None:
    """Write so many drawn candidates of a kind into a folder that exists."""
    starts = range(0, rows, FILE_ROWS)
    sizes = [min(FILE_ROWS, rows - start) for start in starts]
    paths = [folder / f"part-{at:03d}.parquet" for at in range(len(sizes))]
    if len(paths) == 1:
        _write(paths[0], rows, 0, 0, kind)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        list(pool.map(_write, paths, sizes, range(len(sizes)), starts, [kind] * len(sizes)))


@contextmanager
def rows_on_disk(rows: int, kind: str = "mixed") -> Iterator[Path]:
    """A folder with so many drawn candidates, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="cloutproof-bench-") as folder:
        write_rows(rows, Path(folder), kind=kind)
        yield Path(folder)


def _write(path: Path, rows: int, seed: int, first: int, kind: str) -> None:
    pq.write_table(with_decimals(drawn_table(rows, seed, first), kind, seed), path)


def _codes(first: int, rows: int) -> pa.Array:
    numbers = pa.array(np.arange(first, first + rows)).cast(pa.string())
    return pc.binary_join_element_wise("c", pc.utf8_lpad(numbers, 9, "0"), "")


def _texts(codes: np.ndarray, values: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(codes.astype(np.int8), values)
