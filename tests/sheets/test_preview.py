import io

import pytest
from PIL import Image

from tests.sheets.examples import SHEET, UNBLINDED
from toolkit.sheets.look import Look
from toolkit.sheets.preview import SHARPNESS, first_page


@pytest.mark.parametrize(
    ("paper", "width", "height"), [("a4", 210, 297), ("us-letter", 215.9, 279.4)]
)
def test_the_picture_is_the_page_at_its_size(paper, width: float, height: float):
    with Image.open(io.BytesIO(first_page(SHEET, Look(paper)))) as picture:
        assert picture.format == "PNG"
        for pixels, millimetres in zip(picture.size, (width, height), strict=True):
            assert abs(pixels - millimetres / 25.4 * SHARPNESS) <= 1
        # Ink on paper: not blank, and light enough to print.
        dark = sum(picture.convert("L").histogram()[:128]) / (picture.width * picture.height)
        assert 0.005 < dark < 0.1


def test_the_same_sheet_gives_the_same_picture_and_another_name_another_one():
    assert first_page(SHEET) == first_page(SHEET)
    assert first_page(SHEET) != first_page(UNBLINDED)
