"""One run of a sweep over rows on disk, ours or in SQL, in a process of its own.

``python -m scripts.bench.peers.rows_sweep ours|query FOLDER EXCHANGE``: ours leaves in EXCHANGE
what the query needs to know of the screen, and its counts to compare with. Prints figures as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

from scripts.bench.peers.duckdb_sweep import Term, counts_at, prepare
from scripts.bench.rows_on_disk import drawn_screen_of_rows
from scripts.bench.timing import peak_memory, seconds
from toolkit.engine.choose import engine_over
from toolkit.engine.engine import Engine
from toolkit.influence.at_scale.swept import SweepAtScale, sweep_at_scale
from toolkit.influence.sweep_parts import WHOLE, evenly, without_gates
from toolkit.screening.at_scale.freezing import freeze_at_scale
from toolkit.screening.frozen import FrozenScreen

#: With none and the scale's ends, 2,048 cut-offs; groups by two, selected without scores or not.
SCORE, VALUES, GROUP = "klout", 2_047, "ethnicity"
CODE = "candidate_id"
#: Weights that the query is asked for; all of them would take many minutes.
ASKED = (0, 12, 25, 38, 50, 62, 75, 88, 100)


def ours(folder: Path, exchange: Path | None = None) -> dict[str, float]:
    """Seconds of the whole sweep, from the Parquet files on."""
    screen = drawn_screen_of_rows()
    columns = [CODE, *screen.signals, GROUP]
    engine, _ = engine_over(folder, columns, coded=[GROUP], name="arrow")
    found: list[SweepAtScale] = []

    def run() -> None:
        found.append(sweep_at_scale(engine, screen, SCORE, values=VALUES, attribute=GROUP))

    start = time.perf_counter()
    processor = seconds(run)
    clock = time.perf_counter() - start
    peak = peak_memory()
    if exchange is not None:
        _tell(engine, found[0], exchange)
    return {
        "processor": processor,
        "clock": clock,
        "peak": peak,
        "screens": found[0].sweep.selected.size,
    }


def _tell(engine: Engine, found: SweepAtScale, exchange: Path) -> None:
    """What the query needs to know, and counts of the weights that it is asked for."""
    ground, screen = found.ground, drawn_screen_of_rows()
    rule = without_gates(evenly(screen, [SCORE]), [SCORE])
    figures, rows = ground.survey.figures, ground.survey.rows
    frozen = freeze_at_scale(engine, ground.columns, figures, rule, rows, WHOLE.bit_length())
    _, seats = ground.seats()
    (last, *_) = seats.cuts[0].last or ()

    def terms(of: FrozenScreen) -> list[dict[str, object]]:
        return [
            asdict(
                Term(
                    signal,
                    weight.coefficient,
                    weight.centre,
                    2 * 10 ** ground.columns.about[signal].decimals,
                )
            )
            for signal, weight in of.weights.items()
        ]

    told = {
        "terms": terms(frozen),
        "plain": terms(ground.frozen),
        "offset": ground.frozen.offset,
        "cut": last,
        "to_value": 2.0 ** (20 - ground.frozen.exponent),
        "cutoffs": [c if np.isfinite(c) else None for c in found.sweep.cutoffs.tolist()],
        "places": frozen.places,
    }
    (exchange / "told.json").write_text(json.dumps(told), encoding="utf-8")
    np.save(exchange / "counts.npy", found.by_group[list(ASKED)])


def query(folder: Path, exchange: Path) -> dict[str, float]:
    """Seconds of SQL: reading, and each of the weights asked for on the average."""
    import duckdb

    told = json.loads((exchange / "told.json").read_text(encoding="utf-8"))
    counts = np.load(exchange / "counts.npy")
    terms = [Term(**term) for term in told["terms"]]
    (own,) = (term for term in terms if term.signal == SCORE)
    cutoffs = [-np.inf if c is None else c for c in told["cutoffs"]]
    database = duckdb.connect(config={"threads": 2})

    def read() -> None:
        prepare(
            database,
            folder,
            [term for term in terms if term is not own],
            own,
            [Term(**term) for term in told["plain"]],
            told["offset"],
            told["cut"],
            told["to_value"],
            cutoffs,
            GROUP,
        )

    def decide() -> None:
        for weight, expected in zip(ASKED, counts, strict=True):
            found = counts_at(database, weight, told["places"], len(cutoffs))
            own = found["n"].astype(np.int64).reshape(len(cutoffs), -1, 2).sum(axis=2)
            if 0 < weight < WHOLE:
                # Who is level with the last seat by chance gets one too, without a lot.
                assert np.abs(own - expected).max() <= 3, weight

    start = time.perf_counter()
    reading = seconds(read)
    between = time.perf_counter()
    deciding = seconds(decide)
    end = time.perf_counter()
    return {
        "processor": reading + deciding / len(ASKED) * (WHOLE + 1),
        "clock": between - start + (end - between) / len(ASKED) * (WHOLE + 1),
        "peak": peak_memory(),
    }


def main() -> None:
    name, folder, exchange = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    print(json.dumps(ours(folder, exchange) if name == "ours" else query(folder, exchange)))


if __name__ == "__main__":
    main()
