"""What an engine is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, Self, TypeVar

import pyarrow as pa

from toolkit.progress import Progress


class Addable(Protocol):
    """A value that adds up over batches."""

    def __add__(self, other: Self, /) -> Self: ...


T = TypeVar("T", bound=Addable)
#: From a batch of rows to a value that adds up. It has to be picklable where an engine sends it
#: to other processes: a function of a module, or a frozen dataclass that can be called.
Kernel = Callable[[pa.RecordBatch], T]
#: From a batch of rows to rows that belong to it.
Rewriting = Callable[[pa.RecordBatch], pa.RecordBatch]


class Engine(Protocol):
    """Rows, and a way to go through them.

    Attributes
    ----------
    name : str
        ``"memory"``, ``"arrow"`` or ``"spark"``.
    schema : pyarrow.Schema
        Columns of the rows.
    """

    @property
    def name(self) -> str: ...
    @property
    def schema(self) -> pa.Schema: ...

    def count(self) -> int:
        """How many rows there are."""
        ...

    def some(self, columns: Sequence[str], rows: int) -> pa.RecordBatch | None:
        """About so many of the rows, from here and there; None where there are none.

        Which ones they are depends on how the rows are stored, so that no result may.
        """
        ...

    def reach(self, column: str) -> float | None:
        """A size that no value of a column exceeds, as is said without a look at the rows.

        A hint, on which no result may depend: what says so may be wrong. None where nothing does.
        """
        ...

    def add_up(
        self, columns: Sequence[str], kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        """The sum of what a kernel makes of each batch; None where there is no batch.

        Parameters
        ----------
        columns : sequence of str
            What the kernel looks at; nothing else is read.
        kernel : callable
        progress : callable, optional
            Told the share of the rows that are done.
        """
        ...

    def add_up_by_bucket(
        self,
        columns: Sequence[str],
        key: str,
        kernel: Kernel[T],
        progress: Progress | None = None,
    ) -> T | None:
        """The same with every row of one key in one batch, for what looks at them together.

        Parameters
        ----------
        columns : sequence of str
            What the kernel looks at, the key among it.
        key : str
            Rows with the same value of this column come in the same batch, which holds many
            keys.
        kernel, progress
            As in `add_up`.
        """
        ...

    def add_up_by_file(
        self,
        columns: Sequence[str],
        kernel: Callable[[pa.RecordBatch], T | None],
        progress: Progress | None = None,
    ) -> dict[str, T]:
        """The same for each file by itself, to say where something lies.

        Parameters
        ----------
        columns : sequence of str
        kernel : callable
            Returns None for a batch that has nothing of what is looked for.
        progress : callable, optional

        Returns
        -------
        dict
            By the file's name as the user knows it; files that have nothing are left out, and
            rows that come from no file are under an empty name.
        """
        ...

    def write(
        self,
        columns: Sequence[str],
        kernel: Rewriting,
        schema: pa.Schema,
        out: Path,
        plan: str,
        key: str | None = None,
        progress: Progress | None = None,
    ) -> int:
        """Write what a kernel makes of the rows as a folder of Parquet files.

        The folder appears when it is whole, and not before. A run that was cut short goes on
        where it stopped if it is started again with the same plan.

        Parameters
        ----------
        columns : sequence of str
        kernel : callable
            From a batch to the rows to write for it.
        schema : Schema
            Of what the kernel returns.
        out : Path
            A folder that does not exist yet.
        plan : str
            Says what is written, from what: another plan never goes on with these files.
        key : str, optional
            Where given, every row of one key comes in one batch, as in `add_up_by_bucket`.
        progress : callable, optional

        Returns
        -------
        int
            Rows written.

        Raises
        ------
        InputError
            If the folder exists.
        """
        ...


def asked(columns: Sequence[str], schema: pa.Schema) -> list[str]:
    """The columns to read, each once: at least one, since a batch without any has no rows."""
    return list(dict.fromkeys(columns)) or schema.names[:1]


def over(kernel: Kernel[T], batches: Iterator[pa.RecordBatch]) -> T | None:
    """The sum of what a kernel makes of batches; None where there is none.

    A kernel that goes through batches that follow each other more quickly than one by one has a
    method ``over`` of its own.
    """
    own: Callable[[Iterator[pa.RecordBatch]], T | None] | None = getattr(kernel, "over", None)
    return own(batches) if own else added(map(kernel, batches))


def rows_at_once(kernel: object, usual: int) -> int:
    """Most rows of a batch for this kernel.

    Usually those whose columns stay in the processor's cache. A kernel that would rather have
    more or fewer says so with a method ``rows_at_once``.
    """
    own: Callable[[int], int] | None = getattr(kernel, "rows_at_once", None)
    return own(usual) if own else usual


def added(totals: Iterator[T | None]) -> T | None:
    """The sum of all that is there."""
    whole: T | None = None
    for total in totals:
        if total is not None:
            whole = total if whole is None else whole + total
    return whole


def added_by_name(parts: Iterable[tuple[str, T | None]]) -> dict[str, T]:
    """The sum of what belongs to each name."""
    whole: dict[str, T] = {}
    for name, part in parts:
        if part is not None:
            whole[name] = whole[name] + part if name in whole else part
    return whole
