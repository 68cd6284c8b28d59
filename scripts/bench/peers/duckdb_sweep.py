"""A sweep of one score's weight and cut-offs in DuckDB's SQL, as quickly as we could write it.

Per weight: composites into 65,536 bins; counts by 1,024 wider ones and by cut-offs reached, summed
along both, say in which the last seat at each cut-off falls; its rows by narrower bin, then by
composite, give the composite of the last seat exactly. Candidates are then counted by the first
and the last cut-off at which they have a seat, and these counts added up along the cut-offs.
Whoever is level with the last seat gets one too: there are no lots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Bins, and how many of them a wider one has.
BINS, WIDE = 2**16, 128


@dataclass(frozen=True)
class Term:
    """``coefficient · (value in half steps − centre)``, one signal's part of a composite."""

    signal: str
    coefficient: int
    centre: int
    halves: int

    @property
    def sql(self) -> str:
        steps = f"(2 * round({self.signal} * {self.halves // 2})::BIGINT - {self.centre})"
        return f"{steps} * {self.coefficient}"


def prepare(
    database: DuckDBPyConnection,
    folder: Path,
    rest: Sequence[Term],
    own: Term,
    plain: Sequence[Term],
    offset: int,
    cut: int,
    to_value: float,
    cutoffs: Sequence[float],
    group: str,
) -> None:
    """Read the rows once: what a weight needs of each."""
    finite = [cutoff for cutoff in cutoffs if np.isfinite(cutoff)]
    reached = np.searchsorted(finite, np.arange(0, 10_001) / 100, side="right") + 1
    lookup = ", ".join(f"({hundredths}, {n})" for hundredths, n in enumerate(reached.tolist()))
    total, alone = (" + ".join(term.sql for term in terms) for terms in (rest, plain))
    database.execute(f"CREATE TABLE level AS FROM (VALUES {lookup}) v(hundredths, level)")
    database.execute(
        f"""CREATE TABLE people AS
        SELECT {total} AS rest, {own.sql} AS own, level::SMALLINT AS level,
               (2 * (ascii({group}) - ascii('A')) + (alone >= {cut})::INT)::TINYINT AS cell,
               round(alone * {to_value!r})::BIGINT AS value
        FROM (SELECT *, {alone} + ({offset}) AS alone FROM '{folder}/*.parquet') p
        JOIN level ON hundredths = round({own.signal} * 100)::INT"""
    )


def counts_at(
    database: DuckDBPyConnection, weight: int, places: int, n_cutoffs: int
) -> Mapping[str, np.ndarray]:
    """How many of each cell are selected, and their summed values: cut-offs, and cells in each."""
    run = database.execute
    composite = f"rest * {100 - weight} + own * {weight}"
    low, high = run(f"SELECT min({composite}), max({composite}) FROM people").fetchone()
    width = (high - low) // BINS + 1
    run(
        f"""CREATE OR REPLACE TEMP TABLE rows AS
        SELECT c, ((c - ({low})) // {width})::USMALLINT AS bin, level, cell, value
        FROM (SELECT {composite} AS c, level, cell, value FROM people)"""
    )
    run(
        f"""CREATE OR REPLACE TEMP TABLE wide AS
        WITH own AS (SELECT (bin // {WIDE})::SMALLINT AS wide, level, count(*) AS n
                     FROM rows GROUP BY ALL),
        grid AS (SELECT wide, level, coalesce(n, 0)::DOUBLE AS n
                 FROM (SELECT unnest(range({BINS // WIDE}))::SMALLINT AS wide)
                 CROSS JOIN (SELECT unnest(range(1, {n_cutoffs + 1}))::SMALLINT AS level)
                 LEFT JOIN own USING (wide, level)),
        down AS (SELECT wide, level, n,
                        sum(n) OVER (PARTITION BY level ORDER BY wide DESC
                                          ROWS UNBOUNDED PRECEDING) AS up_to FROM grid),
        passing AS (SELECT wide, level - 1 AS cutoff,
                           sum(n) OVER higher AS n, sum(up_to) OVER higher AS up_to
                    FROM down WINDOW higher AS (PARTITION BY wide ORDER BY level DESC
                                                   ROWS UNBOUNDED PRECEDING))
        SELECT cutoff, max(wide) AS wide, {places} - arg_max(up_to - n, wide) AS nth
        FROM passing WHERE up_to >= {places} GROUP BY cutoff"""
    )
    run(
        f"""CREATE OR REPLACE TEMP TABLE narrow AS
        WITH span AS (SELECT wide, min(cutoff) AS lowest, count(*) AS n FROM wide GROUP BY wide),
        near AS (SELECT wide, bin, least(level - lowest, span.n) AS passed, count(*) AS n
                 FROM rows JOIN span ON (bin // {WIDE})::SMALLINT = wide
                 WHERE level > lowest GROUP BY ALL),
        own AS (SELECT cutoff, any_value(nth) AS nth, bin, sum(near.n)::DOUBLE AS n
                FROM near JOIN span USING (wide)
                JOIN wide ON wide.wide = near.wide AND passed > cutoff - lowest
                GROUP BY cutoff, bin),
        down AS (SELECT *, sum(n) OVER (PARTITION BY cutoff ORDER BY bin DESC
                                          ROWS UNBOUNDED PRECEDING) AS up_to FROM own)
        SELECT cutoff, max(bin) AS bin, arg_max(nth - (up_to - n), bin) AS nth
        FROM down WHERE up_to >= nth GROUP BY cutoff"""
    )
    run(
        """CREATE OR REPLACE TEMP TABLE last AS
        SELECT cutoff, bin, c FROM (
            SELECT cutoff, nth, narrow.bin, c,
                   row_number() OVER (PARTITION BY cutoff ORDER BY c DESC) AS place
            FROM rows JOIN narrow ON rows.bin = narrow.bin AND level > cutoff
        ) WHERE place = nth"""
    )
    # Between the cut-offs with a last seat, and behind them, whoever passes has a seat.
    free = run("SELECT coalesce(max(cutoff) + 1, 0) FROM last").fetchone()[0]
    run(
        f"""CREATE OR REPLACE TEMP TABLE begins AS
        SELECT bin, coalesce(min(cutoff) OVER (
            ORDER BY bin ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), {free}) AS first
        FROM (SELECT unnest(range({BINS}))::USMALLINT AS bin)
        LEFT JOIN (SELECT bin, min(cutoff) AS cutoff FROM last GROUP BY bin) USING (bin)"""
    )
    return run(
        f"""WITH seated AS (
            SELECT first, level, cell, value FROM rows JOIN begins USING (bin)
            WHERE bin NOT IN (SELECT bin FROM last) AND first < level
            UNION ALL
            SELECT coalesce(cutoff, {free}) AS first, level, cell, value
            FROM (FROM rows WHERE bin IN (SELECT bin FROM last)) near
            ASOF LEFT JOIN (SELECT c AS lowest, min(cutoff) AS cutoff FROM last GROUP BY c) l
            ON near.c >= l.lowest WHERE coalesce(cutoff, {free}) < level),
        marks AS (
            SELECT cutoff, cell, sum(n) AS n, sum(v) AS v FROM (
                SELECT first AS cutoff, cell, count(*) AS n, sum(value) AS v
                FROM seated GROUP BY ALL
                UNION ALL
                SELECT level AS cutoff, cell, -count(*) AS n, -sum(value) AS v
                FROM seated GROUP BY ALL) GROUP BY ALL)
        SELECT cutoff, cell, sum(coalesce(n, 0)) OVER along AS n,
               sum(coalesce(v, 0)) OVER along AS v
        FROM (SELECT unnest(range({n_cutoffs})) AS cutoff)
        CROSS JOIN (SELECT unnest(range(10))::TINYINT AS cell) LEFT JOIN marks USING (cutoff, cell)
        WINDOW along AS (PARTITION BY cell ORDER BY cutoff ROWS UNBOUNDED PRECEDING)
        ORDER BY cutoff, cell"""
    ).fetchnumpy()
