"""Sentences in English that can be said in another language.

What a result says stands beside the statistic that it tells of, once, in English::

    say("{n} of {places} places", n=whole(3), places=whole(10))

That is a `Sentence`: an ordinary string, ``"3 of 10 places"``, on the page, on the command line
and in JSON. It remembers its *form* and what was filled in, so a document in German looks the form
up in its catalogue (the form is the gettext message), fills in the same figures with German marks,
and asks nobody what the sentence meant.

A string operation on a sentence (``+``, an f-string, ``.strip()``) gives a plain string, which
stays English everywhere. Fields that hold sentences are declared so, and the type checker tells.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, SupportsFloat

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

#: A place in a form that is filled in. Nothing else in braces means anything: forms come back
#: from the record of a document, which anybody may have written.
PLACE = re.compile(r"\{(\w+)\}")
#: No sentence is longer, whatever was filled in.
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Form:
    """A form and what fills its places.

    Parameters
    ----------
    one : str
        In English; the message of the catalogues.
    values : mapping of str to str
        Sentences among them are said in the other language too; any other text stays.
    many : str
        The form for any number but one; empty where the form is the same for all.
    number : float
        What decides between the two.
    """

    one: str
    values: Mapping[str, str] = field(default_factory=dict)
    many: str = ""
    number: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """Parts beside each other, with the same between them in every language."""

    parts: tuple[str, ...]
    between: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: its digits as English writes them, for instance ``1,234.5``."""

    digits: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    date: dt.date


@dataclass(frozen=True, slots=True)
class Begun:
    """What can stand inside a sentence, at the beginning of one: with a capital letter."""

    said: str


Meaning = Form | Row | Figure | Day | Begun


class Sentence(str):
    """English text that knows what it is made of.

    Parameters
    ----------
    text : str
        In English.
    meaning : Form, Row, Figure, Day or Begun
    """

    __slots__ = ("meaning",)
    meaning: Meaning

    def __new__(cls, text: str, meaning: Meaning) -> Sentence:
        made = super().__new__(cls, text)
        object.__setattr__(made, "meaning", meaning)
        return made

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a sentence does not change")

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, Meaning]]:
        return Sentence, (str(self), self.meaning)

    def __deepcopy__(self, memo: object) -> Sentence:
        return self

    @classmethod
    def __get_pydantic_core_schema__(cls, kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """In the record of a document: its form and values, so that it can be said again."""
        return core_schema.no_info_plain_validator_function(
            from_json, serialization=core_schema.plain_serializer_function_ser_schema(to_json)
        )


def say(form: str, **values: object) -> Sentence:
    """A sentence by its form.

    Parameters
    ----------
    form : str
        A literal, so that it can be found for the catalogues.
    **values : str or number
        What fills the places. A whole number is written as a figure.

    Examples
    --------
    >>> say("{who} has {number} followers.", who="A-017", number=1234)
    'A-017 has 1,234 followers.'
    """
    return _of_form(Form(form, _filled(values)))


def say_count(one: str, many: str, number: SupportsFloat, **values: object) -> Sentence:
    """A sentence that depends on a number: ``one`` for 1, ``many`` for any other.

    Examples
    --------
    >>> [say_count("{n} post", "{n} posts", n, n=n) for n in (1, 2)]
    ['1 post', '2 posts']
    """
    return _of_form(Form(one, _filled(values), many, float(number)))


def figure(text: str, digits: str = "") -> Sentence:
    """A number as English writes it.

    Parameters
    ----------
    text : str
    digits : str
        Where the text is a word: ``figure("seven", "7")``.
    """
    return Sentence(text, Figure(digits or text))


def day(date: dt.date) -> Sentence:
    """A date, in English as ISO 8601 has it."""
    return Sentence(date.isoformat(), Day(date))


def in_a_row(parts: Iterable[str], between: str = " ") -> Sentence:
    """Parts beside each other: sentences of a paragraph, names in a list."""
    row = Row(tuple(parts), between)
    return Sentence(_short(between.join(row.parts)), row)


def begun(said: str) -> Sentence:
    """With a capital letter.

    Examples
    --------
    >>> begun(say("over the rate of {group}", group="Men"))
    'Over the rate of Men'
    """
    return Sentence(with_capital(said), Begun(said))


def with_capital(text: str) -> str:
    """The same with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str]) -> Sentence:
    """Parts as a list in words.

    Examples
    --------
    >>> listed(["no posts", "no picture", "no biography"])
    'no posts, no picture and no biography'
    """
    *first, last = parts or ("",)
    if not first:
        return in_a_row([last])
    return say("{first} and {last}", first=in_a_row(first, ", "), last=last)


def either(parts: Sequence[str]) -> Sentence:
    """Parts of which one is meant: ``a, b or c``."""
    *first, last = parts
    if not first:
        return in_a_row([last])
    return say("{first} or {last}", first=in_a_row(first, ", "), last=last)


#: Where there is nothing to say.
NOTHING = Sentence("", Row((), ""))


def to_json(text: str) -> object:
    """A sentence as JSON; any other text as it is.

    Examples
    --------
    >>> to_json(say("{n} of them", n=7))
    {'say': '{n} of them', 'with': {'n': {'figure': '7'}}}
    """
    if not isinstance(text, Sentence) or not text:
        return str(text)
    meaning = text.meaning
    if isinstance(meaning, Figure):
        digits = {"figure": meaning.digits}
        return digits if text == meaning.digits else {**digits, "said": str(text)}
    if isinstance(meaning, Begun):
        return {"begin": to_json(meaning.said)}
    if isinstance(meaning, Day):
        return {"day": meaning.date.isoformat()}
    if isinstance(meaning, Row):
        return {"row": [to_json(part) for part in meaning.parts], "between": meaning.between}
    told: dict[str, object] = {"say": meaning.one}
    if meaning.many:
        told |= {"or": meaning.many, "count": meaning.number}
    if meaning.values:
        told["with"] = {name: to_json(value) for name, value in meaning.values.items()}
    return told


def from_json(told: object) -> str:
    """The sentence that such JSON came from.

    Raises
    ------
    ValueError
        If it is no such JSON.
    """
    if isinstance(told, str):
        return told
    if not isinstance(told, Mapping):
        raise ValueError("a sentence is text, or its form with what fills it")
    try:
        if "figure" in told:
            return figure(str(told.get("said", told["figure"])), str(told["figure"]))
        if "day" in told:
            return day(dt.date.fromisoformat(told["day"]))
        if "begin" in told:
            return begun(from_json(told["begin"]))
        if "row" in told:
            return in_a_row([from_json(part) for part in told["row"]], str(told["between"]))
        values = {str(name): from_json(value) for name, value in told.get("with", {}).items()}
        many, number = str(told.get("or", "")), float(told.get("count", 1))
        return _of_form(Form(str(told["say"]), values, many, number))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("a sentence of the record is damaged") from error


def filled_in(form: str, values: Mapping[str, str]) -> str:
    """A form with its places filled.

    Raises
    ------
    KeyError
        If there is nothing for a place.
    """
    return _short(PLACE.sub(lambda place: values[place.group(1)], form))


def _of_form(form: Form) -> Sentence:
    chosen = form.many if form.many and form.number != 1 else form.one
    return Sentence(filled_in(chosen, form.values), form)


def _filled(values: Mapping[str, object]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else figure(f"{value:,}")
        for name, value in values.items()
    }


def _short(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError("a sentence is too long")
    return text
