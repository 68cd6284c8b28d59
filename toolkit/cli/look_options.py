"""Options on how documents look: their language, and whose they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from toolkit.sheets.branding import Branding

#: Those of `toolkit.sheets.look.PAPERS` and `toolkit.sheets.texts.LANGUAGES`; spelled out so that
#: ``--help`` loads nothing.
PaperSize = Annotated[Literal["a4", "us-letter"], typer.Option(help="Paper of the PDF.")]
Language = Annotated[
    Literal["en", "de", "fr", "es"],
    typer.Option(help="Language of the documents; what people wrote stays as it is."),
]
BrandingFile = Annotated[
    Path | None,
    typer.Option(
        "--branding", metavar="FILE", help="Name, logo, colour and footer, as a TOML file."
    ),
]


def branding_from(path: Path | None) -> Branding:
    """Read a branding file; nobody's branding where there is none.

    Raises
    ------
    SheetError
        If it cannot be used.
    """
    from toolkit.sheets.branding import PLAIN, Branding

    return Branding.read(path) if path else PLAIN
