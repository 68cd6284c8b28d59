"""From the files on the command line to a cohort and a screen."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.output import printable
from toolkit.cli.progress import progress
from toolkit.errors import InputError, MappingError

if TYPE_CHECKING:
    from toolkit.intake.cohort import Cohort
    from toolkit.intake.mapping import ColumnMapping
    from toolkit.screening.screen import Screen


def cohort_from(files: Sequence[Path], mapping: Path | None) -> Cohort:
    """Read a cohort; that there are warnings is told on standard error.

    Raises
    ------
    InputError
        If the files cannot be used.
    """
    cohort = usable_cohort(files, mapping)
    warnings = sum(issue.level == "warning" for issue in cohort.issues)
    if warnings:
        told = "1 warning" if warnings == 1 else f"{warnings:,} warnings"
        again = printable(shlex.join(map(str, files)))
        print(f"cloutproof: {told} about the input: cloutproof check {again}", file=sys.stderr)
    return cohort


def usable_cohort(files: Sequence[Path], mapping: Path | None) -> Cohort:
    """Read a cohort in which nothing has to be mended first.

    Raises
    ------
    InputError
        If the files cannot be used.
    """
    from toolkit.intake.read import read_cohort

    with progress("Reading"):
        cohort = read_cohort(*files, mapping=mapping_from(mapping))
    errors = [str(issue) for issue in cohort.issues if issue.level == "error"]
    if errors:
        raise InputError("\n".join(errors))
    return cohort


def mapping_from(path: Path | None) -> ColumnMapping | None:
    """Read a column mapping as the app saves it.

    Raises
    ------
    MappingError
        If the file cannot be read or is not a mapping.
    """
    from toolkit.intake.mapping import ColumnMapping

    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise MappingError(f"The mapping file {path} cannot be read: {reason}.") from error
    return ColumnMapping.from_toml(text)


def screen_from(path: Path) -> Screen:
    """Read a screen file.

    Raises
    ------
    ScreenError
        If the file cannot be read or is not a screen.
    """
    from toolkit.screening.screen import Screen

    return Screen.read(path)
