from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from toolkit.errors import SheetError
from toolkit.sheets.logo import LARGEST, logo_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
SVG = f'{HEAD}<rect width="9" height="9" fill="#123"/></svg>'


def svg(inside: str) -> bytes:
    return f"{HEAD}{inside}</svg>".encode()


def png(width: int = 30, height: int = 20) -> bytes:
    page = io.BytesIO()
    Image.new("RGBA", (width, height), (120, 20, 60, 200)).save(page, "PNG")
    return page.getvalue()


def test_an_svg_is_written_anew_and_a_png_is_put_into_one() -> None:
    drawn = logo_of(f"<!-- by X --><?xml-stylesheet href='x'?>{SVG}".encode())
    assert drawn.ratio == 2.0
    assert drawn.svg == SVG.replace("/></svg>", " /></svg>")
    picture = logo_of(png())
    assert picture.ratio == 1.5
    assert 'href="data:image/png;base64,iVBOR' in picture.svg


def test_the_size_may_come_from_the_view_box() -> None:
    plain = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"/>'
    assert logo_of(plain.encode()).ratio == 3.0
    assert logo_of(plain.replace("viewBox", 'width="100%" viewBox').encode()).ratio == 3.0


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>1</script>", "a script"),
        ('<rect onclick="1"/>', "a script"),
        ("<foreignObject/>", "a web page"),
        ("<text>A</text>", "turn it into paths"),
        ("<animate/>", "an animation"),
        ('<image href="https://example.org/x.png"/>', "outside itself"),
        ('<image href="file:///etc/passwd"/>', "outside itself"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "outside itself"),
        ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="other.svg#a"/>', "outside itself"),
        ('<rect fill="url(http://example.org/#a)"/>', "outside itself"),
        ("<rect style=\"fill: url( 'x.svg#a')\"/>", "outside itself"),
        ("<style>@import 'x.css';</style>", "fetches something"),
        ('<a href="javascript:alert(1)"/>', "outside itself"),
    ],
)
def test_what_does_more_than_draw_is_refused(inside: str, said: str) -> None:
    with pytest.raises(SheetError, match=said):
        logo_of(svg(inside), "logo.svg")


@pytest.mark.parametrize(
    "inside",
    ['<rect fill="url(#a)"/>', "<rect style=\"fill:url( '#a')\"/>", '<use href="#a"/>'],
)
def test_what_points_inside_is_kept(inside: str) -> None:
    assert logo_of(svg(inside)).ratio == 2.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a", "neither a PNG nor an SVG"),
        (b"<svg", "neither a PNG nor an SVG"),
        (b"<html/>", "outermost element is not"),
        (b'<!DOCTYPE svg SYSTEM "x">' + SVG.encode(), "declares a document type"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + SVG.encode(), "declares a document type"),
        (SVG.replace('width="40" ', "").encode(), "says no size"),
        (SVG.replace("40", "900").encode(), "at most 10 times as long"),
        (SVG.replace("40", "0").encode(), "at most 10 times as long"),
        (b"x" * (LARGEST + 1), "may have 150,000"),
        (png(2001, 300), "2,001 × 300 pixels"),
        (png()[:-20], "damaged PNG"),
        (png().replace(b"IDAT", b"IDAX"), "damaged PNG"),
        (b"\x89PNG\r\n\x1a\n", "damaged PNG"),
    ],
)
def test_what_is_no_logo_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(SheetError, match=said):
        logo_of(content, "logo.svg")


@settings(max_examples=60)
@given(st.binary(max_size=200), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", HEAD.encode()]))
def test_any_bytes_are_a_logo_or_refused(content: bytes, begin: bytes) -> None:
    said = ""
    try:
        assert 0.1 <= logo_of(begin + content).ratio <= 10
    except SheetError as error:
        said = str(error)
    assert not said or said.startswith("The logo ")
