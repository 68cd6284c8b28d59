"""The first page of a document as a picture, to look at before it is printed."""

from __future__ import annotations

from toolkit.sheets.documents import Document, pictures_of
from toolkit.sheets.look import USUAL, Look

#: Dots an inch: legible on a screen, and a fraction of a second to draw.
SHARPNESS = 110


def first_page(document: Document, look: Look = USUAL) -> bytes:
    """Page one as PNG, set by the same template and fonts as the PDF.

    Parameters
    ----------
    document : Document
    look : Look

    Raises
    ------
    SheetError
        If nothing could be drawn.
    """
    return pictures_of(document, look, SHARPNESS)[0]
