"""Samples of the candidates' followers, each with its share of fakes.

They come with the candidates (the cohort's table of sampled followers) or are brought apart: one
table with a column of candidate codes, or one table each, named by the code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

import pandas as pd

from toolkit.errors import InputError, TooFewData, UnknownName
from toolkit.inflation.follower_rows import has_followers
from toolkit.inflation.followers import Followers, followers
from toolkit.intake.cohort import Cohort
from toolkit.intake.kinds import is_id_name
from toolkit.intake.raw_table import RawTable


def candidate_samples(cohort: Cohort) -> dict[str, Followers]:
    """The samples that came with the candidates, by candidate.

    A sample of which no row can be classified is left out: nothing is known from it.

    Raises
    ------
    InputError
        If a cell cannot be used; every such row is named.
    """
    table = cohort.follower_samples
    if not len(table) or not has_followers(list(table.columns)):
        return {}
    return dict(_by_candidate(table, "candidate_id", "The sampled followers", None))


def samples_of_tables(tables: Sequence[RawTable], candidate_ids: pd.Index) -> dict[str, Followers]:
    """The samples of tables that were brought apart, by candidate.

    Parameters
    ----------
    tables : sequence of RawTable
        With a column of candidate codes, or named by the code of the only candidate.
    candidate_ids : Index of str
        Who there is.

    Raises
    ------
    InputError
        If a table is no sample of followers, a cell cannot be used, or two tables are of the
        same candidate.
    UnknownName
        If a code is that of no candidate.
    """
    found: dict[str, Followers] = {}
    for table in tables:
        for candidate_id, sample in _of_table(table):
            if candidate_id not in candidate_ids:
                raise UnknownName("candidate", candidate_id, map(str, candidate_ids))
            if candidate_id in found:
                raise InputError(
                    f"{table.name}: there is a sample of the followers of '{candidate_id}' "
                    "already. Keep one for each candidate."
                )
            found[candidate_id] = sample
    return found


def together(*samples: Mapping[str, Followers]) -> dict[str, Followers]:
    """All of them; of two of one candidate, the later."""
    return {who: sample for some in samples for who, sample in some.items()}


def _of_table(table: RawTable) -> Iterator[tuple[str, Followers]]:
    columns = [str(c) for c in table.frame.columns]
    if not has_followers(columns):
        there = ", ".join(f"'{c}'" for c in columns[:8]) or "none"
        raise InputError(
            f"{table.name}: a sample of followers has the columns 'followers' and 'following'; "
            f"found: {there}."
        )
    code = next((c for c in columns if is_id_name(c)), None)
    if code is not None:
        return _by_candidate(table.frame, code, table.file, table.sheet)
    stem = PurePosixPath(table.file).name.split(".")[0]
    return iter([(stem, followers(table.frame, file=table.file, sheet=table.sheet))])


def _by_candidate(
    frame: pd.DataFrame, column: str, file: str, sheet: str | None
) -> Iterator[tuple[str, Followers]]:
    nameless = frame.index[frame[column].isna()]
    if len(nameless):
        raise InputError(
            f"{file}, row {nameless[0]}, column '{column}': no candidate is named. Write whose "
            "follower it is."
        )
    for who, own in frame.groupby(frame[column].astype("str"), sort=False):
        try:
            yield str(who).strip(), followers(own.drop(columns=column), file=file, sheet=sheet)
        except TooFewData:
            continue
