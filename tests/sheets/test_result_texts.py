"""Everything that results can say is translated, with the same places to fill in."""

from __future__ import annotations

import ast
import re

import pytest

from toolkit.review.rubric import rubric_templates
from toolkit.sentence import PLACE
from toolkit.sheets.catalogues import updated_results, written_results
from toolkit.sheets.result_texts import _forms_in, result_forms, shipped_texts
from toolkit.sheets.spoken import RESULTS, SHIPPED, plurals_of, result_catalogue
from toolkit.sheets.texts import LANGUAGES

OTHERS = [language for language in LANGUAGES if language != "en"]
#: Names that stay what they are.
_NAMES = {"Local Law 144", "linkedin social selling index"}
_LETTERS = re.compile(r"[a-z]{3,}")


def test_forms_are_found_where_they_are_said() -> None:
    source = 'say("{n} of them", n=1)\nsay_count("{n} post", "{n} posts", 2, n=2)\nother("no")'
    found = [(one.one, one.many) for one in _forms_in(ast.parse(source), "file.py")]
    assert found == [("{n} of them", ""), ("{n} post", "{n} posts")]
    assert any(form.file == "toolkit/inflation/reward_wording.py" for form in result_forms())


def test_a_form_that_is_no_literal_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1: write the form of the sentence itself"):
        list(_forms_in(ast.parse("say(form)"), "file.py"))


@pytest.mark.parametrize("language", OTHERS)
def test_every_form_is_translated_with_its_places(language: str) -> None:
    found = result_catalogue(language)
    wrong = []
    for form in result_forms():
        message = found.get(form.one)
        said = () if message is None else plurals_of(message)
        wanted = found.num_plurals if form.many else 1
        if message is None or message.fuzzy or len(said) != wanted or not all(said):
            wrong.append(f"{form.one} is not translated")
            continue
        english = (form.one, form.many or form.one)
        wrong += [
            f"{one} fills in other places than {other}"
            for one, other in zip(said, english, strict=False)
            if set(PLACE.findall(one)) != set(PLACE.findall(other))
        ]
        wrong += [
            f"{form.one} is left in English"
            for one in said
            if one == form.one and len(_LETTERS.findall(PLACE.sub("", form.one))) > 1
        ]
        wrong += [
            f"{form.one} ends another way"
            for one in said
            if (one[-1] == ".") != (form.one[-1] == ".") and form.one[-1] not in "”}"
        ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_comes_with_the_program_is_translated(language: str) -> None:
    found = result_catalogue(language)
    wrong = []
    for text in dict.fromkeys(shipped_texts()):
        message = found.get(text, SHIPPED)
        said = "" if message is None else str(message.string)
        # A short word can be the same in two languages; a sentence cannot.
        same = said == text and len(_LETTERS.findall(text)) > 2 and text not in _NAMES
        if not said or message is None or message.fuzzy or same:
            wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_is_as_the_program_writes_it(language: str) -> None:
    present = (RESULTS / f"{language}.po").read_bytes()
    assert written_results(updated_results(result_catalogue(language)), language) == present


def test_every_language_has_a_catalogue() -> None:
    assert {path.stem for path in RESULTS.glob("*.po")} == set(OTHERS)


def test_every_rubric_is_among_the_texts() -> None:
    texts = set(shipped_texts())
    for rubric in rubric_templates().values():
        for criterion in rubric.criteria:
            assert {criterion.label, criterion.definition, *criterion.anchors} <= texts
