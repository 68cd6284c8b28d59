"""The manifest of a batch of sheets: what was written, and out of what."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit import __version__
from toolkit.sheets.content import digest_of
from toolkit.sheets.content_hash import sha256
from toolkit.sheets.documents import Document
from toolkit.sheets.look import Look
from toolkit.sheets.plan import Plan
from toolkit.sheets.typesetting import Typeset

NAME = "manifest.json"


@dataclass(frozen=True)
class SheetEntry:
    """One file of the batch.

    Parameters
    ----------
    file : str
    candidate_id : str, optional
        None for a document about everybody.
    sha256 : str
        Of the file.
    size : int
        Bytes.
    content : str
        SHA-256 of the sheet's content, as its footer begins it.
    replaced : tuple of str
        Characters that stand on the sheet as code points, such as ``"U+1F600"``.
    """

    file: str
    candidate_id: str | None
    sha256: str
    size: int
    content: str
    replaced: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            "file": self.file,
            "candidate_id": self.candidate_id,
            "sha256": self.sha256,
            "bytes": self.size,
            "content_sha256": self.content,
            "printed_as_code_points": list(self.replaced),
        }


@dataclass(frozen=True)
class Manifest:
    """A batch of sheets: its files with their hashes, and what they were made of.

    Parameters
    ----------
    kind : str
        Of the sheets, for instance ``"candidate"``.
    date : date
        On the sheets.
    blind : bool
    paper, language : str
    screen, screen_digest : str
        Name and SHA-256 of the rule.
    rubric, rubric_digest : str
        Name and SHA-256.
    inputs : mapping of str to str
        File name to SHA-256.
    version : str
        Of this program.
    sheets : tuple of SheetEntry
        In the order of the cohort.
    """

    kind: str
    date: dt.date
    blind: bool
    paper: str
    language: str
    screen: str
    screen_digest: str
    rubric: str
    rubric_digest: str
    inputs: Mapping[str, str]
    version: str
    sheets: tuple[SheetEntry, ...]

    @property
    def replaced(self) -> Mapping[str, tuple[str, ...]]:
        """Candidates, or files, whose document shows code points, with those."""
        return {
            entry.candidate_id or entry.file: entry.replaced
            for entry in self.sheets
            if entry.replaced
        }

    def to_dict(self) -> dict[str, object]:
        """The content of ``manifest.json``."""
        return {
            "program": "Cloutproof",
            "version": self.version,
            "kind": self.kind,
            "date": self.date.isoformat(),
            "blind": self.blind,
            "paper": self.paper,
            "language": self.language,
            "screen": {"name": self.screen, "sha256": self.screen_digest},
            "rubric": {"name": self.rubric, "sha256": self.rubric_digest},
            "inputs": dict(self.inputs),
            "sheets": [entry.to_dict() for entry in self.sheets],
        }

    def to_bytes(self) -> bytes:
        """``manifest.json`` as it is written: the same bytes for the same batch."""
        return (json.dumps(self.to_dict(), indent=2) + "\n").encode("ascii")


def sheet_entry(
    file: str, candidate_id: str | None, document: Document, typeset: Typeset
) -> SheetEntry:
    """The manifest's entry for one document."""
    return SheetEntry(
        file=file,
        candidate_id=candidate_id,
        sha256=sha256(typeset.pdf),
        size=len(typeset.pdf),
        content=digest_of(document),
        replaced=typeset.replaced,
    )


def manifest_of(
    plan: Plan, look: Look, inputs: Mapping[str, str], entries: Sequence[SheetEntry]
) -> Manifest:
    """The manifest of a batch.

    Parameters
    ----------
    plan : Plan
    look : Look
    inputs : mapping of str to str
        File name to SHA-256.
    entries : sequence of SheetEntry
    """
    return Manifest(
        kind=plan.kind,
        date=plan.date,
        blind=plan.blind,
        paper=look.paper,
        language=look.language,
        screen=plan.screen.name,
        screen_digest=plan.screen.digest,
        rubric=plan.rubric.name,
        rubric_digest=plan.rubric.digest,
        inputs=dict(sorted(inputs.items())),
        version=__version__,
        sheets=tuple(entries),
    )
