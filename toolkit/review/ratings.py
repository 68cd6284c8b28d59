"""Ratings by several people, as integers that the statistics of agreement work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import InputError
from toolkit.intake.problem_cells import row_list

#: The criterion of ratings that name none.
OVERALL = "rating"


@dataclass(frozen=True, eq=False)
class Ratings:
    """Who gave whom which rating on what, one entry a rating.

    Parameters
    ----------
    candidates, reviewers, criteria : tuple of str
        The names that the codes below point into, in the order of their first rating.
    candidate, reviewer, criterion : int array, shape (n_ratings,)
        Codes. No combination of the three occurs twice.
    value : float array, shape (n_ratings,)
        The ratings; where they are words, the position of each in `categories`.
    categories : tuple of str, optional
        The words, where ratings are words without an order.
    without_rating : int
        Entries that had no rating ("no basis to judge"): counted, and not among these.
    time : float array, shape (n_ratings,), optional
        When each rating was made: its place in an order, or days since 1970; NaN where that
        is not known.
    time_is : {"order", "date"}
        Which of the two.
    """

    candidates: tuple[str, ...]
    reviewers: tuple[str, ...]
    criteria: tuple[str, ...]
    candidate: Ints
    reviewer: Ints
    criterion: Ints
    value: Floats
    categories: tuple[str, ...] | None = None
    without_rating: int = 0
    time: Floats | None = None
    time_is: Literal["order", "date"] = "order"

    def __len__(self) -> int:
        return len(self.value)

    @property
    def in_words(self) -> bool:
        """Whether the ratings are words without an order."""
        return self.categories is not None

    def on(self, criterion: str) -> Ratings:
        """The ratings on one criterion, all names kept."""
        return self._where(self.criterion == self.criteria.index(criterion))

    def totals(self) -> tuple[Ratings, int]:
        """Each reviewer's mean rating of each candidate over all criteria.

        A reviewer who left a criterion out has a mean over other things than the rest; it
        is left out.

        Returns
        -------
        (Ratings, int)
            One rating a reviewer and candidate, and how many were left out.
        """
        if len(self.criteria) == 1:
            return self, 0
        pair = self.candidate * len(self.reviewers) + self.reviewer
        pairs, first, where = np.unique(pair, return_index=True, return_inverse=True)
        counts = np.bincount(where, minlength=len(pairs))
        means = np.bincount(where, weights=self.value, minlength=len(pairs)) / counts
        whole = counts == len(self.criteria)
        time = self.time
        if time is not None:
            time = np.bincount(where, weights=time, minlength=len(pairs))[whole] / counts[whole]
        first, means = first[whole], means[whole]
        totals = replace(
            self,
            criteria=(OVERALL,),
            candidate=self.candidate[first],
            reviewer=self.reviewer[first],
            criterion=np.zeros(len(first), dtype=np.int64),
            value=means,
            time=time,
        )
        return totals, int((~whole).sum())

    def table(self) -> Floats:
        """Candidates by reviewers, NaN where there is no rating.

        Raises
        ------
        ValueError
            If there are several criteria: a table has room for one.

        Returns
        -------
        float array, shape (n_candidates, n_reviewers)
        """
        if len(np.unique(self.criterion)) > 1:
            raise ValueError("a table of ratings is of one criterion")
        table = np.full((len(self.candidates), len(self.reviewers)), np.nan)
        table[self.candidate, self.reviewer] = self.value
        return table

    def _where(self, mask: Bools) -> Ratings:
        return replace(
            self,
            candidate=self.candidate[mask],
            reviewer=self.reviewer[mask],
            criterion=self.criterion[mask],
            value=self.value[mask],
            time=None if self.time is None else self.time[mask],
        )


def ratings_of(
    candidate: Sequence[str] | pd.Series,
    reviewer: Sequence[str] | pd.Series,
    value: Sequence[float] | pd.Series | Floats,
    criterion: Sequence[str] | pd.Series | None = None,
    *,
    time: Floats | None = None,
    time_is: Literal["order", "date"] = "order",
    rows: Sequence[int] | None = None,
    where: str = "The ratings",
) -> Ratings:
    """Make `Ratings` of columns of equal length.

    Parameters
    ----------
    candidate, reviewer : sequence of str, length n
    value : sequence of float, or of str for words without an order, length n
        NaN or None where there is no rating.
    criterion : sequence of str, length n, optional
        Without it, all ratings are on one criterion.
    time : float array, shape (n,), optional
        When each was made, as in `Ratings`.
    time_is : {"order", "date"}
    rows : sequence of int, length n, optional
        Where each stands in its file, for messages; counted from 1 without it.
    where : str
        The file or table, for messages.

    Raises
    ------
    InputError
        If somebody rated the same candidate twice on a criterion, a name is missing, or a
        rating is infinite.

    Examples
    --------
    >>> ratings = ratings_of(["c1", "c1", "c2"], ["Ann", "Bo", "Ann"], [4, 3, 5])
    >>> ratings.table()
    array([[ 4.,  3.],
           [ 5., nan]])
    """
    frame = pd.DataFrame(
        {
            "candidate": pd.Series(list(candidate), dtype=object),
            "reviewer": pd.Series(list(reviewer), dtype=object),
            "criterion": pd.Series(
                [OVERALL] * len(candidate) if criterion is None else list(criterion), dtype=object
            ),
            "value": pd.Series(list(value), dtype=object),
        }
    )
    frame.index = pd.Index(range(1, len(frame) + 1) if rows is None else list(rows))
    given = frame.loc[frame["value"].notna()]
    for column in ("candidate", "reviewer", "criterion"):
        missing = given[column].isna()
        if missing.any():
            raise InputError(
                f"{where}: {row_list(given.index[missing].tolist())} with a rating but no "
                f"{column}. Fill in the {column}, or take the rating out."
            )
    keys = ["candidate", "reviewer", "criterion"]
    twice = given.duplicated(keys)
    if twice.any():
        row = given.index[twice][0]
        who, by, on = (given.loc[row, key] for key in keys)
        also = f" on {on}" if criterion is not None else ""
        raise InputError(
            f"{where}, row {row}: {by} has rated {who}{also} before "
            f"({int(twice.sum()):,} such in all). Keep one rating of each."
        )
    values, categories = _values(given["value"], where)
    codes, names = {}, {}
    for key in keys:
        coded, uniques = pd.factorize(given[key].astype(str))
        codes[key], names[key] = coded.astype(np.int64), tuple(map(str, uniques))
    return Ratings(
        names["candidate"],
        names["reviewer"],
        names["criterion"],
        codes["candidate"],
        codes["reviewer"],
        codes["criterion"],
        values,
        categories,
        len(frame) - len(given),
        None if time is None else time[frame["value"].notna().to_numpy()],
        time_is,
    )


def ratings_of_table(table: pd.DataFrame, where: str = "The table") -> Ratings:
    """Make `Ratings` of a table with a row a candidate and a column a reviewer.

    Parameters
    ----------
    table : DataFrame
        Index: candidates. Columns: reviewers. NaN where there is no rating.

    Raises
    ------
    InputError
        As `ratings_of`.
    """
    n_candidates, n_reviewers = table.shape
    return ratings_of(
        np.repeat(table.index.astype(str).to_numpy(), n_reviewers).tolist(),
        list(map(str, table.columns)) * n_candidates,
        pd.Series(table.to_numpy(dtype=object).ravel()),
        where=where,
    )


def _values(cells: pd.Series, where: str) -> tuple[Floats, tuple[str, ...] | None]:
    if cells.map(lambda cell: isinstance(cell, str)).any():
        coded, words = pd.factorize(cells.astype(str), sort=True)
        return coded.astype(np.float64), tuple(map(str, words))
    values = cells.to_numpy(dtype=np.float64)
    endless = np.isinf(values)
    if endless.any():
        raise InputError(
            f"{where}: {row_list(cells.index[endless].tolist())} with an infinite rating. "
            "Give the rating as a number."
        )
    return values, None
