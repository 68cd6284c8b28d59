"""Long tables of scores, tasks and ratings → one signal a score, task or criterion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.errors import did_you_mean
from toolkit.intake.cohort import Role, Signal
from toolkit.intake.issue import Issue
from toolkit.intake.merge import Part
from toolkit.intake.plain_name import plain_name, shown_name
from toolkit.intake.problem_cells import counted, row_list
from toolkit.intake.scale_check import Rule, score_rule, set_aside
from toolkit.intake.typed_table import TypedTable
from toolkit.scores.catalogue import Catalogue

#: Means are kept to this many decimals, so that they can be held exactly.
DECIMALS_OF_MEANS = 6


@dataclass(frozen=True, eq=False)
class LongSignals:
    """Signals of one long table.

    Parameters
    ----------
    part : Part
        One row a candidate, one column a signal; rows are the first row of each candidate.
    about : mapping of str to Signal
    history : DataFrame
        Earlier dated values: ``candidate_id, score, date, value``.
    issues : tuple of Issue
    """

    part: Part
    about: dict[str, Signal]
    history: pd.DataFrame
    issues: tuple[Issue, ...]


def long_signals(table: TypedTable, catalogue: Catalogue) -> LongSignals:
    """Spread a table of scores, tasks or ratings.

    Of several dated values of one score the newest is the signal; the others go to the score
    history. Ratings are averaged over reviewers, to `DECIMALS_OF_MEANS` decimals.

    Parameters
    ----------
    table : TypedTable
        Of kind ``scores``, ``tasks`` or ``ratings``; every row has a code.
    catalogue : Catalogue
    """
    naming, valued = {
        "scores": ("score", "value"),
        "tasks": ("task", "result"),
        "ratings": ("criterion", "rating"),
    }[table.kind]
    fields = table.fields
    issues: list[Issue] = []
    unnamed = fields[naming].isna().to_numpy(dtype=np.bool_)
    if unnamed.any():
        rows = fields.index.to_numpy(dtype=np.int64)[unnamed]
        issues.append(
            table.place.about_rows(
                "warning",
                f"Which {naming} a row is about is not said: {row_list(rows)}, set aside. Fill in "
                "the cells.",
                rows,
            )
        )
    long = pd.DataFrame({"code": table.codes, "name": fields[naming], "value": fields[valued]})[
        ~unnamed
    ]
    about, renamed, more = _signals(table, long["name"], naming, catalogue)
    issues += more
    long["name"] = long["name"].map(renamed)
    history = pd.DataFrame(columns=["candidate_id", "score", "date", "value"])
    if table.kind == "ratings":
        wide = long.groupby(["code", "name"], sort=False)["value"].mean().unstack()
        wide = wide.round(DECIMALS_OF_MEANS)
        if long.duplicated(["code", "name"]).any():
            issues.append(
                table.place.issue(
                    "note",
                    "Ratings of the same criterion were averaged over reviewers, to "
                    f"{DECIMALS_OF_MEANS} decimals.",
                )
            )
    else:
        if "date" in fields:
            long["date"] = fields["date"]
            long, history, more = _newest(long, table)
            issues += more
        else:
            long, more = _first(long, table)
            issues += more
        wide = long.set_index(["code", "name"])["value"].unstack()
    order = list(dict.fromkeys(renamed.values()))
    wide = wide.reindex(columns=order)
    first_rows = pd.Series(long.index, index=long["code"]).groupby(level=0, sort=False).first()
    wide = wide.reindex(first_rows.index).set_axis(pd.Index(first_rows), axis=0)
    rules: dict[str, Rule] = {name: score_rule(name, signal) for name, signal in about.items()}
    checked, more = set_aside(wide.astype(np.float64), rules, table.place.file, table.place.sheet)
    codes = pd.Series(first_rows.index, index=checked.index, dtype="str")
    return LongSignals(Part(checked, codes, table.place), about, history, (*issues, *more))


def _signals(
    table: TypedTable, names: pd.Series, naming: str, catalogue: Catalogue
) -> tuple[dict[str, Signal], dict[str, str], list[Issue]]:
    """What is known of each name, and the signal it becomes."""
    about: dict[str, Signal] = {}
    renamed: dict[str, str] = {}
    issues: list[Issue] = []
    role: Role = "score" if table.kind == "scores" else "evidence"
    for name in names.unique().tolist():
        score = catalogue.recognise(name) if role == "score" else None
        plain = plain_name(name) or name
        if role == "evidence" and table.kind == "tasks" and "task" not in plain.split("_"):
            plain = f"task_{plain}"
        key = score.key if score else plain
        renamed[name] = key
        if score is None and role == "score":
            close = catalogue.suggest(name)
            hint = did_you_mean(name, close) if close else "Add it to your scores to give it one."
            issues.append(
                table.place.at(naming).issue(
                    "warning",
                    f"The catalogue has no score '{name}', so its scale was not checked. {hint}",
                )
            )
        about.setdefault(
            key,
            Signal(
                key,
                score.label if score else shown_name(name),
                role,
                score.low if score else None,
                score.high if score else None,
            ),
        )
    return about, renamed, issues


def _newest(
    long: pd.DataFrame, table: TypedTable
) -> tuple[pd.DataFrame, pd.DataFrame, list[Issue]]:
    """The newest value of each score, and the earlier ones as history."""
    ordered = long.sort_values("date", kind="stable", na_position="first")
    newest = ~ordered.duplicated(["code", "name"], keep="last")
    kept = long.loc[newest[newest].index.sort_values()]
    earlier = long.drop(index=kept.index)
    history = pd.DataFrame(
        {
            "candidate_id": earlier["code"],
            "score": earlier["name"],
            "date": earlier["date"],
            "value": earlier["value"],
        }
    )
    if not len(earlier):
        return kept, history, []
    return (
        kept,
        history,
        [
            table.place.about_rows(
                "note",
                "Of several dated values of one score the newest was taken as the signal; "
                f"{counted(len(earlier), 'earlier value')} went to the score history.",
                earlier.index.to_numpy(dtype=np.int64),
            )
        ],
    )


def _first(long: pd.DataFrame, table: TypedTable) -> tuple[pd.DataFrame, list[Issue]]:
    """The first value of each name; two spellings of one name can repeat it."""
    again = long.duplicated(["code", "name"]).to_numpy(dtype=np.bool_)
    if not again.any():
        return long, []
    rows = long.index.to_numpy(dtype=np.int64)[again]
    return long[~again], [
        table.place.about_rows(
            "warning",
            "The same score of the same candidate under another spelling: "
            f"{row_list(rows)}, set aside.",
            rows,
        )
    ]
