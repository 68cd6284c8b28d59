"""Bringing the catalogues of all languages up to date with the English texts.

Run as ``python -m toolkit.sheets.catalogues`` after a change of ``texts/en.toml``. What was
translated stays; what is new has an empty translation, what was reworded is marked *fuzzy* with its
old one, and what is gone goes. The tests ask for a translation of every text that is not fuzzy.
"""

from __future__ import annotations

import io

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

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


def written(made: Catalog, language: str) -> bytes:
    """The catalogue as the bytes of its file: in the order of the English texts, without dates."""
    page = io.BytesIO()
    write_po(page, made, width=_WIDTH, omit_header=True)
    head = _HEAD.format(name=LANGUAGE_NAMES[language], language=language)
    return head.encode() + page.getvalue()


def main() -> None:
    """Rewrite every catalogue and say how much of it is translated."""
    for language in LANGUAGES:
        if language == "en":
            continue
        made = updated(catalogue(language))
        write_whole(CATALOGUES / f"{language}.po", written(made, language))
        lacking = sum(1 for message in made if message.id and (message.fuzzy or not message.string))
        print(f"{language}: {len(made):,} texts, {lacking:,} to translate")


if __name__ == "__main__":
    main()
