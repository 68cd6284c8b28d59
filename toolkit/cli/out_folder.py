"""A folder that an engine writes rows into."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import InputError


def require_folder_here(folder: Path, engine: str | None) -> None:
    """Refuse an address elsewhere, unless Spark is to write there.

    Raises
    ------
    InputError
        If the folder is not one of this machine.
    """
    from toolkit.engine.listing import address

    if "://" in address(folder) and engine != "spark":
        raise InputError(
            f"{address(folder)}: rows are written to a folder of this machine. Copy them from "
            "there, or use --engine spark."
        )
