from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.errors import SheetError
from toolkit.review.rubric import Rubric, portfolio_rubric, rubric_templates
from toolkit.sheets.rubric_language import rubric_in


def test_keys_and_weights_are_those_of_the_english_rubric() -> None:
    english, german = portfolio_rubric(), rubric_in(portfolio_rubric(), "de")
    assert german.name == "Portfolio-Beurteilung"
    assert german.criteria[0].anchors[2].startswith("Könnte heute erscheinen")
    assert german.weights == english.weights


def test_what_somebody_wrote_stays() -> None:
    first, *others = portfolio_rubric().criteria
    own = replace(portfolio_rubric(), criteria=(replace(first, label="Our own"), *others))
    told = rubric_in(own, "fr")
    assert told.criteria[0].label == "Our own"
    assert told.criteria[1].label == "Des résultats vérifiables"


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_every_rubric_passes_its_own_check_in_every_language(language: str) -> None:
    for rubric in rubric_templates().values():
        told = rubric_in(rubric, language)
        assert Rubric.from_toml(told.to_toml()) == told


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(SheetError, match="There are no sheets in the language 'it'"):
        rubric_in(portfolio_rubric(), "it")
