"""Which columns of a table the detectors look at, and what they make of a batch.

Columns are what they are in a file with one row a candidate (`toolkit.intake.column_guess`):
scores, evidence, and facts of an account on the network that the column's name begins with.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Floats
from toolkit.engine.agreement import kind_of
from toolkit.engine.counting import coded
from toolkit.inflation.account_facts import AccountFacts, age_in_days, facts_of_columns
from toolkit.intake.arrow_numbers import numbers_of
from toolkit.intake.cohort import Signal
from toolkit.intake.column_guess import guessed
from toolkit.intake.column_role import ColumnRole
from toolkit.intake.from_frame import named_signal
from toolkit.intake.issue import Issue
from toolkit.intake.kinds import ACCOUNT_FIELDS, is_id_name
from toolkit.intake.plain_name import shown_name
from toolkit.intake.truths import read_truths
from toolkit.scores.catalogue import Catalogue, load_catalogue
from toolkit.screening.at_scale.columns import SignalColumns

#: A column of numbers, for asking what its name says.
_NUMBER = pd.Series(["1"], dtype="str")
_NUMERIC = ("count", "share")
UNREAD = {
    "count": "negative",
    "share": "negative",
    "truth": "neither yes nor no",
    "date": "no date, such as 2013-07-01",
}


@dataclass(frozen=True)
class AccountColumn:
    """A column that holds a fact of an account.

    Parameters
    ----------
    column : str
    fact : str
        One of `toolkit.intake.kinds.ACCOUNT_FIELDS`.
    platform : str
        Empty where the column's name does not say.
    """

    column: str
    fact: str
    platform: str


@dataclass(frozen=True)
class Profile:
    """The columns that detectors look at.

    Parameters
    ----------
    numbers : SignalColumns
        Every column of numbers: scores, evidence, counts and shares.
    accounts : tuple of AccountColumn
    as_of : date or None
        When the facts were read; without it, no account has an age.
    issues : tuple of Issue
        Columns that cannot be read.
    """

    numbers: SignalColumns
    accounts: tuple[AccountColumn, ...]
    as_of: dt.date | None
    issues: tuple[Issue, ...] = ()

    @property
    def names(self) -> list[str]:
        """Every column, each once."""
        return list(dict.fromkeys([*self.numbers.names, *(one.column for one in self.accounts)]))

    @property
    def scores(self) -> list[str]:
        return [name for name, one in self.numbers.about.items() if one.role == "score"]

    @property
    def evidence(self) -> list[str]:
        return [name for name, one in self.numbers.about.items() if one.role == "evidence"]

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.platform for one in self.accounts))

    def only(self, names: Iterable[str]) -> SignalColumns:
        """Some of the columns of numbers."""
        return replace(self.numbers, about={name: self.numbers.about[name] for name in names})

    def values(self, batch: pa.RecordBatch, names: Iterable[str]) -> dict[str, Floats]:
        """Columns of numbers as they are, NaN where missing or set aside."""
        return {
            name: numbers_of(
                batch.column(name),
                self.numbers.about[name],
                checked=name in self.numbers.checked,
            ).values.astype(np.float64, copy=False)
            for name in names
        }

    def facts(self, batch: pa.RecordBatch) -> tuple[AccountFacts, Counter[tuple[str, str]]]:
        """The accounts of a batch, and how many cells could not be read, by column and type."""
        n = batch.num_rows
        unread: Counter[tuple[str, str]] = Counter()
        parts: list[tuple[str, dict[str, Floats], np.ndarray[tuple[int], np.dtype[np.int64]]]] = []
        for platform in self.platforms:
            facts: dict[str, Floats] = {}
            for one in self.accounts:
                if one.platform == platform:
                    values, strange = self._fact(batch, one)
                    facts["age_days" if one.fact == "created" else one.fact] = values
                    if strange:
                        unread[one.column, ACCOUNT_FIELDS[one.fact]] += strange
            known = np.flatnonzero(~np.isnan(np.array(list(facts.values()))).all(axis=0))
            parts.append((platform, {name: own[known] for name, own in facts.items()}, known))
        if not parts:
            return facts_of_columns({}, (), np.empty(0, dtype=np.int64), n), unread
        columns = {
            name: np.concatenate([own.get(name, np.full(at.size, np.nan)) for _, own, at in parts])
            for name in dict.fromkeys(name for _, own, _ in parts for name in own)
        }
        platform_of = list(chain.from_iterable([name] * at.size for name, _, at in parts))
        position = np.concatenate([at for _, _, at in parts])
        return facts_of_columns(columns, platform_of, position, n), unread

    def _fact(self, batch: pa.RecordBatch, one: AccountColumn) -> tuple[Floats, int]:
        of_type = ACCOUNT_FIELDS[one.fact]
        array = batch.column(one.column)
        if of_type == "truth":
            return truths_of(array)
        if of_type == "date":
            return _ages_of(array, self.as_of)
        values = self.values(batch, [one.column])[one.column]
        # A screen that uses the column may allow what no count can be.
        negative = values < 0
        if not negative.any():
            return values, 0
        return np.where(negative, np.nan, values), int(np.count_nonzero(negative))


def truths_of(array: pa.Array) -> tuple[Floats, int]:
    """Yes as 1 and no as 0, NaN where missing; and how many cells say neither."""
    if pa.types.is_boolean(array.type):
        return np.asarray(pc.cast(array, pa.float64()).to_numpy(zero_copy_only=False)), 0
    if kind_of(array.type) == "number":
        values = pc.cast(array, pa.float64()).to_numpy(zero_copy_only=False)
        known = (values == 0.0) | (values == 1.0)
        strange = int(np.count_nonzero(~known & ~np.isnan(values)))
        return np.where(known, values, np.nan), strange
    codes, texts = coded(array)
    read, unread = read_truths(pd.Series(texts, dtype=object))
    return read[codes], int(np.count_nonzero(unread[codes]))


def _ages_of(array: pa.Array, as_of: dt.date | None) -> tuple[Floats, int]:
    """Age in days of accounts created at these dates; and how many cells are no date."""
    if as_of is None:
        return np.full(len(array), np.nan), 0
    if kind_of(array.type) in ("text", "number"):
        texts = pd.Series(pc.cast(array, pa.string()).to_pylist(), dtype="str")
        when = pd.to_datetime(texts, errors="coerce", utc=True, format="ISO8601")
        return age_in_days(when, as_of), int((when.isna() & texts.notna()).sum())
    when = pd.Series(pc.cast(array, pa.timestamp("us", tz="UTC"), safe=False).to_pandas())
    return age_in_days(when, as_of), 0


def columns_of_interest(
    columns: Sequence[str], as_of: dt.date | None = None, catalogue: Catalogue | None = None
) -> list[str]:
    """Which columns may be looked at, by their names alone."""
    catalogue = catalogue or load_catalogue()
    roles = {name: _role(name, catalogue, as_of) for name in columns}
    return [name for name, role in roles.items() if role]


def profile_of(
    schema: pa.Schema,
    as_of: dt.date | None = None,
    catalogue: Catalogue | None = None,
    leave_out: Iterable[str] = (),
) -> Profile:
    """The columns of a table that detectors look at.

    Parameters
    ----------
    schema : Schema
    as_of : date, optional
    catalogue : Catalogue, optional
    leave_out : iterable of str
        Columns that are something else: groups, codes.
    """
    catalogue, left_out = catalogue or load_catalogue(), set(leave_out)
    about: dict[str, Signal] = {}
    accounts, issues = [], []
    for field in schema:
        role = None if field.name in left_out else _role(field.name, catalogue, as_of)
        if role is None:
            continue
        fact = role.target if role.name == "account" else role.account
        if role.name == "account" and fact and ACCOUNT_FIELDS[fact] not in _NUMERIC:
            accounts.append(AccountColumn(field.name, fact, role.platform or ""))
            continue
        if kind_of(field.type) not in ("number", "nothing"):
            issues.append(
                Issue(
                    "warning",
                    f"'{field.name}' holds {field.type}, not numbers, and was not looked at.",
                    column=field.name,
                )
            )
            continue
        about[field.name] = _signal(field.name, role, fact, catalogue)
        if fact:
            accounts.append(AccountColumn(field.name, fact, role.platform or ""))
    return Profile(SignalColumns(about), tuple(accounts), as_of, tuple(issues))


def _role(column: str, catalogue: Catalogue, as_of: dt.date | None) -> ColumnRole | None:
    """What a column of this name is to a detector, or None."""
    if is_id_name(column):
        return None
    role = guessed(_NUMBER, column, "candidates", False, None, catalogue).role
    if role.name == "account" and role.target == "created" and as_of is None:
        return None
    return role if role.name in ("score", "evidence", "account") else None


def _signal(column: str, role: ColumnRole, fact: str | None, catalogue: Catalogue) -> Signal:
    if role.name == "account":
        signal = Signal(column, shown_name(column), "fact")
    else:
        signal = named_signal(column, "score" if role.name == "score" else "evidence", catalogue)
    if fact is None:
        return signal
    high = 100.0 if ACCOUNT_FIELDS.get(fact) == "share" else signal.high
    return replace(signal, low=0.0 if signal.low is None else signal.low, high=high)


def unread_issues(unread: Mapping[tuple[str, str], int]) -> list[Issue]:
    """Cells that could not be read, in words."""
    return [
        Issue(
            "warning",
            f"{shown_name(column)}: cells set aside as missing because they are "
            f"{UNREAD[of_type]}: {count:,}.",
            column=column,
        )
        for (column, of_type), count in sorted(unread.items())
    ]
