"""The columns of one table with their types, each under the role it has."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from toolkit.intake.cohort import Role, Signal
from toolkit.intake.column_role import ColumnRole
from toolkit.intake.group_values import group_column
from toolkit.intake.issue import Issue
from toolkit.intake.kinds import ACCOUNT_FIELDS, KINDS, FieldType
from toolkit.intake.plain_name import plain_name, shown_name
from toolkit.intake.scale_check import Rule, count_rule, score_rule, set_aside, share_rule
from toolkit.intake.typed_column import (
    Place,
    date_column,
    number_column,
    perhaps_fractions,
    truth_column,
)
from toolkit.scores.catalogue import Catalogue


@dataclass
class TypedColumns:
    """Columns as they are gathered, by role and name.

    Parameters
    ----------
    cells : dict of (role, name) to Series
        ``("signal", "klout")``, ``("text", "city")``, ``("group", "sex")``,
        ``("outcome", "tenure")``, ``("field", "value")``, ``("name", "first")``,
        ``("account@twitter", "followers")``.
    about : dict of str to Signal
    columns : dict of str to str
        Signal → the column it stood in.
    rules : dict of (role, name) to Rule
        What numbers must be.
    same : dict of (role, name) to (role, name)
        Account facts that are signals too.
    issues : list of Issue
    reserved : set of str
        Keys of scores that columns of the table are; no other column gets such a name.
    """

    cells: dict[tuple[str, str], pd.Series] = field(default_factory=dict)
    about: dict[str, Signal] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    rules: dict[tuple[str, str], Rule] = field(default_factory=dict)
    same: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    reserved: frozenset[str] = frozenset()

    def part(self, role: str, index: pd.Index) -> pd.DataFrame:
        """The columns of one role, in the order of the file."""
        return pd.DataFrame(
            {name: cells for (of, name), cells in self.cells.items() if of == role}, index=index
        )

    def platforms(self) -> list[str]:
        """Roles of account facts: ``"account"`` or ``"account@…"``."""
        roles = [role for role, _ in self.cells if role.partition("@")[0] == "account"]
        return list(dict.fromkeys(roles))

    def take(
        self,
        cells: pd.Series,
        column: str,
        role: ColumnRole,
        kind: str,
        place: Place,
        catalogue: Catalogue,
    ) -> None:
        """Type one column and put it under its role."""
        at = place.at(column)
        match role.name:
            case "score" | "evidence" | "fact":
                self._take_signal(cells, column, role, at, catalogue)
            case "text":
                self.cells["text", column] = cells
            case "name":
                self.cells["name", role.target or "full"] = cells
            case "group":
                self.cells["group", column], issues = group_column(cells, at)
                self.issues += issues
            case "outcome":
                self._take_typed(("outcome", column), cells, "number", at)
            case "account" if role.target:
                key = (_account(role.platform), role.target)
                self._take_typed(key, cells, ACCOUNT_FIELDS[role.target], at, past=True)
            case "field" if role.target:
                key = ("field", role.target)
                # Ratings and outcomes may be due; what was measured cannot be.
                past = kind in ("scores", "score_history", "accounts", "followers")
                self._take_typed(key, cells, KINDS[kind].fields[role.target], at, past=past)
            case _:
                pass

    def check(self, index: pd.Index, place: Place) -> None:
        """Set aside the numbers that their column cannot have."""
        numbers = {key: c for key, c in self.cells.items() if c.dtype == np.float64}
        labels = {str(i): key for i, key in enumerate(numbers)}
        frame = pd.DataFrame(
            {label: numbers[key] for label, key in labels.items()}, index=index, dtype=np.float64
        )
        rules = {label: self.rules[key] for label, key in labels.items()}
        checked, issues = set_aside(frame, rules, place.file, place.sheet)
        self.issues += issues
        for label, key in labels.items():
            self.cells[key] = checked[label]
        for key, other in self.same.items():
            self.cells[key] = self.cells[other]

    def leave_behind(self, kind: str, place: Place) -> list[Issue]:
        """Drop columns about candidates from a table with several rows for each.

        Numbers about sampled followers stay, as facts of the followers.
        """
        if kind == "followers":
            for name in list(self.about):
                self.cells["field", name] = self.cells["signal", name]
        told = {"signal", "outcome", "group", *self.platforms()}
        left = [
            self.columns.get(name, name)
            for role, name in self.cells
            if role in told and not (kind == "followers" and role == "signal")
        ]
        self.about.clear()
        self.columns.clear()
        self.cells = {
            key: cells for key, cells in self.cells.items() if key[0] in ("field", "name")
        }
        if not left:
            return []
        quoted = ", ".join(f"'{name}'" for name in left)
        return [
            place.issue(
                "warning",
                f"Columns that say something about a candidate stand in a table of {kind}, with "
                f"several rows for each ({quoted}): not read. Put them into the table of "
                "candidates.",
            )
        ]

    def _take_signal(
        self, cells: pd.Series, column: str, role: ColumnRole, at: Place, catalogue: Catalogue
    ) -> None:
        score = catalogue[role.target] if role.name == "score" and role.target else None
        plain = plain_name(column) or column
        name = score.key if score else self._free(plain)
        roles: dict[str, Role] = {"score": "score", "evidence": "evidence"}
        signal = Signal(
            name,
            score.label if score else shown_name(column),
            roles.get(role.name, "fact"),
            score.low if score else None,
            score.high if score else None,
        )
        values, issues = number_column(cells, at, score.levels if score else ())
        self.issues += issues
        self.cells["signal", name] = pd.Series(values, cells.index)
        is_count = role.account is not None and ACCOUNT_FIELDS[role.account] == "count"
        self.rules["signal", name] = count_rule(column) if is_count else score_rule(column, signal)
        self.about[name], self.columns[name] = signal, column
        if role.account:
            self.same[_account(role.platform), role.account] = ("signal", name)

    def _take_typed(
        self,
        key: tuple[str, str],
        cells: pd.Series,
        of_type: FieldType,
        at: Place,
        *,
        past: bool = False,
    ) -> None:
        """A column of a declared type; of numbers, the rule is noted for `check`."""
        if of_type == "text":
            self.cells[key] = cells
        elif of_type == "date":
            days, issues = date_column(cells, at, past=past)
            self.issues += issues
            self.cells[key] = pd.Series(days.astype("datetime64[s]"), cells.index)
        elif of_type == "truth":
            values, issues = truth_column(cells, at)
            self.issues += issues
            truth = pd.Series(values, cells.index).astype(object)
            self.cells[key] = truth.map({1.0: True, 0.0: False})
        else:
            numbers, issues = number_column(cells, at)
            self.issues += issues
            self.cells[key] = pd.Series(numbers, cells.index)
            column = at.column or key[1]
            rule = {"count": count_rule, "share": share_rule}.get(of_type)
            self.rules[key] = rule(column) if rule else Rule(column, "", "")
            if of_type == "share":
                self.issues += perhaps_fractions(cells, numbers, at)

    def _free(self, plain: str) -> str:
        """A signal name that is not taken."""
        taken = self.reserved | {name for of, name in self.cells if of == "signal"}
        name, number = plain, 2
        while name in taken:
            name, number = f"{plain}_{number}", number + 1
        return name


def _account(platform: str | None) -> str:
    return f"account@{platform}" if platform else "account"
