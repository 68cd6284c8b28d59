"""From page content to PDF: accessible (PDF/UA-1), archival (PDF/A-2a), the same every time.

Data reach the template as files of JSON that exist in memory alone, and are only ever printed as
text; no template is built out of data. The fonts are the vendored ones alone, and the only clock
is the date on the sheet, so that the same sheet gives the same bytes on every machine.

The typesetter remembers what it has set, and a batch lives on that: most of a sheet is the same for
everybody. It forgets everything when the inputs of the program change, and nothing when a file does
that is read by one part of the template; hence the files.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.errors import SheetError
from toolkit.sheets.coverage import FONTS, families_for
from toolkit.sheets.printable import printable_tree
from toolkit.sheets.stream_ends import with_plain_stream_ends

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "templates"

_STANDARDS = ("ua-1", "a-2a")
# A compiler is one object with a cache; two threads must not be inside it at once.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Typeset:
    """A document as PDF, and what could not be printed as it is.

    Parameters
    ----------
    pdf : bytes
    replaced : tuple of str
        Characters that stand in the document as code points, such as ``"U+1F600"``.
    """

    pdf: bytes
    replaced: tuple[str, ...]


class Job(NamedTuple):
    """The arguments of `typeset`."""

    template: str
    page: Mapping[str, object]
    date: dt.date


def typeset(template: str, page: Mapping[str, object], date: dt.date) -> Typeset:
    """Set page content with a template.

    Parameters
    ----------
    template : str
        Name of a file in ``templates/``, without its ending.
    page : mapping
        Strings, numbers, truth values, and lists and mappings of them.
    date : date
        Becomes the creation date of the document.

    Returns
    -------
    Typeset

    Raises
    ------
    SheetError
        If the content cannot be set to the two standards.
    """
    content, replaced = printable_tree(page)
    midnight = dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)
    (pdf,) = _compiled(
        template, content, format="pdf", pdf_standards=[*_STANDARDS], timestamp=midnight
    )
    return Typeset(with_plain_stream_ends(pdf), replaced)


def pictures(template: str, page: Mapping[str, object], sharpness: float) -> list[bytes]:
    """The pages as PNG, set as `typeset` sets them.

    Parameters
    ----------
    template : str
    page : mapping
    sharpness : float
        Dots an inch.

    Raises
    ------
    SheetError
        If the content cannot be set.
    """
    content, _ = printable_tree(page)
    return _compiled(template, content, format="png", ppi=sharpness)


def _compiled(template: str, content: object, **how: Any) -> list[bytes]:
    import typst

    assert isinstance(content, dict)
    page = json.dumps(content, ensure_ascii=False)
    files: Any = {
        "main.typ": TEMPLATES / f"{template}.typ",
        "page.json": page.encode("utf-8"),
        "brand.json": _json(content.get("brand")),
        "fonts.json": _json(families_for(page)),
    }
    try:
        with _ONE_AT_A_TIME:
            made = _compiler().compile(files, **how)
    except typst.TypstError as error:
        raise SheetError(
            f"The {template} sheet could not be written: {error.message}. Please report this."
        ) from error
    if made is None:
        raise SheetError(f"The {template} sheet came out empty. Please report this.")
    return made if isinstance(made, list) else [made]


def _json(value: object) -> bytes:
    return json.dumps(value).encode("ascii")


@cache
def _compiler() -> typst.Compiler:
    """One compiler for the life of the program: fonts are read and indexed once."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True, root=str(TEMPLATES))
