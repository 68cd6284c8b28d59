"""What intake noticed: one exclusion, repair or warning, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Issue:
    """One thing that intake noticed about the uploaded data.

    Parameters
    ----------
    level : {"error", "warning", "note"}
        An error makes the data unusable until mended; a warning changed or may change
        a result (a value set aside, a row excluded); a note only tells.
    message : str
        What was found and what to do about it, as a sentence for an HR person.
    file, sheet, column : str, optional
        Where it was found.
    row : int, optional
        Row as a spreadsheet numbers it: the header is row 1. The first of them where the
        issue stands for several.
    rows : tuple of int
        Every row that the issue stands for, where it stands for more than one.
    """

    level: Level
    message: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    rows: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many rows the issue stands for; 1 where it is not about rows."""
        return len(self.rows) or 1

    def where(self) -> str:
        """The place in words, for instance ``"scores.csv, row 14, column 'klout'"``."""
        parts = [
            self.file,
            f"sheet '{self.sheet}'" if self.sheet else None,
            None if self.row is None or self.rows else f"row {self.row}",
            f"column '{self.column}'" if self.column else None,
        ]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        where = self.where()
        return f"{where}: {self.message}" if where else self.message

    def to_dict(self) -> dict[str, object]:
        """The entry of ``check``'s JSON ``issues`` list."""
        return {
            "level": self.level,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "message": self.message,
            "count": self.count,
        }
