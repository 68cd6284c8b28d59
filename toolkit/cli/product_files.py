"""Where the files are that come with the product beside its Python code."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import InputError

#: The checkout, or the folder that an installation unpacked everything into.
_BESIDE_THE_PACKAGE = Path(__file__).resolve().parents[2]


def product_file(name: str) -> Path:
    """The path of a file or folder that is shipped beside the package.

    Raises
    ------
    InputError
        If this installation lacks it.
    """
    path = _BESIDE_THE_PACKAGE / name
    if not path.exists():
        raise InputError(
            f"This installation of Cloutproof lacks {name}, expected at {path}. Install it again."
        )
    return path
