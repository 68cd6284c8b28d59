"""Values that a column cannot have: outside a scale, negative counts, shares above 100.

The rules are a pandera schema, checked for all rows and columns at once (``lazy=True``); its
failure cases become warnings, and the values are set aside as missing, never clipped.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pandera.pandas as pa

from toolkit.intake.cohort import Signal
from toolkit.intake.fixed_column import LARGEST
from toolkit.intake.issue import Issue
from toolkit.intake.problem_cells import cell_issues


@dataclass(frozen=True)
class Rule:
    """What the values of one column must be.

    Parameters
    ----------
    column : str
        The column in the file, for messages.
    what : str
        The problem in words, for instance ``"is outside Klout's scale of 1 to 100"``.
    remedy : str
    low, high : float or None
        Ends, both admissible.
    whole : bool
        True where only whole numbers are.
    """

    column: str
    what: str
    remedy: str
    low: float | None = None
    high: float | None = None
    whole: bool = False


def score_rule(column: str, signal: Signal) -> Rule:
    """The scale of a score."""
    return Rule(
        column,
        f"is outside {_of(signal.label)} scale of {_scale(signal.low, signal.high)}",
        "It was set aside as missing: correct the value, leave it empty, or map the column to "
        "another score.",
        signal.low,
        signal.high,
    )


def count_rule(column: str) -> Rule:
    """Counts are whole and not negative."""
    return Rule(
        column,
        "is no count: counts are whole numbers of 0 or more",
        "It was set aside as missing: correct the value, or leave it empty.",
        low=0,
        whole=True,
    )


def share_rule(column: str) -> Rule:
    """Shares are percentages."""
    return Rule(
        column,
        "is not a percentage from 0 to 100",
        "It was set aside as missing: correct the value, or leave it empty.",
        low=0,
        high=100,
    )


def set_aside(
    frame: pd.DataFrame, rules: dict[str, Rule], file: str, sheet: str | None
) -> tuple[pd.DataFrame, list[Issue]]:
    """Values that their column may have, and warnings about the others.

    Parameters
    ----------
    frame : DataFrame of float64, index of spreadsheet rows
    rules : mapping of column of `frame` to Rule
        Columns without one are only checked for being too large to hold.
    file, sheet : str

    Returns
    -------
    DataFrame
        NaN where a value was set aside.
    list of Issue
    """
    if not len(frame.columns):
        return frame, []
    schema = pa.DataFrameSchema(
        {
            name: pa.Column(np.float64, _checks(rules.get(name)), nullable=True)
            for name in frame.columns
        },
        unique_column_names=True,
    )
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return frame, []
    frame = frame.copy()
    issues: list[Issue] = []
    for (name, check), found in cases.groupby(["column", "check"], sort=False):
        found = found.drop_duplicates("index").sort_values("index")
        rule = rules.get(name)
        too_large = check == _TOO_LARGE or rule is None
        issues.extend(
            cell_issues(
                "warning",
                f"is larger than {LARGEST:,.0f}, the largest number that a signal can hold"
                if too_large or rule is None
                else rule.what,
                "It was set aside as missing: correct the value, or leave it empty."
                if too_large or rule is None
                else rule.remedy,
                found["index"].to_numpy(dtype=np.int64),
                [f"{value:.15g}" for value in found["failure_case"]],
                file=file,
                sheet=sheet,
                column=rule.column if rule else str(name),
            )
        )
        frame.loc[found["index"], name] = np.nan
    return frame, issues


_TOO_LARGE = "too_large"


def _checks(rule: Rule | None) -> list[pa.Check]:
    """One check for what is wrong in kind, one for what is too large."""
    checks = []
    if rule is not None and (rule.low is not None or rule.high is not None or rule.whole):
        checks.append(pa.Check(lambda values: _admitted(values, rule), name="scale"))
    if rule is None or rule.high is None:
        checks.append(pa.Check(lambda values: values.abs() <= LARGEST, name=_TOO_LARGE))
    return checks


def _admitted(values: pd.Series, rule: Rule) -> pd.Series:
    good = pd.Series(True, index=values.index)
    if rule.low is not None:
        good &= values >= rule.low
    if rule.high is not None:
        good &= values <= rule.high
    if rule.whole:
        good &= values == np.floor(values)
    return good


def _of(label: str) -> str:
    return f"{label}'" if label.endswith("s") else f"{label}'s"


def _scale(low: float | None, high: float | None) -> str:
    if low is None:
        return "any number" if high is None else f"{high:,.12g} or less"
    return f"{low:,.12g} or more" if high is None else f"{low:,.12g} to {high:,.12g}"
