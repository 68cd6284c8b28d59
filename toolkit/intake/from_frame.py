"""A cohort from a frame that is already typed, for notebooks and tests.

Files go through `read_cohort`, which reads text, checks every scale and lists every repair.
Here the columns already have types: values are taken as they are, and what no cohort can hold
is refused rather than repaired.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from toolkit.errors import InputError, MappingError, UnknownName
from toolkit.intake.cohort import Cohort, Role, Signal
from toolkit.intake.column_guess import is_evidence_name
from toolkit.intake.column_role import ColumnRole, forbidden
from toolkit.intake.fixed_column import LARGEST, decimals_of
from toolkit.intake.plain_name import shown_name
from toolkit.intake.protected import is_group_name
from toolkit.scores.catalogue import Catalogue, load_catalogue


def cohort_from_frame(
    frame: pd.DataFrame,
    *,
    roles: Mapping[str, Role] | None = None,
    groups: pd.DataFrame | Sequence[str] = (),
    outcomes: pd.DataFrame | Sequence[str] = (),
    accounts: pd.DataFrame | None = None,
    score_history: pd.DataFrame | None = None,
    follower_samples: pd.DataFrame | None = None,
    portfolio: pd.DataFrame | None = None,
    catalogue: Catalogue | None = None,
) -> Cohort:
    """Make a cohort of a frame with one row a candidate.

    Parameters
    ----------
    frame : DataFrame, one row a candidate
        A ``candidate_id`` column or an index holds the codes; a frame with the plain
        index 0, 1, 2 ... gets the codes ``row-2``, ``row-3`` ..., the rows that it would
        have in a spreadsheet. Numeric columns become signals, the others texts.
    roles : mapping of column to {"score", "evidence", "fact"}, optional
        What the numeric columns are; those not named are recognised from the catalogue
        (score), from their name (evidence) or taken as facts.
    groups, outcomes : DataFrame or sequence of column names, optional
        Columns of `frame` to split off, or a frame of their own with the same index (or a
        ``candidate_id`` column). Columns that are named like a group (sex, ethnicity, ...)
        are always split off.
    accounts, score_history, follower_samples, portfolio : DataFrame, optional
        Tables as `Cohort` describes them, with a ``candidate_id`` column.
    catalogue : Catalogue, optional
        The shipped one when left out.

    Returns
    -------
    Cohort

    Raises
    ------
    InputError
        If codes are missing or repeated, or a number is infinite or too large to hold.
    MappingError
        If `roles` makes a signal of a column that is named like a group.
    UnknownName
        If `roles`, `groups` or `outcomes` name a column that is not there.

    Examples
    --------
    >>> frame = pd.DataFrame({"klout": [61, 48], "portfolio": [2.5, 4.5]}, index=["ann", "bo"])
    >>> cohort = cohort_from_frame(frame)
    >>> cohort.scores, cohort.evidence, list(cohort.candidate_ids)
    (['klout'], ['portfolio'], ['ann', 'bo'])
    """
    frame = _indexed(frame)
    roles = dict(roles or {})
    for column, role in roles.items():
        if column not in frame.columns:
            raise UnknownName("column", column, frame.columns, "roles")
        why_not = forbidden(ColumnRole(role), column)
        if why_not:
            raise MappingError(f"Column {why_not}")
    if not isinstance(groups, pd.DataFrame):
        named = [column for column in frame.columns if is_group_name(column)]
        groups = list(dict.fromkeys([*groups, *named]))
    group_frame, frame = _split(frame, groups, "groups")
    outcome_frame, frame = _split(frame, outcomes, "outcomes")
    numeric = [c for c in frame.columns if c in roles or _is_number(frame[c])]
    signals = frame[numeric].astype(np.float64)
    about = {c: _about(c, signals[c], roles.get(c), catalogue) for c in numeric}
    cohort = Cohort(
        candidates=frame.drop(columns=numeric),
        signals=signals,
        about=about,
        groups=group_frame,
        outcomes=outcome_frame.astype(np.float64),
    )
    tables = {
        "accounts": accounts,
        "score_history": score_history,
        "follower_samples": follower_samples,
        "portfolio": portfolio,
    }
    given: dict[str, Any] = {name: t for name, t in tables.items() if t is not None}
    return replace(cohort, **given)


def _indexed(frame: pd.DataFrame) -> pd.DataFrame:
    if "candidate_id" in frame.columns:
        frame = frame.set_index("candidate_id")
    elif frame.index.equals(pd.RangeIndex(len(frame))):
        frame = frame.set_axis([f"row-{n + 2}" for n in range(len(frame))], axis=0)
    if frame.index.hasnans:
        raise InputError("A candidate has no candidate_id. Give every row a code.")
    frame = frame.set_axis(pd.Index([str(i) for i in frame.index], dtype="str"), axis=0)
    frame.index.name = "candidate_id"
    repeated = frame.index[frame.index.duplicated()]
    if len(repeated):
        raise InputError(f"candidate_id '{repeated[0]}' stands in more than one row.")
    frame.columns = frame.columns.map(str)
    return frame


def _split(
    frame: pd.DataFrame, wanted: pd.DataFrame | Sequence[str], argument: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The columns to split off, and the frame without them."""
    if isinstance(wanted, pd.DataFrame):
        return _indexed(wanted).reindex(frame.index), frame
    names: Iterable[str] = wanted
    for name in names:
        if name not in frame.columns:
            raise UnknownName("column", name, frame.columns, argument)
    return frame[list(names)], frame.drop(columns=list(names))


def _is_number(column: pd.Series) -> bool:
    return is_numeric_dtype(column) and not is_bool_dtype(column)


def _about(
    column: str, values: pd.Series, role: Role | None, catalogue: Catalogue | None
) -> Signal:
    """What is known of a column, whose values are made sure of first.

    Raises
    ------
    InputError
        If a value cannot be one of this signal.
    """
    if np.isinf(values.to_numpy()).any():
        raise InputError(f"Column '{column}' holds infinity. Leave the value empty instead.")
    signal = named_signal(column, role, catalogue)
    if (values.abs() > LARGEST).any():
        raise InputError(
            f"Column '{column}' holds {values[values.abs() > LARGEST].iloc[0]:.15g}. The largest "
            f"number that a signal can hold is {LARGEST:,.0f}."
        )
    decimals = decimals_of(values.dropna().to_numpy(dtype=np.float64))
    return replace(signal, decimals=decimals)


def named_signal(
    column: str, role: Role | None = None, catalogue: Catalogue | None = None
) -> Signal:
    """What the name of a column of numbers says of it; its decimals are not known yet.

    Parameters
    ----------
    column : str
    role : {"score", "evidence", "fact"}, optional
        Recognised from the catalogue (score) or the name (evidence) where left out.
    catalogue : Catalogue, optional
        The shipped one when left out.
    """
    score = None
    if role in (None, "score"):
        score = (catalogue or load_catalogue()).recognise(column)
    if role is None:
        role = "score" if score else "evidence" if is_evidence_name(column) else "fact"
    label = score.label if score else shown_name(column)
    low, high = (score.low, score.high) if score else (None, None)
    return Signal(column, label, role, low, high)
