"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import Format

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="CSV, TSV, XLSX, JSON, JSON Lines, Parquet, ZIP or a folder of these.",
        show_default=False,
    ),
]
ScreenFile = Annotated[
    Path,
    typer.Option("--screen", metavar="SCREEN", help="The screen, a TOML file."),
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="What each column is, as saved by the app."),
]
Form = Annotated[
    Format,
    typer.Option("--format", case_sensitive=False, help="A table to read, or full precision."),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write to this file, not to standard output."),
]
