"""The words by which tables, columns and cells are recognised, read once from their file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

Words = frozenset[str]


@dataclass(frozen=True)
class Vocabulary:
    """The lists of ``vocabulary.toml``; lists keep their order where it says which is best.

    Parameters
    ----------
    cells : mapping of str to set of str
        ``missing``, ``undisclosed``, ``formula_errors``, ``true``, ``false``, ``totals``.
    refused_words, refused_runs : mapping of str to str
        Part of a column name → what it says the column holds.
    group_words, group_names : set of str
    kept_out : mapping of str to set of str
    columns : mapping of str to tuple of str
    accounts, kinds : mapping of str to str
        Plain name → account field, plain name → table kind.
    fields : mapping of str to mapping of str to tuple of str
        Table kind → field → the names it goes by.
    """

    cells: Mapping[str, Words]
    refused_words: Mapping[str, str]
    refused_runs: Mapping[str, str]
    group_words: Words
    group_names: Words
    kept_out: Mapping[str, Words]
    columns: Mapping[str, tuple[str, ...]]
    accounts: Mapping[str, str]
    kinds: Mapping[str, str]
    fields: Mapping[str, Mapping[str, tuple[str, ...]]]


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    text = resources.files("toolkit.intake").joinpath("vocabulary.toml").read_text("utf-8")
    raw: dict[str, Any] = tomllib.loads(text)
    return Vocabulary(
        cells={name: frozenset(words) for name, words in raw["cells"].items()},
        refused_words=_inverted(raw["refused"]["words"]),
        refused_runs=_inverted(raw["refused"]["runs"]),
        group_words=frozenset(raw["groups"]["words"]),
        group_names=frozenset(raw["groups"]["names"]),
        kept_out={name: frozenset(words) for name, words in raw["kept_out"].items()},
        columns={name: tuple(words) for name, words in raw["columns"].items()},
        accounts=_inverted(raw["accounts"]),
        kinds=_inverted(raw["kinds"]),
        fields={
            kind: {field: tuple(words) for field, words in fields.items()}
            for kind, fields in raw["fields"].items()
        },
    )


def _inverted(lists: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: meaning for meaning, words in lists.items() for word in words}
