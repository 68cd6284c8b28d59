"""What a task asks: items with one right answer, which are marked at once, and open ones."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.errors import InputError, did_you_mean


@dataclass(frozen=True)
class ExactItem:
    """A question answered by a word, a name or a code.

    Parameters
    ----------
    key, question : str
    points : float
    answers : tuple of str
        Every answer that is right. Spaces around and between words do not matter.
    capitals : bool
        Whether capitals matter.
    """

    key: str
    question: str
    points: float
    answers: tuple[str, ...]
    capitals: bool = False


@dataclass(frozen=True)
class NumberItem:
    """A question answered by a number.

    Parameters
    ----------
    key, question : str
    points : float
    answer : float
    tolerance : float
        How far from the answer is still right, in its own units; 0 for the number itself.
    unit : str
        For instance ``"%"``; an answer may carry it or leave it out.
    """

    key: str
    question: str
    points: float
    answer: float
    tolerance: float = 0.0
    unit: str = ""


@dataclass(frozen=True)
class ChoiceItem:
    """One of several options is right.

    Parameters
    ----------
    key, question : str
    points : float
    options : tuple of str
    answer : str
    """

    key: str
    question: str
    points: float
    options: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class ChoicesItem:
    """Some of several options are right.

    Parameters
    ----------
    key, question : str
    points : float
    options : tuple of str
    answers : tuple of str
        All that are right.
    partial : bool
        Whether part of them earns part of the points: right ones less wrong ones, over all
        right ones, and never below nothing. Otherwise it is all or nothing.
    """

    key: str
    question: str
    points: float
    options: tuple[str, ...]
    answers: tuple[str, ...]
    partial: bool = False


@dataclass(frozen=True)
class OpenItem:
    """A question that reviewers rate by the rubric.

    Parameters
    ----------
    key, question : str
    criteria : tuple of str
        Keys of the rubric's criteria that it shows; empty for all of them.
    """

    key: str
    question: str
    criteria: tuple[str, ...] = ()


Item = ExactItem | NumberItem | ChoiceItem | ChoicesItem | OpenItem
KINDS: Mapping[str, type[Item]] = {
    "exact": ExactItem,
    "number": NumberItem,
    "choice": ChoiceItem,
    "choices": ChoicesItem,
    "open": OpenItem,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


def kind_of(item: Item) -> str:
    """What an item is called in a task file."""
    return _NAMES[type(item)]


def item_fields(item: Item) -> dict[str, object]:
    """An item as a table of a task file; what is as usual is left out."""
    fields: dict[str, object] = {"key": item.key, "kind": kind_of(item), "question": item.question}
    usual = {"tolerance": 0.0, "unit": "", "capitals": False, "partial": False, "criteria": ()}
    for name in type(item).__dataclass_fields__:
        value = getattr(item, name)
        if name in fields or value == usual.get(name, object()):
            continue
        if isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            value = int(value)
        fields[name] = value
    return fields


def read_item(entry: object, place: str) -> Item:
    """Read one item of a task file.

    Raises
    ------
    InputError
        That says what is missing or contradicts itself.
    """
    if not isinstance(entry, Mapping):
        raise InputError(f"{place} is not a table. Write it as [[items]].")
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        said = "has no kind" if kind is None else f"has the kind {kind!r}"
        raise InputError(f"{place} {said}. {did_you_mean(str(kind or ''), KINDS)}")
    allowed = ("kind", *KINDS[kind].__dataclass_fields__)
    for name in entry:
        if name not in allowed:
            raise InputError(
                f"{place}: '{name}' is no setting of an item of kind '{kind}'. "
                f"{did_you_mean(str(name), allowed)}"
            )
    key, question = text(entry, "key", place), text(entry, "question", place)
    if kind == "open":
        return OpenItem(key, question, texts(entry, "criteria", place, optional=True))
    points = number(entry, "points", place, usual=1.0)
    if points <= 0:
        raise InputError(f"{place}: points are {points:g}. Give a number above 0.")
    if kind == "exact":
        answers = texts(entry, "answers", place)
        return ExactItem(key, question, points, answers, truth(entry, "capitals", place))
    if kind == "number":
        tolerance = number(entry, "tolerance", place, usual=0.0)
        if tolerance < 0:
            raise InputError(f"{place}: the tolerance is {tolerance:g}. Give 0 or more.")
        value = number(entry, "answer", place)
        unit = text(entry, "unit", place) if "unit" in entry else ""
        return NumberItem(key, question, points, value, tolerance, unit)
    options = _options(entry, place)
    if kind == "choice":
        answer = text(entry, "answer", place)
        _among(options, (answer,), place)
        return ChoiceItem(key, question, points, options, answer)
    several = texts(entry, "answers", place)
    _among(options, several, place)
    return ChoicesItem(key, question, points, options, several, truth(entry, "partial", place))


def text(entry: Mapping[str, object], key: str, place: str) -> str:
    """A text that must be there."""
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f'{place} has no {key}. Add one line: {key} = "…".')
    return value.strip()


def texts(
    entry: Mapping[str, object], key: str, place: str, *, optional: bool = False
) -> tuple[str, ...]:
    """A list of texts, none of them empty or twice."""
    value = entry.get(key, [] if optional else None)
    if (
        not isinstance(value, list)
        or not (value or optional)
        or not all(isinstance(one, str) and one.strip() for one in value)
    ):
        raise InputError(f'{place}: {key} must be a list of texts, as in {key} = ["…", "…"].')
    found = tuple(one.strip() for one in value)
    for one in found:
        if found.count(one) > 1:
            raise InputError(f"{place}: '{one}' stands in {key} twice. Take one of them out.")
    return found


def number(
    entry: Mapping[str, object], key: str, place: str, *, usual: float | None = None
) -> float:
    """A finite number."""
    value = entry.get(key, usual)
    if value is None:
        raise InputError(f"{place} has no {key}. Add one line: {key} = 42.")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(f"{place}: {key} is {value!r}. Give a number, without quotation marks.")
    return float(value)


def truth(entry: Mapping[str, object], key: str, place: str) -> bool:
    """True or false; false where it is not said."""
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise InputError(f"{place}: {key} is {value!r}. Write true or false.")
    return value


def _options(entry: Mapping[str, object], place: str) -> tuple[str, ...]:
    options = texts(entry, "options", place)
    if len(options) < 2:
        raise InputError(f"{place} has one option. Give at least two.")
    folded = [one.casefold() for one in options]
    for one in options:
        if folded.count(one.casefold()) > 1:
            raise InputError(f"{place}: options differ by capitals alone: '{one}'. Rename one.")
        if ";" in one:
            raise InputError(
                f"{place}: the option '{one}' has a semicolon, which stands between chosen "
                "options in a file of answers. Use a comma."
            )
    return options


def _among(options: tuple[str, ...], answers: tuple[str, ...], place: str) -> None:
    for answer in answers:
        if answer not in options:
            raise InputError(
                f"{place}: the right answer '{answer}' is not among the options. "
                f"{did_you_mean(answer, options)}"
            )
