"""What one column is, by its name and its cells: the first rule that applies."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
import pandas as pd

from toolkit.intake.column_role import ColumnRole, column_role
from toolkit.intake.kinds import field_of
from toolkit.intake.mapping import Confidence
from toolkit.intake.number_marks import casts
from toolkit.intake.numbers import read_numbers
from toolkit.intake.plain_name import plain_name
from toolkit.intake.presets import Preset
from toolkit.intake.protected import is_group_name, kept_out
from toolkit.intake.vocabulary import vocabulary
from toolkit.scores.catalogue import Catalogue
from toolkit.scores.folding import folded
from toolkit.scores.score import Score

#: Likeness from which a name is taken for a misspelling of another.
_MISSPELT = 0.8
#: Cells of a column that decide whether it is numeric.
_SAMPLED = 1_000
#: Likes are given or received; only favourites are surely given, as accounts count them.
_LIKES = frozenset({"likes", "like_count", "likes_count"})


@dataclass(frozen=True)
class Guess:
    """A role and how sure it is."""

    role: ColumnRole
    confidence: Confidence
    why: str
    suggestions: tuple[str, ...] = ()


def guessed(
    cells: pd.Series,
    column: str,
    kind: str,
    rated: bool,
    preset: Preset | None,
    catalogue: Catalogue,
) -> Guess:
    """What a column is, by the first rule that applies.

    Parameters
    ----------
    cells : Series of str
    column : str
        Its name.
    kind : str
        What its table holds.
    rated : bool
        True where the file is named for tasks or ratings, so that its numbers are evidence.
    preset : Preset or None
        The system that the table comes from.
    catalogue : Catalogue
    """
    plain, names = plain_name(column), vocabulary().columns
    # The last part of a dotted JSON name often says what the value is.
    tail = column.rsplit(".", 1)[-1]
    reason = kept_out(column) or kept_out(tail)
    if reason in ("postcode", "birth", "identity"):
        return Guess(ColumnRole("ignore"), "certain", f"{reason}: kept out")
    if is_group_name(column):
        return Guess(ColumnRole("group"), "certain", "its name is that of a group")
    if preset and plain in preset.roles:
        role = column_role(preset.roles[plain])
        return Guess(role, "certain", f"column of an {preset.name}")
    field = field_of(kind, column)
    if field:
        return Guess(ColumnRole("field", field), "certain", f"column of a table of {kind}")
    if kind == "groups" and not _is_name(plain):
        return Guess(ColumnRole("group"), "certain", "column of a table of groups")
    for part, target in (("name", None), ("first_name", "first"), ("last_name", "last")):
        if plain in names[part]:
            return Guess(ColumnRole("name", target), "certain", "its name says so")
    if reason == "contact":
        return Guess(ColumnRole("ignore"), "likely", "contact: not needed to screen")
    numeric = is_numeric(cells)
    if kind == "outcomes" and numeric:
        return Guess(ColumnRole("outcome"), "certain", "column of a table of outcomes")
    return _signal(column, plain, rated, numeric, cells, catalogue)


def _signal(
    column: str, plain: str, rated: bool, numeric: bool, cells: pd.Series, catalogue: Catalogue
) -> Guess:
    """A score, an account fact, evidence, an outcome, a fact or a text."""
    names = vocabulary().columns
    account, platform = _account_field(plain)
    score = catalogue.recognise(column)
    if score is not None and score.kind != "audit" and (numeric or _has_levels(score, cells)):
        role = ColumnRole("score", score.key, account, platform)
        return Guess(role, "certain", f"a name of {score.label}")
    if account and not (account in ("followers", "following") and not numeric):
        return Guess(
            ColumnRole("account", account, None, platform), "certain", "a fact of an account"
        )
    if not numeric:
        if score is not None:
            role = ColumnRole("score", score.key)
            return Guess(role, "likely", f"a name of {score.label}, but mostly not numbers")
        return Guess(ColumnRole("text"), "likely", "its cells are texts")
    words = plain.split("_")
    if plain in names["outcome_names"] or set(words) & set(names["outcome_words"]):
        return Guess(ColumnRole("outcome"), "likely", "its name speaks of a later result")
    if rated or is_evidence_name(column):
        return Guess(ColumnRole("evidence"), "likely", "its name speaks of work or a task")
    if set(words) & set(names["label_words"]):
        return Guess(ColumnRole("text"), "likely", "a number that only labels something")
    close = tuple(f"score:{key}" for key in _misspelt(column, catalogue))
    return Guess(ColumnRole("fact"), "guess", "its cells are numbers", close)


def _misspelt(column: str, catalogue: Catalogue) -> list[str]:
    """Scores of which a column name may be a misspelling, not merely a relative."""
    name = folded(column)
    return [
        key
        for key in catalogue.suggest(column)
        if any(
            SequenceMatcher(None, name, folded(known)).ratio() >= _MISSPELT
            for known in catalogue[key].names
        )
    ]


def is_numeric(cells: pd.Series) -> bool:
    """True where at least half of the filled cells are numbers.

    Examples
    --------
    >>> is_numeric(pd.Series(["1", "2,5", "n/a", "many"])), is_numeric(pd.Series(["a", "1.1.20"]))
    (True, False)
    """
    if casts(cells):
        return bool(cells.notna().any())
    filled = cells.dropna()
    if len(filled) > _SAMPLED:
        filled = filled.iloc[np.linspace(0, len(filled) - 1, _SAMPLED).astype(np.int64)]
    read = read_numbers(filled)
    numbers = int(np.isfinite(read.values).sum())
    said_missing = sum(int(r.cells.sum()) for r in read.readings if r.how == "no value")
    aside = sum(int(cells.sum()) for how, cells in read.faults.items() if how != "text")
    others = len(filled) - numbers - said_missing - aside
    return numbers > 0 and numbers + aside >= others


def is_evidence_name(column: str) -> bool:
    """True where a column name speaks of rated work or a task.

    Examples
    --------
    >>> [is_evidence_name(n) for n in ("portfolio", "Task 2 (SQL)", "Work sample", "klout")]
    [True, True, True, False]
    """
    plain, names = plain_name(column), vocabulary().columns
    words = plain.split("_")
    return plain in names["evidence_names"] or not set(names["evidence_words"]).isdisjoint(words)


def _has_levels(score: Score, cells: pd.Series) -> bool:
    levels = {level.casefold() for level in score.levels}
    return bool(levels) and bool(cells.dropna().str.casefold().isin(levels).any())


def _account_field(plain: str) -> tuple[str | None, str | None]:
    """The account fact that a candidates' column holds, and its platform."""
    fields = vocabulary().accounts
    if plain in _LIKES:
        return None, None
    if plain in fields:
        return fields[plain], None
    if plain == "likes_given":
        return "likes", None
    first, _, rest = plain.partition("_")
    if first in vocabulary().columns["platforms"] and rest in fields and rest not in _LIKES:
        return fields[rest], first
    return None, None


def _is_name(plain: str) -> bool:
    names = vocabulary().columns
    return any(plain in names[part] for part in ("name", "first_name", "last_name"))
