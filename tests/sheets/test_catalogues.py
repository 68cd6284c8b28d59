"""Every text of the documents exists in every language, with the same places to fill in."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from tests.sheets.examples import UNBLINDED
from tests.sheets.reading import failures, squeezed, text_of
from toolkit.sheets.catalogues import updated, written
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.texts import CATALOGUES, LANGUAGE_NAMES, LANGUAGES, catalogue, english, messages

OTHERS = [language for language in LANGUAGES if language != "en"]
#: Texts that are the same in some language: names, signs and figures.
_LETTERS = re.compile(r"[a-z]{3,}")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_german_says_what_english_says() -> None:
    found = catalogue("de").get("close friend", "candidate.conflicts.3")
    assert found is not None
    assert found.string == "eng befreundet"


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_with_its_places_to_fill_in(language: str) -> None:
    found = catalogue(language)
    wrong = []
    for context, text in messages(english()):
        message = found.get(text, context)
        said = "" if message is None else str(message.string)
        if not said or message is None or message.fuzzy:
            wrong.append(f"{context} is not translated")
        elif fields(said) != fields(text):
            wrong.append(f"{context} fills in {fields(said)} and not {fields(text)}")
        elif (said[0] == " ", said[-1] == " ") != (text[0] == " ", text[-1] == " "):
            wrong.append(f"{context} begins or ends with another space")
        elif said.endswith(":") != text.endswith(":"):
            # A tick whose word ends in a colon gets a line to write on.
            wrong.append(f"{context} ends in a colon or does not")
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_was_left_in_english(language: str) -> None:
    found = catalogue(language)
    left = [
        context
        for context, text in messages(english())
        if len(_LETTERS.findall(re.sub(r"\{\w+\}", "", text))) > 3
        and (message := found.get(text, context)) is not None
        and message.string == text
    ]
    assert left == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_is_as_the_program_writes_it(language: str) -> None:
    present = (CATALOGUES / f"{language}.po").read_bytes()
    assert written(updated(catalogue(language)), language) == present


def test_a_reworded_text_keeps_its_translation_until_somebody_looks_at_it() -> None:
    present = catalogue("de")
    message = present.get("Role", "candidate.role")
    assert message is not None
    message.id = "Rôle"
    made = updated(present)
    again = made.get("Role", "candidate.role")
    assert again is not None
    assert (again.string, again.fuzzy) == ("Funktion", True)


def test_every_language_has_a_catalogue_and_a_name() -> None:
    assert {path.stem for path in CATALOGUES.glob("*.po")} == set(OTHERS)
    assert set(LANGUAGE_NAMES) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Rang 9 von 60 Bewerbungen, Gesamtwert 0,812; 10 sind ausgewählt."),
        ("fr", "Rang 9 sur 60 candidatures, valeur composite 0,812 ; 10 sont retenues."),
        ("es", "Puesto 9 de 60 candidaturas, valor compuesto 0,812; 10 están seleccionadas."),
    ],
)
def test_a_sheet_in_another_language(language: str, said: str) -> None:
    pdf = render_pdf(UNBLINDED, language=language)
    assert squeezed(said) in text_of(pdf)
    assert b"/Lang(%s)" % language.encode() in pdf
    assert failures(pdf) == []
