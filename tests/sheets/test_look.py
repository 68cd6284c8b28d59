from __future__ import annotations

import pytest

from toolkit.errors import SheetError
from toolkit.sheets.look import Look
from toolkit.sheets.texts import texts_of


def test_a_look_is_a_paper_a_language_and_a_branding() -> None:
    page = Look("us-letter", "de").page(texts_of("candidate", "de"))
    assert (page["paper"], page["language"]) == ("us-letter", "de")
    assert page["brand"]["accent"] == "#0f6f6b"  # type: ignore[index]


def test_a_paper_that_is_not_known_is_refused() -> None:
    with pytest.raises(SheetError, match="'a5' is not a paper size of the sheets"):
        Look("a5")  # type: ignore[arg-type]


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(SheetError, match=r"in the language 'it'\. Choose en \(English\), de"):
        Look(language="it")
