from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sheets.examples import SHEET
from tests.sheets.reading import failures, squeezed, text_of
from tests.sheets.test_logo import SVG, png
from toolkit.errors import SheetError
from toolkit.sheets.branding import Branding
from toolkit.sheets.content import content_of, value_of
from toolkit.sheets.logo import logo_of
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.requisition import Requisition

TOML = """
organisation = "Harbour Street Agency"
logo = "logo.svg"
accent = "#7a1f3d"
footer = "People team · people@example.org"
retain_until = 2030-12-31
"""
OURS = Branding(
    "Harbour Street Agency",
    logo_of(SVG.encode()),
    "#7a1f3d",
    "People team · people@example.org",
    dt.date(2030, 12, 31),
)


def test_a_branding_file_is_read_with_the_logo_beside_it(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG)
    (tmp_path / "ours.toml").write_text(TOML, encoding="utf-8")
    assert Branding.read(tmp_path / "ours.toml") == OURS


def test_it_goes_into_a_record_and_comes_back() -> None:
    assert value_of(Branding, content_of(OURS)) == OURS
    assert value_of(Branding, content_of(Branding())) == Branding()


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('accent = "#7a1f3d', "is not TOML"),
        ('accnet = "#7a1f3d"', r"'accnet' is not known. Did you mean 'accent'"),
        ('accent = "teal"', "'teal' is not a colour"),
        ('accent = "#ffcc00"', r"contrast with white is 1\.\d\d, and text needs 4\.5"),
        ("organisation = 7", "'organisation' is 7. Write it in quotes"),
        ('retain_until = "2030"', "Write a date without quotes"),
        ("retain_until = 2030-12-31T00:00:00", "Write a date without quotes"),
        ('logo = "gone.svg"', "cannot be read: No such file"),
        (f'footer = "{"x" * 161}"', "160 fit on a page"),
        (f'organisation = "{"x" * 121}"', "120 fit on a page"),
    ],
)
def test_what_a_branding_file_cannot_say(toml: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(toml)
    with pytest.raises(SheetError, match=said):
        Branding.read(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="cannot be read: No such file"):
        Branding.read(tmp_path / "gone.toml")


def test_a_colour_that_is_too_light_is_answered_with_one_that_passes() -> None:
    with pytest.raises(SheetError, match=r"#[0-9a-f]{6} is close to it and passes") as caught:
        Branding(accent="#e08020")
    close = str(caught.value).split(" is close")[0][-7:]
    assert Branding(accent=close).accent == close


@pytest.mark.parametrize("logo", [SVG.encode(), png()], ids=["svg", "png"])
def test_a_branded_sheet_keeps_both_standards(logo: bytes) -> None:
    pdf = render_pdf(SHEET, branding=replace(OURS, logo=logo_of(logo)))
    assert failures(pdf) == []
    assert b"Logo of Harbour Street Agency" in pdf
    assert text_of(pdf).count(squeezed("People team · people@example.org")) == 3


def test_what_the_requisition_says_comes_first() -> None:
    blank = replace(SHEET, requisition=Requisition(title="Opening 7"))
    said = text_of(render_pdf(blank, branding=OURS))
    assert squeezed("Harbour Street Agency") in said
    assert squeezed("Keep until 31 December 2030") in said
    own = replace(blank.requisition, organisation="Acorn", retain_until=dt.date(2029, 1, 2))
    said = text_of(render_pdf(replace(blank, requisition=own), branding=OURS))
    assert "Acorn" in said
    assert squeezed("Harbour Street Agency") not in said
    assert squeezed("Keep until 2 January 2029") in said
