"""A column that says who was selected, in whatever words, as booleans."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.errors import InputError, UnknownName
from toolkit.fairness.counts import Bools
from toolkit.fairness.membership import label_of

YES = frozenset({"1", "true", "t", "yes", "y", "selected"})
NO = frozenset({"0", "false", "f", "no", "n", "not selected"})


def read_decisions(column: pd.Series, selected_value: str | None = None) -> Bools:
    """Read a decision column.

    Parameters
    ----------
    column : Series, shape (n_candidates,)
        0 and 1, true and false, yes and no, or any two values.
    selected_value : str, optional
        The value that means selected, where it does not go without saying.

    Returns
    -------
    bool array, shape (n_candidates,)

    Raises
    ------
    InputError
        If a decision is missing, there are more than two values, or they do not say which of
        them means selected.
    UnknownName
        If no row holds `selected_value`.

    Examples
    --------
    >>> read_decisions(pd.Series(["yes", "No", "YES"])).tolist()
    [True, False, True]
    >>> read_decisions(pd.Series(["hired", "rejected"]), "hired").tolist()
    [True, False]
    """
    codes, uniques = pd.factorize(column)
    words = [label_of(value) for value in uniques]
    empty = np.array([word == "" for word in words] + [True])[codes]
    if empty.any():
        first = int(np.flatnonzero(empty)[0])
        raise InputError(
            f"Column '{column.name}' has no decision in {int(empty.sum()):,} of {len(column):,} "
            f"rows, first in data row {first + 1}. Say for everybody whether they were selected, "
            "or take those rows out."
        )
    meant = _meaning(sorted(set(words)), selected_value, str(column.name))
    chosen: Bools = np.array([meant[word] for word in words] + [False])[codes]
    return chosen


def _meaning(words: list[str], selected_value: str | None, column: str) -> dict[str, bool]:
    """Which of the words mean selected."""
    if selected_value is not None:
        wanted = selected_value.strip().casefold()
        meant = {word: word.casefold() == wanted for word in words}
        if words and not any(meant.values()):
            raise UnknownName("value", selected_value, words, f"column '{column}'")
    else:
        unclear = [word for word in words if word.casefold() not in YES | NO]
        if unclear:
            raise InputError(
                f"Column '{column}' holds {_listed(words)}, which does not say what means "
                "selected. Name the value that does with --selected-value."
            )
        meant = {word: word.casefold() in YES for word in words}
    if sum(not chosen for chosen in meant.values()) > 1 and selected_value is not None:
        raise InputError(
            f"Column '{column}' holds {len(words)} different values ({_listed(words)}). A "
            "decision has two: bring the values that mean not selected together first."
        )
    return meant


def _listed(words: list[str]) -> str:
    shown = ", ".join(repr(word) for word in words[:6])
    return f"{shown} and {len(words) - 6} more" if len(words) > 6 else shown
