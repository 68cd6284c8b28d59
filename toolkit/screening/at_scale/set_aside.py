"""Values that no signal can have: how many of them, in which columns and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from toolkit.engine.engine import Engine
from toolkit.engine.listing import named
from toolkit.intake.arrow_numbers import INFINITE, OFF_SCALE, TOO_LARGE, numbers_of
from toolkit.intake.issue import Issue
from toolkit.screening.at_scale.columns import SignalColumns

_FAULTS = {
    INFINITE: "infinite",
    OFF_SCALE: "outside the scale",
    TOO_LARGE: "larger than a signal can hold",
}
#: A signal and what is wrong with some of its values.
Fault = tuple[str, str]


@dataclass(frozen=True, eq=False)
class _Faults:
    counts: Mapping[Fault, int]

    def __add__(self, other: _Faults) -> _Faults:
        return _Faults(Counter(self.counts) + Counter(other.counts))


@dataclass(frozen=True)
class CountFaults:
    """Counts the values of a batch that no such signal can have.

    Parameters
    ----------
    columns : SignalColumns
    """

    columns: SignalColumns

    def __call__(self, batch: pa.RecordBatch) -> _Faults | None:
        counts = {
            (name, fault): count
            for name, signal in self.columns.about.items()
            for fault, count in numbers_of(batch.column(name), signal).set_aside.items()
        }
        return _Faults(counts) if counts else None


def values_set_aside(engine: Engine, columns: SignalColumns) -> tuple[Issue, ...]:
    """Look once more at columns that have such values, and say where they are.

    Parameters
    ----------
    engine : Engine
    columns : SignalColumns
        Those in which some were found.
    """
    found = engine.add_up_by_file(columns.names, CountFaults(columns))
    by_fault: dict[Fault, dict[str, int]] = {}
    for file, faults in found.items():
        for fault, count in faults.counts.items():
            by_fault.setdefault(fault, {})[file] = count
    return tuple(
        Issue(
            "warning",
            f"{columns.about[name].label}: values set aside as missing because they are "
            f"{_FAULTS[fault]}: {sum(files.values()):,}{_within(files)}.",
            column=name,
        )
        for (name, fault), files in sorted(by_fault.items())
    )


def _within(files: Mapping[str, int]) -> str:
    known = [f"{file}: {count:,}" for file, count in sorted(files.items()) if file]
    return f" ({named(known, 'files')})" if known else ""
