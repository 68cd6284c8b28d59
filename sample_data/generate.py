"""Write the sample requisitions, or say whether the files at hand are what would be written.

::

    python sample_data/generate.py            # write
    python sample_data/generate.py --check    # compare, and leave with 1 where they differ

The people are invented; how the figures come about is told in README.md beside this file and
in `sample_data/recipe`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
if not __package__:  # run as a file: let `sample_data` be found as a package
    sys.path.insert(0, str(FOLDER.parent))

from sample_data.recipe import agency, broken, engineer  # noqa: E402

#: Files in the requisitions that are written by hand.
BY_HAND = ("agency-2011/README.md", "engineer-2026/README.md")


def files() -> dict[str, bytes]:
    """Path below `sample_data` → bytes of every generated file."""
    requisitions = {"agency-2011": agency, "engineer-2026": engineer, "broken": broken}
    return {
        f"{folder}/{name}": content
        for folder, recipe in requisitions.items()
        for name, content in recipe.files().items()
    }


def differences(folder: Path = FOLDER) -> list[str]:
    """What differs between the files in a folder and those that would be written."""
    made = files()
    found = {
        path.relative_to(folder).as_posix(): path
        for requisition in {name.split("/")[0] for name in made}
        for path in (folder / requisition).rglob("*")
        if path.is_file() and path.relative_to(folder).as_posix() not in BY_HAND
    }
    return sorted(
        [f"{name} is missing" for name in made.keys() - found.keys()]
        + [f"{name} is not a generated file" for name in found.keys() - made.keys()]
        + [
            f"{name} differs"
            for name in made.keys() & found.keys()
            if found[name].read_bytes() != made[name]
        ]
    )


def write(folder: Path = FOLDER) -> int:
    """Write every generated file; the number of files."""
    made = files()
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(made)


def main(arguments: list[str] | None = None) -> int:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    if parser.parse_args(arguments).check:
        found = differences()
        print("\n".join(found) if found else "All sample files are as generated.")
        return 1 if found else 0
    print(f"Wrote {write()} files below {FOLDER.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
