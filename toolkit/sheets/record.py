"""The record that a document carries: everything that it was made of, for a machine to read.

From the record alone the document can be made again, byte for byte, by the same version of the
program. That is how a changed page, number or record is noticed (`toolkit.sheets.verify`).
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as version_of
from typing import Any

from toolkit import __version__
from toolkit.errors import SheetError
from toolkit.sheets.content import content_of, value_of
from toolkit.sheets.content_hash import canonical, sha256
from toolkit.sheets.look import Look

FORMAT = 1
PROGRAM = "Cloutproof"
_NEEDED = frozenset(
    {"program", "format", "kind", "version", "typesetter", "date", "look", "pages"}
    | {"content", "content_sha256"}
)


@dataclass(frozen=True)
class Record:
    """What one document was made of.

    Parameters
    ----------
    kind : str
        Of document, for instance ``"candidate"``.
    date : date
        Creation date in the file.
    look : Look
    content : dict
        The document's values as JSON values: among them the SHA-256 of each input file, and the
        screen as TOML with its SHA-256.
    content_sha256 : str
        Of the content, as the footer begins it.
    pages_sha256 : str
        Of the file without the record.
    pages_bytes : int
        Length of the file without the record.
    version : str
        Of the program that made it.
    typesetter : str
        Name and version.
    """

    kind: str
    date: dt.date
    look: Look
    content: dict[str, Any]
    content_sha256: str
    pages_sha256: str
    pages_bytes: int
    version: str
    typesetter: str

    @property
    def same_program(self) -> bool:
        """Whether this very program and typesetter made it, so that bytes can be compared."""
        return (self.version, self.typesetter) == (__version__, typesetter())

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON values."""
        return {
            "program": PROGRAM,
            "format": FORMAT,
            "kind": self.kind,
            "version": self.version,
            "typesetter": self.typesetter,
            "date": self.date.isoformat(),
            "look": content_of(self.look),
            "pages": {"sha256": self.pages_sha256, "bytes": self.pages_bytes},
            "content": self.content,
            "content_sha256": self.content_sha256,
        }

    def to_bytes(self) -> bytes:
        """The record as it stands in the file: JSON in ASCII.

        Unlike what is hashed, keys keep their order: a page may follow it.
        """
        return json.dumps(self.to_dict(), separators=(",", ":")).encode("ascii")

    @classmethod
    def from_bytes(cls, written: bytes) -> Record:
        """The record that a document carries.

        Raises
        ------
        SheetError
            If the bytes are no record, or one of a later program that this one cannot read.
        """
        try:
            told = json.loads(written)
        except (ValueError, RecursionError) as error:
            raise SheetError("The record in the document is damaged: it is not JSON.") from error
        if not isinstance(told, dict) or told.get("program") != PROGRAM:
            raise SheetError("The record in the document is not one of Cloutproof's.")
        if told.get("format") != FORMAT:
            raise SheetError(
                f"The record in the document has the form {told.get('format')!r}, and this "
                f"version of Cloutproof reads {FORMAT}. Take the version that made it: "
                f"{told.get('version')!r}."
            )
        lacking = sorted(_NEEDED - set(told))
        if lacking:
            raise SheetError(f"The record in the document lacks {', '.join(lacking)}.")
        try:
            return cls(
                kind=str(told["kind"]),
                date=dt.date.fromisoformat(told["date"]),
                look=value_of(Look, told["look"]),
                content=dict(told["content"]),
                content_sha256=str(told["content_sha256"]),
                pages_sha256=str(told["pages"]["sha256"]),
                pages_bytes=int(told["pages"]["bytes"]),
                version=str(told["version"]),
                typesetter=str(told["typesetter"]),
            )
        except (TypeError, ValueError, KeyError) as error:
            raise SheetError(f"The record in the document is damaged: {error}.") from error


def record_of(kind: str, value: object, date: dt.date, look: Look, pages: bytes) -> Record:
    """The record of a document that was just typeset.

    Parameters
    ----------
    kind : str
    value : object
        What the document says: a frozen dataclass of plain values.
    date : date
    look : Look
    pages : bytes
        The document without its record.
    """
    content = content_of(value)
    return Record(
        kind=kind,
        date=date,
        look=look,
        content=content,
        content_sha256=sha256(canonical(content)),
        pages_sha256=sha256(pages),
        pages_bytes=len(pages),
        version=__version__,
        typesetter=typesetter(),
    )


@cache
def typesetter() -> str:
    """Name and version of the typesetter."""
    return f"typst {version_of('typst')}"
