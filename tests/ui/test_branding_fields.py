from __future__ import annotations

from tests.sheets.test_logo import SVG
from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.sheets.branding import Branding
from toolkit.sheets.logo import logo_of
from toolkit.ui.components import branding_fields as module
from toolkit.ui.components.sheet_settings import SheetSettings
from toolkit.ui.pages import sheets as page


def test_sheets_come_in_the_language_and_colours_that_were_chosen() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    test.selectbox(key="sheet-language").select("de")
    test.text_input(key="sheet-organisation").input("Acorn")
    test.color_picker(key="sheet-accent").pick("#7a1f3d")
    test.text_input(key="sheet-footer").input("People team")
    test.file_uploader(key="sheet-logo").set_value(("logo.svg", SVG.encode(), "image/svg+xml"))
    checked(test.run())
    made = checked(test.button(key="sheets-make").click().run())
    _, manifest, _ = made.session_state["workspace"].kept["archive",]
    assert manifest.language == "de"
    assert made.session_state[module._LOGO] == logo_of(SVG.encode())
    # An upload is forgotten with its page; the logo is not, until it is taken out.
    made.file_uploader(key="sheet-logo").set_value(None)
    made = checked(made.run())
    assert made.session_state[module._LOGO].ratio == 2.0
    made = checked(made.button(key="sheet-logo-out").click().run())
    assert module._LOGO not in made.session_state


def test_what_cannot_be_printed_is_said_beside_its_field() -> None:
    test = opened(page.page, at_work(agency(), gated()))
    test.color_picker(key="sheet-accent").pick("#ffcc00")
    test.file_uploader(key="sheet-logo").set_value(("x.svg", b"<svg", "image/svg+xml"))
    said = words(checked(test.run()))
    assert "is close to it and passes" in said
    assert "neither a PNG nor an SVG" in said


def test_settings_hold_a_look() -> None:
    import datetime as dt

    from toolkit.sheets.requisition import Requisition

    settings = SheetSettings(Requisition(), True, "us-letter", dt.date(2026, 11, 22), "fr")
    assert (settings.look.paper, settings.look.language) == ("us-letter", "fr")
    assert settings.look.branding == Branding()
