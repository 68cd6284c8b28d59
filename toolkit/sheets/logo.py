"""A logo as it is printed: one SVG document that holds nothing but shapes.

A logo is somebody's file that goes into every document, so it is looked at first: no script, no
reference to anything outside the file, no text that would need a font, and a size that leaves the
documents small. A PNG is put into an SVG as it is, so that there is one form to print.
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from toolkit.errors import SheetError

LARGEST = 150_000
MOST_PIXELS = 2_000
#: Times as wide as high, and the other way round.
LONGEST = 10.0

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}"
# So that what is written anew has no prefix before every name.
ElementTree.register_namespace("", _SVG[1:-1])
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px|pt|mm|cm|in|pc)?\s*")
_OUTSIDE = re.compile(r"url\((?!\s*['\"]?#)|@import|javascript:", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+")
#: What a printed picture has no use for, and what each would do.
_REFUSED = {
    "script": "a script",
    "foreignObject": "a web page",
    "iframe": "a web page",
    "audio": "sound",
    "video": "a film",
    "handler": "a script",
    "listener": "a script",
    "set": "an animation",
    "animate": "an animation",
    "animateMotion": "an animation",
    "animateTransform": "an animation",
    "text": "text, which needs a font: turn it into paths",
}


@dataclass(frozen=True)
class Logo:
    """A logo that has been looked at.

    Parameters
    ----------
    svg : str
        The document that is printed.
    ratio : float
        Width over height.
    """

    svg: str
    ratio: float


def logo_of(content: bytes, name: str = "The logo") -> Logo:
    """A PNG or SVG file as a logo.

    Parameters
    ----------
    content : bytes
    name : str
        Of the file, for messages.

    Raises
    ------
    SheetError
        If it is neither, too large, of a shape that does not fit, or holds what no logo needs.
    """
    if len(content) > LARGEST:
        raise SheetError(
            f"{name} has {len(content):,} bytes; a logo stands in every document and may have "
            f"{LARGEST:,}. Save it smaller."
        )
    if content.startswith(_PNG):
        width, height = _png_size(content, name)
        return Logo(_wrapped(content, width, height), _ratio(width, height, name))
    return _svg_logo(content, name)


def _png_size(content: bytes, name: str) -> tuple[int, int]:
    """Width and height of a PNG that is whole.

    The layout is that of the PNG specification (ISO/IEC 15948): chunks of length, type, data and
    checksum; the first holds the size, those called ``IDAT`` the compressed picture.
    """
    broken = SheetError(f"{name} is a damaged PNG. Save the picture again.")
    at, data, sizes, ended = len(_PNG), b"", (0, 0), False
    try:
        while at < len(content):
            length, kind = struct.unpack_from(">L4s", content, at)
            body = content[at + 8 : at + 8 + length]
            (check,) = struct.unpack_from(">L", content, at + 8 + length)
            if zlib.crc32(kind + body) != check:
                raise broken
            if kind == b"IHDR":
                sizes = struct.unpack_from(">LL", body)
            elif kind == b"IDAT":
                data += body
            ended = ended or kind == b"IEND"
            at += 12 + length
        width, height = sizes
        if not ended or not width or not height:
            raise broken
        if max(width, height) > MOST_PIXELS:
            raise SheetError(
                f"{name} has {width:,} × {height:,} pixels; a logo may have {MOST_PIXELS:,} a "
                "side. Save it smaller."
            )
        # Four channels of two bytes, and a byte more a row in each of seven passes.
        most = 8 * width * height + 8 * (height + 8)
        if not zlib.decompressobj().decompress(data, most):
            raise broken
    except (struct.error, zlib.error) as error:
        raise broken from error
    return width, height


def _wrapped(png: bytes, width: int, height: int) -> str:
    inside = base64.b64encode(png).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{inside}"/></svg>'
    )


def _svg_logo(content: bytes, name: str) -> Logo:
    try:
        text = content.decode("utf-8-sig")
        if _DECLARED.search(text):
            raise SheetError(
                f"{name} declares a document type, which can pull in other files. Save it as "
                "plain SVG."
            )
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
        raise SheetError(f"{name} is neither a PNG nor an SVG that can be read.") from error
    if root.tag != f"{_SVG}svg":
        raise SheetError(f"{name} is not an SVG: its outermost element is not 'svg'.")
    for element in root.iter():
        _look_at(element, name)
    # Written anew: without comments and instructions to programs, and in ASCII.
    plain = ElementTree.tostring(root, encoding="us-ascii").decode("ascii")
    return Logo(plain, _ratio(*_svg_size(root, name), name))


def _look_at(element: ElementTree.Element, name: str) -> None:
    """Refuse an element that does more than draw."""
    kind = str(element.tag).rpartition("}")[2]
    if kind in _REFUSED:
        raise SheetError(f"{name} holds {_REFUSED[kind]} ('{kind}'). A logo is shapes alone.")
    if kind == "style" and _OUTSIDE.search(element.text or ""):
        raise SheetError(f"{name} has a style that fetches something from outside. Take it out.")
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2]
        if attribute.lower().startswith("on"):
            raise SheetError(f"{name} holds a script ('{attribute}'). A logo is shapes alone.")
        points_outside = attribute in ("href", "src") and not _inside(value)
        if points_outside or _OUTSIDE.search(value):
            raise SheetError(
                f"{name} refers to something outside itself ('{value[:60]}'). Put everything "
                "into the file."
            )


def _inside(target: str) -> bool:
    return target.startswith("#") or _PICTURE.fullmatch(target) is not None


def _svg_size(root: ElementTree.Element, name: str) -> tuple[float, float]:
    """Width and height, from the attributes or the view box."""
    sizes = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if all(sizes):
        width, height = (float(size.group(1)) for size in sizes if size is not None)
        return width, height
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        _, _, width, height = map(float, box)
    except ValueError as error:
        raise SheetError(f"{name} says no size: give it a width and a height.") from error
    return width, height


def _ratio(width: float, height: float, name: str) -> float:
    if not (width > 0 and height > 0) or not 1 / LONGEST <= width / height <= LONGEST:
        raise SheetError(
            f"{name} is {width:g} × {height:g}; a logo may be at most {LONGEST:g} times as long "
            "one way as the other."
        )
    return width / height
