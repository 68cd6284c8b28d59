"""Every page of the app is documented, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.ui import places

PAGES = Path(__file__).parents[2] / "docs" / "pages"


@pytest.mark.parametrize("place", places.ALL, ids=lambda place: place.path)
def test_a_page_of_the_app_has_a_page_of_its_own(place: places.Place) -> None:
    text = (PAGES / f"{place.path}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {place.title}\n")


def test_no_page_is_described_that_is_not_there() -> None:
    described = {path.stem for path in PAGES.glob("*.md")} - {"index"}
    assert described == {place.path for place in places.ALL}
