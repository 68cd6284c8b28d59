"""JSON text → values, with secrets left out while it is parsed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from toolkit.errors import UnreadableFile
from toolkit.intake.issue import Issue
from toolkit.intake.raw_table import refusal
from toolkit.intake.refusals import refused_name

_HALF_LETTER = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")

#: A JSON value whose numbers are still text: dict, list, str, bool or None.
Json = Any


class TypedText(str):
    """A number as it was written, told apart from a text in quotation marks."""

    __slots__ = ()


@dataclass
class _Found:
    """What the parser met on its way."""

    refused: dict[str, str] = field(default_factory=dict)
    repeated: set[str] = field(default_factory=set)
    halves: int = 0

    def object(self, pairs: Iterable[tuple[str, Json]]) -> dict[str, Json]:
        kept: dict[str, Json] = {}
        for key, value in pairs:
            what = refused_name(key)
            if what:
                self.refused[key] = what
                continue
            if key in kept:
                self.repeated.add(key)
                continue
            kept[key] = value
        return kept

    def issues(self, file: str) -> tuple[Issue, ...]:
        refusals = [refusal(what, file, None, key) for key, what in sorted(self.refused.items())]
        repeats = [
            Issue(
                "warning",
                "The key stands twice in one record: the first value was kept. Give each "
                "value a key of its own.",
                file=file,
                column=key,
            )
            for key in sorted(self.repeated)
        ]
        if not self.halves:
            return (*refusals, *repeats)
        texts = "text holds" if self.halves == 1 else "texts hold"
        broken = Issue(
            "warning",
            f"{self.halves:,} {texts} half of a letter (a surrogate without its partner), shown "
            "as '�'. Export the file again, or type the letter anew.",
            file=file,
        )
        return (*refusals, *repeats, broken)

    def whole(self, value: Json) -> Json:
        """The value with half letters, which no file can hold as text, replaced and counted."""
        if isinstance(value, dict):
            return self.object((self.whole(key), self.whole(item)) for key, item in value.items())
        if isinstance(value, list):
            return [self.whole(item) for item in value]
        if type(value) is str and _HALF_LETTER.search(value):
            self.halves += 1
            return _HALF_LETTER.sub("�", value)
        return value


def json_value(text: str, file: str) -> tuple[Json, tuple[Issue, ...], tuple[str, ...]]:
    """The value of a JSON document, its issues, and the names that were refused.

    Raises
    ------
    UnreadableFile
        If it is not JSON.
    """
    found = _Found()
    try:
        value = _loads(text, found)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"{file}, line {error.lineno}, character {error.colno}: this is not valid JSON "
            f"({error.msg}). Export it again, or check the brackets and commas there."
        ) from None
    except RecursionError:
        raise UnreadableFile(f"{file}: the JSON is nested too deeply to be a table.") from None
    return value, found.issues(file), tuple(sorted(found.refused))


def json_lines(
    text: str, file: str
) -> tuple[list[tuple[int, Json]], tuple[Issue, ...], tuple[str, ...]]:
    """The records of JSON Lines with their line numbers; lines that are no JSON are listed.

    Raises
    ------
    UnreadableFile
        If no line is a JSON record.
    """
    found = _Found()
    records: list[tuple[int, Json]] = []
    issues: list[Issue] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            records.append((number, _loads(line, found)))
        except (json.JSONDecodeError, RecursionError):
            issues.append(
                Issue(
                    "warning",
                    f"Line {number} is not a JSON record and was set aside. Export the file again.",
                    file=file,
                    row=number + 1,
                )
            )
    if not records:
        raise UnreadableFile(f"{file}: no line of the file is a JSON record. Export it again.")
    return records, (*issues, *found.issues(file)), tuple(sorted(found.refused))


def _loads(text: str, found: _Found) -> Json:
    value = json.loads(
        text,
        parse_float=TypedText,
        parse_int=TypedText,
        parse_constant=TypedText,
        object_pairs_hook=found.object,
    )
    return found.whole(value) if _SURROGATE_ESCAPE.search(text) else value
