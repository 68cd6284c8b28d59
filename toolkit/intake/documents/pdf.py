"""PDF files, page by page, with their links; pictures are counted and left behind."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from toolkit.errors import UnreadableFile
from toolkit.intake.documents.addresses import links_in
from toolkit.intake.documents.document import Document, Link, Section, unique_links
from toolkit.intake.documents.limits import MOST_CHARACTERS, MOST_PAGES
from toolkit.intake.documents.tidy import one_line, tidy
from toolkit.intake.issue import Issue

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

#: A code that no font uses, for the space that it lacks.
_SPACE = b"1 beginbfchar <FFFE> <0020> endbfchar\nendcmap"
#: Width of a space in thousandths of the letter size, where a font does not say.
_SPACE_WIDTH = 240.0
#: Pages with fewer letters than this and a picture look scanned.
_HARDLY_ANY = 20
#: Pictures nested in pictures are not followed further.
_DEEPEST, _MOST_PICTURES = 5, 1_000
_PROGRAMS = re.compile(
    r"microsoft|adobe|canva|latex|google|figma|apple|unknown|anonym|^user$|^admin", re.IGNORECASE
)
_UNMAPPED = re.compile(r"/(?:g|cid|uni|glyph)\d{1,5}|\(cid:\d+\)|[\ue000-\uf8ff�]")


def read_pdf(data: bytes, name: str) -> Document:
    """A PDF file, a section a page.

    Raises
    ------
    UnreadableFile
        If it is damaged, protected by a password, or has no text (scanned, drawn).
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(
                f"{name}: the PDF is protected by a password. Ask for a copy without."
            )
        return _read(reader, name)
    except UnreadableFile:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise _damaged(name, error) from None
    except (OSError, EOFError, RecursionError, ArithmeticError, NotImplementedError) as error:
        raise _damaged(name, error) from None
    except ImportError:
        raise UnreadableFile(
            f"{name}: the PDF is encrypted in a way that is not read here. Ask for a copy "
            "without protection."
        ) from None


def _read(reader: PdfReader, name: str) -> Document:
    count = len(reader.pages)
    sections: list[Section] = []
    links: list[Link] = []
    issues: list[Issue] = []
    scanned: list[int] = []
    pictures = characters = unmapped = 0
    for number in range(1, min(count, MOST_PAGES) + 1):
        page = reader.pages[number - 1]
        place = f"page {number}"
        _name_spaces(page)
        text = tidy(page.extract_text(space_width=_SPACE_WIDTH))
        found = sum(1 for _ in _pictures(page, _DEEPEST))
        pictures += found
        unmapped += len(_UNMAPPED.findall(text))
        if len(text) < _HARDLY_ANY and found:
            scanned.append(number)
        links += [Link(address, "", place) for address in _targets(page)]
        section = Section(place, "", text)
        links += [Link(link.address, "", place) for link in links_in(section)]
        sections.append(section)
        characters += len(text)
        if characters > MOST_CHARACTERS:
            break
    if not any(section.text.strip() for section in sections):
        raise UnreadableFile(
            f"{name}: the PDF has no text layer"
            + (": its pages are pictures, as a scanner makes them" if scanned else "")
            + ". Ask for the file it was printed from, or have a text recognition program (OCR) "
            "add the text."
        )
    if count > MOST_PAGES:
        issues.append(
            Issue(
                "warning",
                f"The PDF has {count:,} pages; only the first {MOST_PAGES} were read. Ask for "
                "fewer pages if the others matter.",
                file=name,
            )
        )
    if scanned:
        shown = ", ".join(map(str, scanned[:10])) + (" and others" if len(scanned) > 10 else "")
        issues.append(
            Issue(
                "warning",
                f"Pictures without text, as a scanner makes them, on page {shown}: nothing could "
                "be read there. Ask for a copy with text.",
                file=name,
            )
        )
    if characters and unmapped * 10 > characters:
        issues.append(
            Issue(
                "warning",
                "Many letters of this PDF cannot be told: it does not say which its signs are. "
                "Ask for the file it was made from.",
                file=name,
            )
        )
    about = reader.metadata
    author = one_line(str(about.author or "")) if about else ""
    return Document(
        name,
        "pdf",
        one_line(str(about.title or "")) if about else "",
        tuple(sections),
        unique_links(links),
        pictures,
        count,
        people=(author,) if author and not _PROGRAMS.search(author) else (),
        issues=tuple(issues),
    )


def _name_spaces(page: PageObject) -> None:
    """Give fonts without a space one, so that gaps between words are seen as such.

    Typesetting programs leave the space out of the fonts that they embed and set words apart
    by moving. The width of some other letter is then taken for that of the space.
    """
    from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

    fonts = _entry(_entry(page, "/Resources"), "/Font")
    for key in list(fonts or ()):
        font = _entry(fonts, key)
        table = _entry(font, "/ToUnicode")
        if not isinstance(table, StreamObject) or _entry(font, "/Subtype") != "/Type0":
            continue
        mapping = table.get_data()
        # Where the font does have a space, it comes first and keeps its own width.
        named = DecodedStreamObject()
        named.set_data(mapping.replace(b"endcmap", _SPACE, 1))
        font[NameObject("/ToUnicode")] = named


def _pictures(holder: Any, deep: int) -> Iterator[Any]:
    """Pictures among the resources of a page, without decoding one."""
    objects = _entry(_entry(holder, "/Resources"), "/XObject")
    for key in list(objects or ())[:_MOST_PICTURES]:
        found = _entry(objects, key)
        kind = _entry(found, "/Subtype")
        if kind == "/Image":
            yield found
        elif kind == "/Form" and deep:
            yield from _pictures(found, deep - 1)


def _targets(page: PageObject) -> Iterator[str]:
    notes = _entry(page, "/Annots")
    for note in list(notes or ())[:2_000]:
        address = _entry(_entry(note.get_object(), "/A"), "/URI")
        if isinstance(address, bytes):
            address = address.decode("utf-8", "replace")
        if isinstance(address, str) and address.strip():
            yield address.strip()


def _entry(holder: Any, key: str) -> Any:
    """What a dictionary of the PDF holds under a key; None where it is no dictionary."""
    found = holder.get(key) if hasattr(holder, "get") and hasattr(holder, "keys") else None
    return found if found is None or not hasattr(found, "get_object") else found.get_object()


def _damaged(name: str, error: Exception) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: the PDF is damaged or cut off ({type(error).__name__}). Open it in the program "
        "that made it and save it again."
    )
