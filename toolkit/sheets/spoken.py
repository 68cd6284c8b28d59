"""Sentences that results bring along, in the language of the document.

A result says what it found in an English `Sentence`, which remembers its form and its figures.
Each other language has a catalogue of these forms, ``texts/results/de.po``, and of what the program
ships besides: rubrics, laws, and the words of closed lists. Their figures and dates are written as
the language does. What people wrote has no form and stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from gettext import c2py

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from toolkit.sentence import Begun, Day, Figure, Form, Row, Sentence, filled_in, with_capital
from toolkit.sheets.texts import CATALOGUES, Texts

RESULTS = CATALOGUES / "results"
#: Context of the texts that come with the program as data.
SHIPPED = "shipped"


@dataclass(frozen=True, eq=False)
class Words:
    """What the results say, in one language.

    Parameters
    ----------
    forms : mapping of str to sequence of str
        By the English form: one translation, or one for each plural of the language.
    shipped : mapping of str to str
        By the English text.
    plural : callable
        From a number to the place of its plural.
    """

    forms: Mapping[str, Sequence[str]]
    shipped: Mapping[str, str]
    plural: Callable[[int], int]

    def form_of(self, form: Form) -> str:
        """The form in this language; in English where nobody has translated it yet."""
        own = self.forms.get(form.one)
        if own is None:
            return form.many if form.many and form.number != 1 else form.one
        return own[self.plural(round(form.number)) if len(own) > 1 else 0]


def spoken(text: str, t: Texts) -> str:
    """What a result says, in the language of some texts.

    Parameters
    ----------
    text : str
        A sentence, or a text that came with the program; any other stays.
    t : Texts

    Examples
    --------
    >>> from toolkit.sentence import say
    >>> from toolkit.sheets.texts import texts_of
    >>> spoken(say("{n} posts a day", n=1234), texts_of("candidate", "de"))
    '1.234 Beiträge am Tag'
    >>> spoken("Knows the harbour.", texts_of("candidate", "de"))
    'Knows the harbour.'
    """
    language = t.locale.language
    return str(text) if language == "en" else _spoken(text, words_in(language), t)


def _spoken(text: str, words: Words, t: Texts) -> str:
    if not isinstance(text, Sentence):
        return words.shipped.get(text, text)
    meaning = text.meaning
    if isinstance(meaning, Figure):
        return t.figures(meaning.digits)
    if isinstance(meaning, Day):
        return t.date(meaning.date)
    if isinstance(meaning, Begun):
        return with_capital(_spoken(meaning.said, words, t))
    if isinstance(meaning, Row):
        return meaning.between.join(_spoken(part, words, t) for part in meaning.parts)
    values = {name: _spoken(value, words, t) for name, value in meaning.values.items()}
    return filled_in(words.form_of(meaning), values)


def result_catalogue(language: str) -> Catalog:
    """The catalogue of what results say in one language, as its file holds it."""
    with (RESULTS / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def plurals_of(message: Message) -> tuple[str, ...]:
    """The translation, or one for each plural; empty ones where there is none yet."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


@cache
def words_in(language: str) -> Words:
    """What results say in one language other than English, without what is not translated."""
    found = result_catalogue(language)
    forms: dict[str, Sequence[str]] = {}
    shipped: dict[str, str] = {}
    for message in found:
        said = plurals_of(message)
        if not message.id or message.fuzzy or not all(said):
            continue
        one = message.id if isinstance(message.id, str) else message.id[0]
        if message.context == SHIPPED:
            shipped[one] = said[0]
        else:
            forms[one] = said
    return Words(forms, shipped, c2py(found.plural_expr))
