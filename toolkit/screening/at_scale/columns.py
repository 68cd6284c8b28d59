"""Which columns of a table a screen reads, and how a batch becomes integer columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from toolkit.arrays import Ints
from toolkit.engine.counting import coded
from toolkit.errors import ScreenError, UnknownName
from toolkit.intake.arrow_numbers import numbers_of
from toolkit.intake.cohort import Signal
from toolkit.intake.column_role import ColumnRole, forbidden
from toolkit.intake.fixed_column import FixedColumn
from toolkit.intake.from_frame import named_signal
from toolkit.intake.protected import is_group_name
from toolkit.scores.catalogue import Catalogue
from toolkit.screening.screen import Screen

#: Combinations of groups that are told apart; more are rather a code than a group.
MOST_CELLS = 2**14


@dataclass(frozen=True)
class SignalColumns:
    """The signals of a table, and the decimals they are held with once these are known.

    Parameters
    ----------
    about : mapping of str to Signal
        By column.
    checked : frozenset of str
        Columns of which no value has to be set aside.
    rounded : frozenset of str
        Columns of which it is known that no more decimals fit, or none is needed: values are
        rounded to those that they are held with.
    """

    about: Mapping[str, Signal]
    checked: frozenset[str] = frozenset()
    rounded: frozenset[str] = frozenset()

    @property
    def names(self) -> list[str]:
        return list(self.about)

    def fixed(self, batch: pa.RecordBatch) -> dict[str, FixedColumn]:
        """Every signal of a batch as exact integers."""
        return {
            name: numbers_of(batch.column(name), signal, checked=name in self.checked).fixed(
                signal.decimals
            )
            for name, signal in self.about.items()
        }


def signal_columns(
    schema: pa.Schema,
    screen: Screen,
    others: Sequence[str] = (),
    catalogue: Catalogue | None = None,
) -> SignalColumns:
    """The signals of a screen, and others that are asked for, among the columns of a table.

    Raises
    ------
    UnknownName
        If there is no such column.
    ScreenError
        If a column may not enter a screen, or does not hold numbers.
    """
    about: dict[str, Signal] = {}
    for name in dict.fromkeys([*screen.signals, *others]):
        if name not in schema.names:
            known = [n for n in schema.names if not is_group_name(n)]
            raise UnknownName("column", name, known, f"the rows (screen '{screen.name}')")
        signal = named_signal(name, None, catalogue)
        why_not = forbidden(ColumnRole(signal.role), name)
        if why_not:
            raise ScreenError(f"The screen '{screen.name}': column {why_not}")
        kind = schema.field(name).type
        if not (
            pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
        ):
            raise ScreenError(
                f"The screen '{screen.name}' uses '{name}', which holds {kind}, not numbers. "
                "Write the column as numbers, or take it out of the screen."
            )
        about[name] = signal
    return SignalColumns(about)


@dataclass(frozen=True)
class Cells:
    """Combinations of the values of some text columns, numbered.

    Parameters
    ----------
    columns : tuple of str
    members : tuple of tuple of (str or None)
        The combinations in the order of their numbers.
    """

    columns: tuple[str, ...] = ()
    members: tuple[tuple[str | None, ...], ...] = ((),)
    _places: Mapping[str, Mapping[str | None, int]] = field(default_factory=dict, repr=False)
    _number: Ints = field(default_factory=lambda: np.zeros(1, dtype=np.int64), repr=False)

    @classmethod
    def of(cls, columns: Sequence[str], members: Sequence[tuple[str | None, ...]]) -> Cells:
        """Number these combinations."""
        members = sorted(members, key=lambda row: tuple((v is None, v or "") for v in row))
        places = {
            name: {v: i for i, v in enumerate(dict.fromkeys(row[at] for row in members))}
            for at, name in enumerate(columns)
        }
        sizes = [len(known) for known in places.values()]
        number = np.full(int(np.prod(sizes, dtype=np.int64)), -1, dtype=np.int64)
        for i, row in enumerate(members):
            key = 0
            for name, value in zip(columns, row, strict=True):
                key = key * len(places[name]) + places[name][value]
            number[key] = i
        return cls(tuple(columns), tuple(members), places, number)

    def __len__(self) -> int:
        return len(self.members)

    def counts(self, of_members: Mapping[tuple[str | None, ...], int]) -> Ints:
        """Counts of combinations in the order of their numbers."""
        return np.array([of_members.get(row, 0) for row in self.members], dtype=np.int64)

    def of_rows(self, batch: pa.RecordBatch) -> Ints:
        """The number of each row's combination."""
        if not self.columns:
            return np.zeros(batch.num_rows, dtype=np.int64)
        key: Ints | None = None
        for name in self.columns:
            codes, values = coded(batch.column(name))
            known = self._places[name]
            place = np.array([known[value] for value in values], dtype=np.int64)[codes]
            key = place if key is None else key * len(known) + place
        assert key is not None
        return self._number[key]
