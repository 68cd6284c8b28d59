"""Rows on the command line that an engine goes through."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from toolkit.cli.output import Answer
from toolkit.cli.progress import progress, share_of
from toolkit.errors import InputError, UnreadableFile
from toolkit.intake.issue import Issue

if TYPE_CHECKING:
    from toolkit.engine.engine import Engine
    from toolkit.engine.query import Query

T = TypeVar("T")
#: What was noticed in files is said one by one up to so many.
_SAID = 20


@dataclass(frozen=True)
class Rows:
    """Rows that an engine goes through.

    Parameters
    ----------
    where : str or Query
        A file, a folder, a pattern, an address, the name of a table, or a query.
    engine : str or None
        By the number of rows where None.
    set_aside : bool
        Whether what has a fault is left out instead of refusing all.
    master : str or None
    trust_codes : bool
        Whether codes are not compared.
    left_out : mapping of str to str
        Files that turned out to be damaged, with what was said of them.
    noticed : list of Issue
        What was set aside or noted so far.
    """

    where: str | Query
    engine: str | None
    set_aside: bool
    master: str | None
    trust_codes: bool = False
    left_out: Mapping[str, str] = field(default_factory=dict)
    noticed: list[Issue] = field(default_factory=list)

    def opened(
        self, columns: Sequence[str], coded: Sequence[str] = (), *, codes: Sequence[str] = ()
    ) -> Engine:
        """An engine over the rows; what was noticed goes to standard error.

        Parameters
        ----------
        columns : sequence of str
            What will be looked at.
        coded : sequence of str
            Those of them that hold a few different texts each.
        codes : sequence of str
            The column of codes, none of which may stand twice; empty where there is none.

        Raises
        ------
        InputError, UnknownName
            If the rows cannot be used.
        """
        from toolkit.engine.choose import engine_over
        from toolkit.engine.repeated import distinct

        engine, issues = engine_over(
            self.where,
            list(dict.fromkeys([*codes, *columns])),
            coded=coded,
            name=self.engine,
            set_aside=self.set_aside,
            master=self.master,
            left_out=self.left_out,
        )
        self.say(issues)
        if self.engine is None:
            said = f"{engine.count():,} rows from {self.where}, so the engine is {engine.name}."
            print(f"cloutproof: {said}", file=sys.stderr)
        for column in codes if not self.trust_codes else ():
            with progress("Comparing codes") as step:
                engine, repeated = distinct(
                    engine, column, set_aside=self.set_aside, progress=share_of(step)
                )
            self.say(repeated)
        return engine

    def codes(self, id_column: str, *, needed: bool = False) -> list[str]:
        """The column of codes, where the rows have it or it has to be there."""
        return [id_column] if needed or self.has(id_column) else []

    def has(self, column: str) -> bool:
        """Whether the rows have a column."""
        from toolkit.engine.choose import columns_of

        return column in columns_of(self.where, self.engine, self.master)

    def looks(self, codes: Sequence[str]) -> list[str]:
        """The passes of `opened`, for `--explain`."""
        looks = [] if isinstance(self.where, str) else ["what the query asks, once"]
        if codes and not self.trust_codes:
            looks.append(f"every {codes[0]} once, to see whether one stands in several rows")
        return looks

    def accept(self, issues: Sequence[Issue]) -> None:
        """Go on where values had to be set aside, if that was chosen.

        Raises
        ------
        InputError
            If it was not.
        """
        if issues and not self.set_aside:
            said = " ".join(str(issue) for issue in issues)
            raise InputError(f"{said} Correct them, or accept that with --set-aside.")

    def tried(self, ask: Callable[[Rows], T]) -> T:
        """Ask, and again without a file that turns out to be damaged, if that was chosen.

        Raises
        ------
        InputError
            If it was not.
        """
        rows = self
        while True:
            try:
                return ask(rows)
            except UnreadableFile as error:
                if error.file is None or error.file in rows.left_out:
                    raise
                if not self.set_aside:
                    raise InputError(f"{error} To go on without it, add --set-aside.") from error
                print(f"cloutproof: {error} All begins again without it.", file=sys.stderr)
                left_out = {**rows.left_out, error.file: str(error)}
                rows = replace(rows, left_out=left_out, noticed=[])

    def told(self, answer: Answer) -> Answer:
        """The answer, its JSON with all that was set aside."""
        before = [issue.to_dict() for issue in self.noticed]
        if not before:
            return answer
        own = answer.data.get("set_aside", [])
        assert isinstance(own, list)
        return replace(answer, data=answer.data | {"set_aside": [*before, *own]})

    def say(self, issues: Sequence[Issue]) -> None:
        """Say on standard error what was noticed, and keep it for the answer."""
        self.noticed.extend(issues)
        for issue in issues[:_SAID]:
            print(f"cloutproof: {issue}", file=sys.stderr)
        if (more := len(issues) - _SAID) > 0:
            print(f"cloutproof: and {more:,} more such messages.", file=sys.stderr)


def rows_of(
    files: Sequence[Path] | None,
    engine: str | None,
    *,
    set_aside: bool,
    master: str | None,
    sql: str | None = None,
    trust_codes: bool = False,
) -> Rows | None:
    """The rows for an engine; None where the files are for the usual reading.

    Parquet files with more rows than memory is good for, and queries, get an engine without
    being asked, which is said on standard error.

    Raises
    ------
    InputError
        If several places are named for an engine, or options of one are given without it.
    """
    from toolkit.engine.choose import IN_MEMORY, NAMES, rows_in_footers
    from toolkit.engine.listing import address

    if engine is not None and engine not in NAMES:
        raise InputError(f"'{engine}' is no engine. Choose one of {', '.join(NAMES)}.")
    query = _query(files or (), sql)
    if query is not None:
        return Rows(query, engine, set_aside, master, trust_codes)
    if not files:
        raise InputError("Name a file or folder, or a query with --sql.")
    places = [address(file) for file in files]
    if engine is None:
        if len(places) == 1 and (count := rows_in_footers(places[0])) > IN_MEMORY:
            print(f"cloutproof: {count:,} rows, so the engine is arrow.", file=sys.stderr)
            return Rows(places[0], "arrow", set_aside, master, trust_codes)
        if master is not None or set_aside or trust_codes:
            raise InputError(
                "--set-aside, --trust-codes and --master belong to an engine: add --engine."
            )
        return None
    if len(places) != 1:
        raise InputError("Name one folder, file or pattern (in quotes) of Parquet for --engine.")
    return Rows(places[0], engine, set_aside, master, trust_codes)


def _query(files: Sequence[Path], sql: str | None) -> Query | None:
    """The query, from `--sql` or a file of SQL."""
    from toolkit.engine.query import Query

    written = [file for file in files if file.suffix.casefold() == ".sql"]
    if sql is not None:
        if len(files) > 1 or written:
            raise InputError(
                "--sql names its files in the query: leave out FILE, or name one database."
            )
        return Query(sql, database=files[0] if files else None)
    if not written:
        return None
    if len(files) > 1:
        raise InputError(f"{written[0]}: name the query alone; it names its files itself.")
    try:
        return Query(written[0].read_text(encoding="utf-8"), str(written[0]))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{written[0]} cannot be read: {error}") from error
