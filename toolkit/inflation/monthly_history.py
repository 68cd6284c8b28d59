"""A cohort's score histories as monthly counts: what was gained in each month.

A history may hold running totals (followers, stars so far) or what came in each month, weekly or
monthly; files do not say which. Running totals hardly ever fall, counts of months rise and fall
alike: a history whose falls add up to no more than half of its rises is read as running totals.
Of these the last in each month counts, months without one lie on a straight line between their
neighbours (a gap must not look like a jump), and the gain of the first month is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import InputError
from toolkit.inflation.months import one_a_month, without_gaps
from toolkit.inflation.spike_features import MonthlyCounts
from toolkit.intake.cohort import Cohort
from toolkit.scores.catalogue import load_catalogue
from toolkit.scores.score import Score

Names = npt.NDArray[np.object_]

LEAST_MONTHS = 6
FALLS_OVER_RISES = 0.5


@dataclass(frozen=True, eq=False)
class MonthlyHistory:
    """Monthly counts of s series, and whose they are.

    Parameters
    ----------
    monthly : MonthlyCounts
    position : int array, shape (s,)
        Place of the series' candidate in the cohort.
    score : tuple of str, length s
        As it is called in the file.
    first_month : int array, shape (s,)
        Months since January of year 0.
    running : bool array, shape (s,)
        The history was read as running totals.
    """

    monthly: MonthlyCounts
    position: Ints
    score: tuple[str, ...]
    first_month: Ints
    running: Bools


def monthly_history(cohort: Cohort) -> MonthlyHistory:
    """The histories of counts that are long enough to judge.

    Histories of scores on a fixed scale (Klout's 1 to 100) are left out: a point is not a
    person, and a provider's new formula moves everybody at once. So are series of fewer than
    six months.

    Raises
    ------
    InputError
        If a count is negative, or a history belongs to nobody in the cohort.
    """
    position, month, value, name = _rows(cohort)
    series, starts = _series(position, name)
    running = _running_totals(value, series, starts)
    month_value = one_a_month(series, month, value, running)
    monthly, first_month = without_gaps(*month_value, running)
    long_enough = monthly.lengths >= LEAST_MONTHS
    kept = np.repeat(long_enough, monthly.lengths)
    return MonthlyHistory(
        MonthlyCounts(monthly.counts[kept], monthly.lengths[long_enough]),
        position[starts][long_enough],
        tuple(name[starts][long_enough]),
        first_month[long_enough],
        running[long_enough],
    )


def counts_people(score: Score | None) -> bool:
    """Whether a score counts people, stars and the like on an open scale."""
    return score is None or (score.high is None and score.kind in ("audience", "activity"))


def _rows(
    cohort: Cohort,
) -> tuple[Ints, Ints, Floats, np.ndarray[tuple[int], np.dtype[np.object_]]]:
    """Candidate, month, value and score of every usable row, in the order of series and date."""
    table = cohort.score_history
    catalogue = load_catalogue()
    names = table["score"].astype(str)
    kept = {name for name in names.unique() if counts_people(catalogue.recognise(name))}
    date = pd.to_datetime(table["date"], errors="coerce")
    value = pd.to_numeric(table["value"], errors="coerce")
    usable = (names.isin(kept) & date.notna() & value.notna()).to_numpy()
    table, names, date, value = table[usable], names[usable], date[usable], value[usable]
    found = cohort.candidate_ids.get_indexer(pd.Index(table["candidate_id"].astype(str)))
    if (found < 0).any():
        stranger = table["candidate_id"].iloc[int(np.argmax(found < 0))]
        raise InputError(
            f"A score history belongs to candidate '{stranger}', who is not among the "
            "candidates. Add the candidate, or remove the history."
        )
    values = np.asarray(value, dtype=np.float64)
    if (values < 0).any():
        at = int(np.argmax(values < 0))
        raise InputError(
            f"Score history, candidate '{table['candidate_id'].iloc[at]}', score "
            f"'{names.iloc[at]}': {values[at]:g} is negative, and a count cannot be. Correct the "
            "value, or remove the row."
        )
    codes, _ = pd.factorize(names)
    order = np.lexsort((np.asarray(date), codes, found))
    months = np.asarray(date.dt.year * 12 + date.dt.month - 1, dtype=np.int64)
    return (
        np.asarray(found[order], dtype=np.int64),
        months[order],
        values[order],
        np.asarray(names, dtype=object)[order],
    )


def _series(position: Ints, name: Names) -> tuple[Ints, Ints]:
    """The number of each row's series, and the row at which each series begins."""
    begins = np.ones(position.size, dtype=np.bool_)
    begins[1:] = (position[1:] != position[:-1]) | (name[1:] != name[:-1])
    return np.cumsum(begins) - 1, np.flatnonzero(begins).astype(np.int64)


def _running_totals(value: Floats, series: Ints, starts: Ints) -> Bools:
    step = np.diff(value, prepend=0.0)
    step[starts] = 0.0
    rises = np.bincount(series, np.maximum(step, 0.0), minlength=starts.size)
    falls = np.bincount(series, np.maximum(-step, 0.0), minlength=starts.size)
    read_so: Bools = falls <= FALLS_OVER_RISES * rises
    return read_so
