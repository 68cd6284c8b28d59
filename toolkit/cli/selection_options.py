"""Options of a table that says who was selected."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Selected = Annotated[
    str | None,
    typer.Option(metavar="COL", help="Column that says who (or how many) were selected."),
]
SelectedValue = Annotated[
    str | None, typer.Option(metavar="VALUE", help="The value that means selected.")
]
Total = Annotated[
    str | None,
    typer.Option(metavar="COL", help="Column with all people of a row: the file has counts."),
]
Workbook = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the tables as a workbook, too.")
]
