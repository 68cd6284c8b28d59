"""Bringing the catalogues of all languages up to date with the English texts.

Run as ``python -m toolkit.sheets.catalogues`` after a change of ``texts/en.toml``, of a sentence of
the results (`toolkit.sentence`), or of a rubric or law that comes with the program. What was
translated stays; what is new has an empty translation, what was reworded in ``en.toml`` is marked
*fuzzy* with its old one, and what is gone goes. The tests ask for a translation of every text that
is not fuzzy.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from toolkit.sheets.result_texts import result_forms, shipped_texts
from toolkit.sheets.spoken import RESULTS, SHIPPED, plurals_of, result_catalogue
from toolkit.sheets.texts import CATALOGUES, LANGUAGE_NAMES, LANGUAGES, catalogue, english, messages
from toolkit.sheets.whole_file import write_whole

_HEAD = """# Texts of the documents in {name}. Words in braces are filled in and stay as they are;
# the context of a message is the key of its English text in en.toml.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_HEAD_OF_RESULTS = """# What results say, in {name}. Words in braces are filled in and stay as they
# are; what has the context "shipped" comes with the program: rubrics, laws and closed lists.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals};\\n"

"""
_WIDTH = 100


def updated(present: Catalog) -> Catalog:
    """A catalogue of every English text, with the translations that another one has.

    Parameters
    ----------
    present : Catalog
        With contexts as `toolkit.sheets.texts.messages` gives them.
    """
    before = {str(message.context): message for message in present if message.context}
    made = Catalog(locale=present.locale)
    for context, text in messages(english()):
        old = before.get(context)
        string = "" if old is None else str(old.string)
        reworded = old is not None and old.id != text and bool(string)
        fuzzy = reworded or (old is not None and old.fuzzy)
        made.add(text, string, context=context, flags=["fuzzy"] if fuzzy else [])
    return made


def updated_results(present: Catalog) -> Catalog:
    """A catalogue of everything that results can say, with the translations of another one.

    Parameters
    ----------
    present : Catalog
        What stands in it twice, once for one and once for many, has the plurals of its language.
    """
    made = Catalog(locale=present.locale)
    empty = ("",) * present.num_plurals
    for form in result_forms():
        old = present.get(form.one)
        said = _before(old, bool(form.many))
        files = [(form.file, 0)]
        if form.many:
            made.add((form.one, form.many), said or empty, locations=files)
        else:
            made.add(form.one, said, locations=files)
    for text in shipped_texts():
        old = present.get(text, SHIPPED)
        made.add(text, _before(old, False), context=SHIPPED)
    return made


def _before(old: Message | None, many: bool) -> str | tuple[str, ...]:
    """What was said before, if it has as many forms."""
    if old is None or isinstance(old.string, str) == many:
        return ""
    said = plurals_of(old)
    return said if many else said[0]


def written(made: Catalog, language: str) -> bytes:
    """The catalogue as the bytes of its file: in the order of the English texts, without dates."""
    head = _HEAD.format(name=LANGUAGE_NAMES[language], language=language)
    return head.encode() + _body(made)


def written_results(made: Catalog, language: str) -> bytes:
    """The same for a catalogue of what results say."""
    head = _HEAD_OF_RESULTS.format(
        name=LANGUAGE_NAMES[language], language=language, plurals=made.plural_forms
    )
    return head.encode() + _body(made)


def _body(made: Catalog) -> bytes:
    page = io.BytesIO()
    write_po(page, made, width=_WIDTH, omit_header=True, include_lineno=False)
    return page.getvalue()


def main() -> None:
    """Rewrite every catalogue and say how much of it is translated."""
    for language in LANGUAGES:
        if language == "en":
            continue
        _rewrite(CATALOGUES / f"{language}.po", updated(catalogue(language)), written, language)
        results = updated_results(result_catalogue(language))
        _rewrite(RESULTS / f"{language}.po", results, written_results, language)


def _rewrite(
    path: Path, made: Catalog, written: Callable[[Catalog, str], bytes], language: str
) -> None:
    write_whole(path, written(made, language))
    lacking = sum(
        1 for message in made if message.id and (message.fuzzy or not all(plurals_of(message)))
    )
    print(f"{path.name}: {len(made):,} texts, {lacking:,} to translate")


if __name__ == "__main__":
    main()
