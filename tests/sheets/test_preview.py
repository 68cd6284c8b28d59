from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.sheets.examples import SHEET
from toolkit.errors import SheetError
from toolkit.sheets.preview import SHARPNESS, first_page


@pytest.mark.parametrize(("paper", "inches"), [("a4", (8.27, 11.69)), ("us-letter", (8.5, 11.0))])
def test_page_one_has_the_shape_of_the_paper(paper: str, inches: tuple[float, float]) -> None:
    with Image.open(io.BytesIO(first_page(SHEET, paper))) as image:  # type: ignore[arg-type]
        assert image.size == pytest.approx([side * SHARPNESS for side in inches], abs=2)


def test_the_same_sheet_gives_the_same_picture() -> None:
    assert first_page(SHEET) == first_page(SHEET)


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(SheetError, match="paper"):
        first_page(SHEET, "a0")  # type: ignore[arg-type]
