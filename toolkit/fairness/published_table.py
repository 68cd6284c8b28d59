"""A published table of rates and ratios, as it stands on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import pandas as pd

from toolkit.errors import CloutproofError, InputError, UnknownName
from toolkit.fairness.membership import UNKNOWN_WORDS
from toolkit.fairness.printed import Printed, printed
from toolkit.intake.plain_name import plain_name

Figure = Literal["n", "selected", "rate", "impact_ratio"]
RowKind = Literal["group", "total", "unknown"]
FIGURES: tuple[Figure, ...] = ("n", "selected", "rate", "impact_ratio")

#: Names under which published tables have each column, as plain names.
ALIASES: Mapping[str, frozenset[str]] = {
    "table": frozenset(
        {"table", "attribute", "dimension", "characteristic", "section", "table_name"}
    ),
    "job": frozenset({"job", "job_title", "position", "role", "requisition"}),
    "group": frozenset(
        {
            "group",
            "groups",
            "category",
            "categories",
            "subgroup",
            "sex",
            "gender",
            "race",
            "ethnicity",
            "race_ethnicity",
            "race_and_ethnicity",
            "sex_categories",
            "sex_category",
            "gender_categories",
            "race_categories",
            "race_ethnicity_categories",
            "race_ethnicity_category",
            "intersectional_categories",
            "demographic",
            "demographic_group",
            "age",
            "age_band",
            "label",
        }
    ),
    "n": frozenset(
        {
            "n",
            "total",
            "all",
            "applicants",
            "of_applicants",
            "number_of_applicants",
            "no_of_applicants",
            "num_applicants",
            "number_of_candidates",
            "of_candidates",
            "candidates",
            "people",
            "persons",
            "count",
            "counts",
            "number",
            "size",
            "sample_size",
            "assessed",
            "applied",
            "took",
            "tested",
        }
    ),
    "selected": frozenset(
        {
            "selected",
            "of_selected",
            "number_selected",
            "no_selected",
            "num_selected",
            "hired",
            "hires",
            "passed",
            "passes",
            "passing",
            "advanced",
            "promoted",
            "chosen",
            "above",
            "above_median",
            "above_the_median",
            "number_above_median",
            "of_above_median",
        }
    ),
    "rate": frozenset(
        {
            "rate",
            "selection_rate",
            "scoring_rate",
            "pass_rate",
            "passing_rate",
            "hire_rate",
            "hiring_rate",
            "success_rate",
            "advancement_rate",
            "promotion_rate",
            "selected_share",
            "percent_selected",
            "pct_selected",
        }
    ),
    "impact_ratio": frozenset(
        {
            "impact_ratio",
            "ratio",
            "ir",
            "air",
            "adverse_impact_ratio",
            "disparate_impact_ratio",
            "disparate_impact",
            "selection_rate_ratio",
            "four_fifths_ratio",
        }
    ),
}
#: Says of a group that it was not compared; our own tables have such a column.
_INCLUDED = "included"
_NOT = frozenset({"false", "no", "0"})
_TOTAL_WORDS = frozenset(
    {"total", "totals", "all", "overall", "everyone", "everybody", "all_applicants", "sum"}
    | {"all_candidates", "grand_total", "total_applicants", "whole_sample"}
)
#: Without a percent sign, a column with a larger figure is in percent.
_LARGEST_RATIO = 10


@dataclass(frozen=True)
class PublishedRow:
    """One row of a published table.

    Parameters
    ----------
    table : str
        Of the table it belongs to; empty where there is only one.
    group : str
    row : int
        As a spreadsheet numbers it.
    kind : {"group", "total", "unknown"}
    n, selected, rate, impact_ratio : Printed or None
        None where nothing is stated. Rates and ratios as fractions of 1.
    included : bool
        False where a column ``included`` says that the group cannot be the referent.
    """

    table: str
    group: str
    row: int
    kind: RowKind
    n: Printed | None
    selected: Printed | None
    rate: Printed | None
    impact_ratio: Printed | None
    included: bool = True

    def figure(self, name: Figure) -> Printed | None:
        value: Printed | None = getattr(self, name)
        return value


def published_columns(
    columns: Sequence[str], named: Mapping[str, str | None] | None = None
) -> dict[str, str]:
    """Which column holds what.

    Parameters
    ----------
    columns : sequence of str
    named : mapping of str to str, optional
        Columns chosen by a person, by the keys of `ALIASES`.

    Returns
    -------
    dict of str to str
        By the keys of `ALIASES`; only those found.

    Raises
    ------
    UnknownName
        If a chosen column is not there.
    InputError
        If there is no column of groups, or neither a rate nor a ratio to recompute.

    Examples
    --------
    >>> published_columns(["Sex Categories", "# of Applicants", "Scoring Rate", "Impact Ratio"])
    {'group': 'Sex Categories', 'n': '# of Applicants', 'rate': 'Scoring Rate', 'impact_ratio': \
'Impact Ratio'}
    """
    chosen = {key: name for key, name in (named or {}).items() if name is not None}
    for name in chosen.values():
        if name not in columns:
            raise UnknownName("column", name, columns)
    taken = set(chosen.values())
    found: dict[str, str] = {}
    for key, names in ALIASES.items():
        fitting = [c for c in columns if c not in taken and plain_name(c) in names]
        # The exact name of the contract comes before the others.
        fitting.sort(key=lambda column, key=key: plain_name(column) != key)  # type: ignore[misc]
        if key in chosen or fitting:
            found[key] = chosen.get(key) or fitting[0]
            taken.add(found[key])
    shown = ", ".join(f"'{column}'" for column in list(columns)[:10])
    if "group" not in found and "table" in found:
        found["group"] = found.pop("table")
    if "group" not in found:
        raise InputError(
            f"No column names the groups; found: {shown}. Call one 'group', or say which it is "
            "(on the command line: --group)."
        )
    if "rate" not in found and "impact_ratio" not in found:
        raise InputError(
            f"There is neither a rate nor an impact ratio to recompute; found: {shown}. Call a "
            "column 'rate' or 'impact_ratio', or say which it is (on the command line: --rate, "
            "--ratio)."
        )
    return found


def is_published(columns: Sequence[str], named: Mapping[str, str | None] | None = None) -> bool:
    """Whether a table with these columns has groups and figures to recompute."""
    try:
        published_columns(columns, named)
    except CloutproofError:
        return False
    return True


def published_rows(
    frame: pd.DataFrame, columns: Mapping[str, str], where: str = "The table"
) -> list[PublishedRow]:
    """The rows of a published table, every figure with its printed precision.

    A row that repeats headers begins another table, named by its first cell. Rows without any
    figure are captions and are passed over; their number is the difference.

    Parameters
    ----------
    frame : DataFrame of str, index of spreadsheet rows
        NaN where empty.
    columns : mapping of str to str
        From `published_columns`.
    where : str
        Name of the table, for messages.

    Raises
    ------
    InputError
        If a cell that should hold a figure does not, or no row holds any.
    """
    cells = {key: frame[column].fillna("").astype(str) for key, column in columns.items()}
    stated = frame[_INCLUDED].fillna("").astype(str) if _INCLUDED in frame.columns else None
    ratio_sign = {key: _percent_header(columns.get(key, "")) for key in ("rate", "impact_ratio")}
    rows: list[PublishedRow] = []
    section = ""
    for at, row in enumerate(frame.index.tolist()):
        texts = {key: column.iloc[at].strip() for key, column in cells.items()}
        if _repeats_headers(texts):
            section = texts["group"]
            continue
        if not any(texts.get(key) for key in FIGURES):
            continue
        figures = {key: _figure(texts, key, where, int(row), columns) for key in FIGURES}
        names = [texts.get("job", ""), texts.get("table", "") or section]
        rows.append(
            PublishedRow(
                table=" · ".join(name for name in names if name),
                group=texts["group"],
                row=int(row),
                kind=_kind(texts["group"]),
                included=stated is None or stated.iloc[at].strip().casefold() not in _NOT,
                **figures,
            )
        )
    if not rows:
        raise InputError(f"{where} holds no row with a figure. Paste the table with its numbers.")
    return _in_one_unit(rows, ratio_sign)


def _figure(
    texts: Mapping[str, str], key: Figure, where: str, row: int, columns: Mapping[str, str]
) -> Printed | None:
    try:
        figure = printed(texts.get(key, ""), whole=key in ("n", "selected"))
    except ValueError:
        figure = None
        wrong = "is not a figure"
    else:
        if figure is None or figure.value >= 0:
            return figure
        wrong = "is negative"
    raise InputError(
        f"{where}, row {row}, column '{columns[key]}': '{texts[key]}' {wrong}. Write a number, or "
        "leave the cell empty where none is stated."
    )


def _in_one_unit(rows: list[PublishedRow], header: Mapping[str, bool]) -> list[PublishedRow]:
    """Rates and ratios as fractions of 1.

    A percent sign in the cell decides for the cell, one in the header for the column. Without
    either, a rate above 1, or a ratio above 10, shows that its column is in percent. A ratio
    can itself be above 10, where a tiny group is the one compared with; the group compared
    with then stands at 1, and not at 100.
    """
    limits: dict[Figure, int] = {"rate": 1, "impact_ratio": _LARGEST_RATIO}
    bare: dict[Figure, list[Fraction]] = {
        key: [
            figure.value
            for row in rows
            if (figure := row.figure(key)) is not None and not figure.percent
        ]
        for key in limits
    }
    percent = {
        key: header[key] or any(value > limit for value in bare[key])
        for key, limit in limits.items()
    }
    if not header["impact_ratio"] and 1 in bare["impact_ratio"]:
        percent["impact_ratio"] = 100 in bare["impact_ratio"]
    return [
        replace(
            row,
            rate=row.rate.in_percent() if row.rate and percent["rate"] else row.rate,
            impact_ratio=row.impact_ratio.in_percent()
            if row.impact_ratio and percent["impact_ratio"]
            else row.impact_ratio,
        )
        for row in rows
    ]


def _kind(group: str) -> RowKind:
    if plain_name(group) in _TOTAL_WORDS:
        return "total"
    unknown = group.casefold() in UNKNOWN_WORDS or plain_name(group).startswith("unknown")
    return "unknown" if unknown or not group else "group"


def _repeats_headers(texts: Mapping[str, str]) -> bool:
    filled = [(key, text) for key, text in texts.items() if text and key in FIGURES]
    return bool(filled) and all(plain_name(text) in ALIASES[key] for key, text in filled)


def _percent_header(header: str) -> bool:
    return "%" in header or "percent" in plain_name(header) or "pct" in plain_name(header)
