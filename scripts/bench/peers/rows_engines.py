"""Decide over rows on disk, or scan them, in a process of its own.

``python -m scripts.bench.peers.rows_engines WHAT FOLDER`` with WHAT one of

- ``arrow``, ``spark``: our decisions counted by group, with that engine, two threads;
- ``scan``: DuckDB adds up a composite of the same columns with coefficients that it is handed,
  and looks at nothing else;
- ``query``: DuckDB does what we do, as far as SQL says it: means and standard deviations, the
  composite, its quantile, counts by group.

Prints JSON: seconds by the clock and of the processor, the peak of memory, and the counts.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable

from scripts.bench.rows_on_disk import GROUPS, SIGNALS, drawn_screen_of_rows
from scripts.bench.timing import peak_memory

THREADS = 2
Counts = dict[str, int]


def ours(folder: str, engine: str) -> Callable[[], Counts]:
    from toolkit.engine.choose import engine_over
    from toolkit.screening.at_scale.select import select

    def run() -> Counts:
        columns = [*SIGNALS, *GROUPS, "candidate_id"]
        rows, _ = engine_over(
            folder, columns, coded=GROUPS, name=engine, master=f"local[{THREADS}]"
        )
        found = select(rows, drawn_screen_of_rows(), GROUPS).by_group
        keys = found[list(GROUPS)].agg(" ".join, axis=1)
        return dict(zip(keys, found["selected"].tolist(), strict=True))

    return run


def duckdb(folder: str, what: str) -> Callable[[], Counts]:
    import duckdb

    screen = drawn_screen_of_rows()
    rows = f"read_parquet('{folder}/*.parquet')"
    weights = [f"{screen.weights[name]}::DOUBLE" for name in SIGNALS]
    if what == "scan":
        terms = " + ".join(f"{w} * {s}" for w, s in zip(weights, SIGNALS, strict=True))
        asked = f"SELECT 'sum', sum({terms}) FROM {rows}"
    else:
        figures = ", ".join(f"avg({s}) AS m_{s}, stddev_pop({s}) AS s_{s}" for s in SIGNALS)
        terms = " + ".join(
            f"{w} * ({s} - m_{s}) / s_{s}" for w, s in zip(weights, SIGNALS, strict=True)
        )
        groups = " || ' ' || ".join(f"{group}::VARCHAR" for group in GROUPS)
        asked = f"""
            WITH figures AS (SELECT {figures} FROM {rows}),
            scored AS (SELECT {", ".join(GROUPS)}, {terms} AS composite FROM {rows}, figures),
            cut AS (SELECT quantile_disc(composite, {1 - screen.share}) AS edge FROM scored)
            SELECT {groups}, count(*) FROM scored, cut WHERE composite > edge GROUP BY ALL
        """

    def run() -> Counts:
        connection = duckdb.connect()
        connection.execute(f"SET threads = {THREADS}")
        return dict(connection.execute(asked).fetchall())

    return run


def main(what: str, folder: str) -> None:
    run = ours(folder, what) if what in ("arrow", "spark") else duckdb(folder, what)
    clock, processor = time.perf_counter(), time.process_time()
    counts = run()
    figures = {
        "clock": time.perf_counter() - clock,
        "processor": time.process_time() - processor,
        "peak": peak_memory(),
        "counts": counts,
    }
    print(json.dumps(figures), flush=True)
    # What Spark leaves running ends with this process and is not waited for.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
