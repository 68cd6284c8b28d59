"""What a person decided about a candidate, and why where it differs from the computed order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from toolkit.errors import InputError, did_you_mean
from toolkit.intake.kinds import is_id_name
from toolkit.intake.problem_cells import shown
from toolkit.intake.raw_table import RawTable
from toolkit.intake.raw_tables import raw_tables

Choice = Literal["take forward", "hold", "do not take forward"]
CHOICES: tuple[Choice, ...] = get_args(Choice)

#: Other words for the same, as they stand in people's files.
_SAME: Mapping[str, Choice] = {
    "yes": "take forward",
    "true": "take forward",
    "1": "take forward",
    "1.0": "take forward",
    "selected": "take forward",
    "taken forward": "take forward",
    "no": "do not take forward",
    "false": "do not take forward",
    "0": "do not take forward",
    "0.0": "do not take forward",
    "not selected": "do not take forward",
    "not taken forward": "do not take forward",
}
_COLUMNS = {
    "choice": ("decision", "choice", "decided"),
    "reason": ("reason", "override_reason", "override reason"),
    "by": ("by", "decided_by", "decided by", "person"),
    "on": ("on", "date", "decided_on", "decided on"),
}


@dataclass(frozen=True)
class PersonDecision:
    """What a person decided about one candidate.

    Parameters
    ----------
    candidate_id : str
    choice : {"take forward", "hold", "do not take forward"}
    reason : str
        Why it differs from the computed order, where it does.
    by : str
        Who decided.
    on : date, optional
    follows : {"", "ranking"}
        The rule other than the screen that proposed it, where it follows one.
    """

    candidate_id: str
    choice: Choice
    reason: str = ""
    by: str = ""
    on: dt.date | None = None
    follows: Literal["", "ranking"] = ""

    @property
    def unreasoned(self) -> bool:
        """Whether nothing says why it was decided so: neither a reason nor a ranking."""
        return not (self.reason.strip() or self.follows)

    def overrides(self, selected: bool) -> bool:
        """Whether it differs from the screen's decision; who is held is not taken forward."""
        return (self.choice == "take forward") != selected


def taken_forward(
    codes: Sequence[str], selected: Sequence[bool], people: Mapping[str, PersonDecision]
) -> tuple[str, ...]:
    """Who is taken forward: as people decided, and by the screen where nobody has.

    Parameters
    ----------
    codes : sequence of str
    selected : sequence of bool
        By the screen, in the same order.
    people : mapping of str to PersonDecision

    Examples
    --------
    >>> taken_forward(["a", "b"], [True, True], {"b": PersonDecision("b", "hold")})
    ('a',)
    """
    return tuple(
        code
        for code, by_screen in zip(codes, selected, strict=True)
        if (people[code].choice == "take forward" if code in people else by_screen)
    )


def read_decisions(path: str | Path, known: Sequence[str]) -> dict[str, PersonDecision]:
    """Read a table of decisions: a row a candidate with code, decision, reason, by and date.

    Parameters
    ----------
    path : str or Path
    known : sequence of str
        Codes of the candidates.

    Returns
    -------
    dict of str to PersonDecision
        By candidate, in the order of the file.

    Raises
    ------
    InputError
        If a column is missing, a decision is none of the three, or a candidate is not known or
        stands there twice.
    """
    tables = raw_tables(path)
    if len(tables) != 1:
        raise InputError(f"{path} holds {len(tables)} tables. Give one table of decisions.")
    return decisions_in(tables[0], known)


def decisions_in(table: RawTable, known: Sequence[str]) -> dict[str, PersonDecision]:
    """The decisions of one table; raises as `read_decisions`."""
    columns = [str(column) for column in table.frame.columns]
    code = next((name for name in columns if is_id_name(name)), None)
    named = {field: _column(columns, names) for field, names in _COLUMNS.items()}
    if code is None or named["choice"] is None:
        missing = "candidate_id" if code is None else "decision"
        raise InputError(
            f"{table.name} has no column '{missing}'. Its columns: {', '.join(columns)}."
        )
    everyone = set(known)
    found: dict[str, PersonDecision] = {}
    for row, record in zip(table.rows.tolist(), table.frame.to_dict("records"), strict=True):
        place = f"{table.name}, row {row}"
        cells = {
            field: "" if name is None or _absent(record[name]) else str(record[name]).strip()
            for field, name in {"code": code, **named}.items()
        }
        candidate = cells["code"]
        if candidate not in everyone:
            raise InputError(
                f"{place}: there is no candidate '{candidate}'. {did_you_mean(candidate, known)}"
            )
        if candidate in found:
            raise InputError(f"{place}: {candidate} has a decision already. Keep one of the two.")
        found[candidate] = PersonDecision(
            candidate,
            _choice(cells["choice"], place),
            cells["reason"],
            cells["by"],
            _day(cells["on"], place),
        )
    return found


def _column(columns: Sequence[str], names: Sequence[str]) -> str | None:
    return next((column for column in columns if column.strip().casefold() in names), None)


def _absent(value: object) -> bool:
    return value is None or value != value


def _choice(text: str, place: str) -> Choice:
    plain = text.casefold()
    for choice in CHOICES:
        if plain == choice:
            return choice
    if plain in _SAME:
        return _SAME[plain]
    raise InputError(f"{place}: the decision is {shown(text)}. Write {', '.join(CHOICES)}.")


def _day(text: str, place: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        raise InputError(
            f"{place}: the date is {shown(text)}. Write it like 2026-11-22, or leave it empty."
        ) from None
