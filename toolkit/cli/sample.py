"""``cloutproof sample``: write the sample requisitions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.product_files import product_file
from toolkit.cli.program import program
from toolkit.errors import InputError
from toolkit.sheets.whole_file import write_whole


@program.command()
def sample(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write into.")],
    force: Annotated[
        bool, typer.Option("--force", help="Write over files that are already there.")
    ] = False,
) -> None:
    """Write the sample requisitions into a folder."""
    samples = product_file("sample_data")
    files = sorted(path for path in samples.rglob("*") if _is_sample(path))
    targets = [folder / path.relative_to(samples) for path in files]
    taken = [target for target in targets if target.exists()]
    if taken and not force:
        raise InputError(
            f"{folder} already holds {taken[0].relative_to(folder)}"
            + (f" and {len(taken) - 1} more of the sample files. " if len(taken) > 1 else ". ")
            + "Choose another folder, or add --force to write over them."
        )
    try:
        for path, target in zip(files, targets, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, path.read_bytes())
    except OSError as error:
        raise InputError(f"{folder} cannot be written into: {error.strerror}.") from error
    print(f"Wrote {len(files)} files to {folder}")


def _is_sample(path: Path) -> bool:
    """Whether this is a file of the samples, not of the recipe that they were made with."""
    return path.is_file() and path.suffix not in {".py", ".pyc"} and path.name[0] != "."
