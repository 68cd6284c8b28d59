"""Published tables that the tests compare with; their sources are in tests/data/SOURCES.md."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).parents[1] / "data"


def arrays(*table: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """One 2 × 2 table (a, n_a, b, n_b) as arrays of one element."""
    a, n_a, b, n_b = (np.array([value], dtype=np.int64) for value in table)
    return a, n_a, b, n_b


def many(tables: list[tuple[int, int, int, int]]) -> tuple[np.ndarray, ...]:
    """Several tables as columns."""
    return tuple(np.array(column, dtype=np.int64) for column in zip(*tables, strict=True))


def ricci() -> pd.DataFrame:
    """118 firefighters: Position, Race, and Class = 1 where the examination was passed."""
    return pd.read_csv(DATA / "ricci.csv")


def berkeley() -> pd.DataFrame:
    """Counts by Gender and Dept: Admitted and total."""
    long = pd.read_csv(DATA / "ucb_admissions.csv")
    wide = long.pivot_table(index=["Gender", "Dept"], columns="Admit", values="Freq")
    wide["total"] = wide["Admitted"] + wide["Rejected"]
    return wide[["Admitted", "total"]].astype(int).reset_index().rename_axis(columns=None)


def berkeley_strata() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Women against men in the six departments: a, n_a, b, n_b."""
    counts = berkeley()
    women = counts[counts["Gender"] == "Female"]
    men = counts[counts["Gender"] == "Male"]
    return (
        women["Admitted"].to_numpy(),
        women["total"].to_numpy(),
        men["Admitted"].to_numpy(),
        men["total"].to_numpy(),
    )
