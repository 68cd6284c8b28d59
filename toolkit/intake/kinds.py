"""The kinds of table that an upload may hold, and how one is recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

import pandas as pd

from toolkit.intake.number_marks import casts
from toolkit.intake.plain_name import plain_name
from toolkit.intake.protected import is_group_name
from toolkit.intake.raw_table import RawTable
from toolkit.intake.vocabulary import vocabulary

FieldType = Literal["text", "number", "count", "share", "date", "truth"]

ACCOUNT_FIELDS: Mapping[str, FieldType] = {
    "followers": "count",
    "following": "count",
    "posts": "count",
    "listed": "count",
    "likes": "count",
    "created": "date",
    "verified": "truth",
    "has_picture": "truth",
    "has_bio": "truth",
    "fake_share": "share",
    "inactive_share": "share",
}


@dataclass(frozen=True)
class Kind:
    """One kind of table.

    Parameters
    ----------
    name : str
    holds : str
        What its rows are, for people.
    fields : mapping of str to FieldType
        Its own columns beside the candidate's code; empty where any column may stand.
    required : tuple of str
        Fields without which it is not this kind.
    key : tuple of str or None
        Fields that, with the code, must not repeat; None where rows may.
    """

    name: str
    holds: str
    fields: Mapping[str, FieldType] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    key: tuple[str, ...] | None = ()


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("candidates", "one row a candidate"),
        Kind("resume", "one résumé a candidate"),
        Kind(
            "scores",
            "one row a score of a candidate",
            {"score": "text", "value": "number", "date": "date"},
            ("score", "value"),
            ("score", "date"),
        ),
        Kind(
            "accounts",
            "one row an account of a candidate",
            {"platform": "text", **ACCOUNT_FIELDS},
            (),
            ("platform",),
        ),
        Kind(
            "score_history",
            "one row a score of a candidate on a date",
            {"score": "text", "date": "date", "value": "number"},
            ("score", "date", "value"),
            ("score", "date"),
        ),
        Kind("followers", "one row a sampled follower", ACCOUNT_FIELDS, (), None),
        Kind("groups", "one row a candidate, with group membership"),
        Kind("outcomes", "one row a candidate, with later results"),
        Kind(
            "portfolio",
            "one row a piece of work",
            {
                "title": "text",
                "url": "text",
                "role": "text",
                "outcome": "text",
                "date": "text",
                "rating": "number",
            },
            ("title",),
            None,
        ),
        Kind(
            "tasks",
            "one row a task result of a candidate",
            {"task": "text", "result": "number"},
            ("task", "result"),
            ("task",),
        ),
        Kind(
            "ratings",
            "one row a rating of a candidate by a reviewer",
            {"criterion": "text", "reviewer": "text", "rating": "number"},
            ("criterion", "rating"),
            ("criterion", "reviewer"),
        ),
    )
}
#: The field that says what the row's number is; it holds names, never numbers.
_NAMES_ROW = {"scores": "score", "score_history": "score", "tasks": "task", "ratings": "criterion"}
_BY_COLUMNS = ("ratings", "score_history", "scores", "tasks", "accounts", "portfolio")


def field_of(kind: str, column: str) -> str | None:
    """The field of a long table that a column holds, or None.

    Examples
    --------
    >>> field_of("ratings", "Rater"), field_of("scores", "Rater")
    ('reviewer', None)
    """
    plain = plain_name(column)
    for name, aliases in vocabulary().fields.get(kind, {}).items():
        if plain in aliases:
            return name
    if kind in ("accounts", "followers"):
        return vocabulary().accounts.get(plain)
    return None


def kind_of(table: RawTable) -> tuple[str, str]:
    """What a table holds, and why it was taken so.

    The name of the file or sheet decides where the columns agree with it, then the columns.

    Returns
    -------
    (str, str)
        A name of `KINDS`, and the reason in words.
    """
    if table.kind == "resume":
        return "resume", "the file is a résumé"
    named = table.kind or named_kind(table)
    if named and named != "candidates" and _fits(named, table.frame):
        return named, f"the {'file' if table.sheet is None else 'sheet'} is named so"
    if named in (None, "candidates", *_BY_COLUMNS):
        # A list of people may well give everybody's title, website and network.
        by_columns = _BY_COLUMNS[:4] if named == "candidates" else _BY_COLUMNS
        for kind in by_columns:
            if _fits(kind, table.frame) and _mostly(kind, table.frame):
                return kind, "its columns say so"
        if named != "candidates" and _is_followers(table.frame):
            return "followers", "each candidate has many rows of follower counts"
    columns = [c for c in table.frame.columns if not is_id_name(c)]
    if len(columns) < len(table.frame.columns) and columns and all(map(is_group_name, columns)):
        return "groups", "all its columns are group columns"
    return "candidates", "one row a candidate"


def named_kind(table: RawTable) -> str | None:
    """The kind that the name of the sheet or file speaks of."""
    names = vocabulary().kinds
    stem = PurePosixPath(table.file).name.split(".")[0]
    for name in filter(None, (table.sheet, stem)):
        plain = plain_name(name)
        if plain in names:
            return names[plain]
        words = plain.split("_")
        spoken = {names[part] for n in (2, 1) for part in _runs(words, n) if part in names}
        if "score_history" in spoken:
            return "score_history"
        if len(spoken) == 1:
            return spoken.pop()
    return None


def is_id_name(column: str) -> bool:
    """True where a column name says that it holds candidate codes."""
    return plain_name(column) in vocabulary().columns["id"]


def _runs(words: list[str], length: int) -> list[str]:
    return ["_".join(words[i : i + length]) for i in range(len(words) - length + 1)]


def _fits(kind: str, frame: pd.DataFrame) -> bool:
    """True where the required fields are there, and names are not numbers."""
    fields = {field_of(kind, column): column for column in frame.columns}
    if kind in ("accounts", "followers"):
        return any(fields)
    if not set(KINDS[kind].required) <= fields.keys():
        return False
    naming = _NAMES_ROW.get(kind)
    return naming is None or not len(frame) or not casts(frame[fields[naming]])


def _mostly(kind: str, frame: pd.DataFrame) -> bool:
    """True where the candidate's code and the kind's own columns are most of the table."""
    known = [field_of(kind, c) is not None or is_id_name(c) for c in frame.columns]
    has_id = any(is_id_name(c) for c in frame.columns)
    fields = {field_of(kind, c) for c in frame.columns}
    telling = {"portfolio": {"url", "outcome"}, "accounts": {"platform"}}.get(kind, fields)
    if not telling & fields:
        return False
    return has_id and 3 * sum(known) >= 2 * len(known)


def _is_followers(frame: pd.DataFrame) -> bool:
    fields = {field_of("followers", column) for column in frame.columns}
    if not {"followers", "following"} <= fields or not fields & {"has_picture", "posts"}:
        return False
    ids = next((c for c in frame.columns if is_id_name(c)), None)
    return ids is not None and 2 * frame[ids].nunique() <= len(frame)
