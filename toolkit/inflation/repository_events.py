"""What happened in repositories, as counts of events, read strictly: one row a repository.

Only proportions are looked at. The same repository with ten times of everything has the same
features, so its size can neither raise nor lower a suspicion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools, Floats
from toolkit.errors import InputError
from toolkit.intake.issue import Issue
from toolkit.intake.numbers import read_numbers
from toolkit.intake.plain_name import plain_name
from toolkit.intake.problem_cells import cell_issues, row_list, rows_issue

#: Count → the name of its event in GitHub's public record, understood as a column name too.
EVENTS = {
    "stars": "watch_event",
    "forks": "fork_event",
    "issues": "issues_event",
    "comments": "issue_comment_event",
    "pull_requests": "pull_request_event",
    "pushes": "push_event",
    "branches": "create_event",
    "releases": "release_event",
}
NAMES = ("repository", "repo", "repo_name")
OTHERS = tuple(count for count in EVENTS if count != "stars")
#: The columns in words, for messages.
WANTED = ", ".join(f"'{name}'" for name in ("repository", *EVENTS))
#: The random sample has no repository with fewer stars, so nothing says what they look like.
LEAST_STARS = 50


@dataclass(frozen=True, eq=False)
class RepositoryEvents:
    """Counts of events of n repositories.

    Parameters
    ----------
    names : object array of str, shape (n,)
    counts : mapping of a name in `EVENTS` to float array, shape (n,)
    issues : tuple of Issue
        Warnings by row.
    """

    names: npt.NDArray[np.object_]
    counts: Mapping[str, Floats]
    issues: tuple[Issue, ...] = ()

    @property
    def judged(self) -> Bools:
        """Which have stars enough to be judged, shape (n,)."""
        return self.counts["stars"] >= LEAST_STARS


def repository_features(counts: Mapping[str, Floats]) -> dict[str, Floats]:
    """Proportions of the events of n repositories; NaN where there are no stars.

    ``stars_share`` is stars / all events; ``forks_per_star`` and the six like it are events /
    stars. None changes when every count is multiplied by the same number.

    Parameters
    ----------
    counts : mapping of a name in `EVENTS` to float array, shape (n,)

    Returns
    -------
    dict of str to float array, shape (n,)
    """
    stars = np.where(counts["stars"] > 0, counts["stars"], np.nan)
    others = np.sum([counts[name] for name in OTHERS], axis=0)
    return {
        "stars_share": stars / (stars + others),
        **{f"{name}_per_star": counts[name] / stars for name in OTHERS},
    }


def has_events(columns: Sequence[str]) -> bool:
    """Whether a table with these columns can be read as counts of events."""
    return not _missing(_found(columns))


def repository_events(
    frame: pd.DataFrame, *, file: str = "The table", sheet: str | None = None
) -> RepositoryEvents:
    """Read a table of repositories.

    Parameters
    ----------
    frame : DataFrame, index of int
        One row a repository: ``repository``, and the counts named in `EVENTS`, under that name
        or that of the event (``WatchEvent``), as text or as numbers. The index is the row in
        messages.
    file, sheet : str, optional
        Where it stands, for messages.

    Raises
    ------
    InputError
        If a column is missing, a cell cannot be used, or a repository stands there twice; every
        such row is named.
    """
    columns = _found([str(c) for c in frame.columns])
    if missing := _missing(columns):
        there = ", ".join(f"'{c}'" for c in frame.columns[:8]) or "none"
        raise InputError(
            f"{file}: no column for {', '.join(map(repr, missing))}. A table of repositories has "
            f"'repository' and counts of {', '.join(EVENTS)}; found: {there}."
        )
    if not len(frame):
        raise InputError(f"{file}: there are column names but no rows below them.")
    rows = frame.index.to_numpy(dtype=np.int64)
    problems: list[Issue] = []

    def check(what: str, remedy: str, column: str, where: Bools) -> None:
        cells = ["(empty)" if pd.isna(c) else c for c in frame[column][where].tolist()]
        problems.extend(
            cell_issues(
                "error", what, remedy, rows[where], cells, file=file, sheet=sheet, column=column
            )
        )

    names = frame[columns["repository"]]
    nameless = names.isna().to_numpy(dtype=np.bool_)
    again = names.duplicated().to_numpy(dtype=np.bool_) & ~nameless
    if nameless.any():
        check("names no repository", "Write its name.", columns["repository"], nameless)
    if again.any():
        remedy = "Keep one row for each repository, with all its events."
        check("stands in an earlier row too", remedy, columns["repository"], again)
    counts = {}
    for count in EVENTS:
        column = columns[count]
        values = counts[count] = _numbers(frame[column])
        unread = ~np.isfinite(values)
        with np.errstate(invalid="ignore"):
            negative = (values < 0) & ~unread
        if unread.any():
            remedy = "Write a number from 0; 0 where nothing happened."
            check("is not a count", remedy, column, unread)
        if negative.any():
            remedy = "Write how often it happened."
            check("is negative, and a count cannot be", remedy, column, negative)
    if problems:
        raise InputError("\n".join(map(str, sorted(problems, key=lambda p: p.row or 0))))
    few = rows[counts["stars"] < LEAST_STARS]
    issues = []
    if few.size:
        message = (
            f"With fewer than {LEAST_STARS} stars a repository is not judged: {row_list(few)}. "
            "There is too little to compare it with."
        )
        issues.append(rows_issue("warning", message, few, file=file, sheet=sheet))
    of_rows = np.array([str(name) for name in names], dtype=object)
    return RepositoryEvents(of_rows, counts, tuple(issues))


def _found(columns: Sequence[str]) -> dict[str, str]:
    plain = {plain_name(c): c for c in reversed(columns)}
    wanted = {"repository": NAMES, **{count: (count, event) for count, event in EVENTS.items()}}
    return {
        field: plain[known[0]]
        for field, names in wanted.items()
        if (known := [name for name in names if name in plain])
    }


def _missing(found: Mapping[str, str]) -> list[str]:
    return [name for name in ("repository", *EVENTS) if name not in found]


def _numbers(cells: pd.Series) -> Floats:
    if pd.api.types.is_numeric_dtype(cells):
        return cells.to_numpy(dtype=np.float64, na_value=np.nan)
    return read_numbers(cells.astype("str"), ".").values
