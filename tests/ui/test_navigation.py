from __future__ import annotations

from toolkit.ui import places
from toolkit.ui.navigation import SECTIONS


def test_every_place_is_in_one_section_in_the_order_of_the_work() -> None:
    assert tuple(place for pages in SECTIONS.values() for place in pages) == places.ALL
