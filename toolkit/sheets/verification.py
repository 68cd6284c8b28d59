"""What was found when a document was checked; `to_dict` is the JSON of ``cloutproof verify``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.sheets.stated_screen import StatedScreen


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Parameters
    ----------
    name : str
        ``"record"``, ``"file"``, ``"pages"``, ``"screen"``, ``"inputs"`` or ``"data"``.
    passed : bool or None
        None where it could not be told.
    says : str
        What was found, in a sentence.
    """

    name: str
    passed: bool | None
    says: str

    def to_dict(self) -> dict[str, object]:
        return {"check": self.name, "passed": self.passed, "says": self.says}


@dataclass(frozen=True)
class Difference:
    """One place where a document is not what it should be.

    Parameters
    ----------
    where : str
        For instance ``"page 2"``, ``"outcome.rank"`` or ``"input candidates.csv"``.
    document : str
        What the document says there.
    expected : str
        What its record, or the data, say.
    """

    where: str
    document: str
    expected: str

    def to_dict(self) -> dict[str, object]:
        return {"where": self.where, "document": self.document, "expected": self.expected}


@dataclass(frozen=True)
class Verification:
    """Whether one document is intact, and what was looked at.

    Parameters
    ----------
    file : str
        Its name.
    checks : tuple of Check
    differences : tuple of Difference
    kind, version, date : str
        Of document, of the program that made it, and on it; empty where the record is lost.
    content_sha256 : str
        Recomputed from the record; empty where it is lost.
    inputs : mapping of str to str
        Name and SHA-256 of each file that the figures were computed from.
    screen : StatedScreen, optional
        None where the document rests on no screen, or the record is lost.
    """

    file: str
    checks: tuple[Check, ...]
    differences: tuple[Difference, ...] = ()
    kind: str = ""
    version: str = ""
    date: str = ""
    content_sha256: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    screen: StatedScreen | None = None

    @property
    def intact(self) -> bool:
        """Whether no check failed, and some check was made."""
        return bool(self.checks) and all(check.passed is not False for check in self.checks)

    @property
    def sentence(self) -> str:
        """The answer in one or two sentences."""
        if self.intact:
            return f"{self.file} is intact."
        failed = next((check.says for check in self.checks if check.passed is False), "")
        return f"{self.file} is not intact. {failed}".strip()

    def to_dict(self) -> dict[str, object]:
        screen = self.screen
        return {
            "file": self.file,
            "intact": self.intact,
            "kind": self.kind,
            "version": self.version,
            "date": self.date,
            "content_sha256": self.content_sha256,
            "screen": None if screen is None else {"name": screen.name, "sha256": screen.sha256},
            "inputs": dict(self.inputs),
            "checks": [check.to_dict() for check in self.checks],
            "differences": [difference.to_dict() for difference in self.differences],
        }
