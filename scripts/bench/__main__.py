"""Time and memory, subject by subject, as docs/benchmarks.md reports them.

``make bench`` measures every subject, ``make bench ARGS="slider sweep"`` the ones named, and
``make bench ARGS=--write`` also puts the tables into docs/benchmarks.md.

A subject is one file in ``subjects``, with

- ``CASES``: what to measure, one dictionary of plain values each;
- ``SMALL``: a case for the tests, done in no time and without other packages, where there is one;
- ``measure(**case)``: the figures of one case, in a process of its own, so that its peak memory
  is its own;
- ``table(results)``: Markdown, from the cases with their figures.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import platform
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from scripts.bench import subjects

REPORT = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def every_subject() -> list[str]:
    """Names of the files in ``subjects``."""
    return sorted(module.name for module in pkgutil.iter_modules(subjects.__path__))


def subject(name: str) -> ModuleType:
    return importlib.import_module(f"scripts.bench.subjects.{name}")


def in_a_process(name: str, case: Mapping[str, object]) -> dict[str, object]:
    """The case with its figures."""
    print(f"{name} {json.dumps(case)}", file=sys.stderr)
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bench", "--one", name, json.dumps(case)],
        stdout=subprocess.PIPE,
        check=True,
    )
    return {**case, **json.loads(done.stdout)}


def report(name: str) -> str:
    """The subject's table, measured now, and on what."""
    measured = subject(name)
    rows = measured.table([in_a_process(name, case) for case in measured.CASES])
    return f"{rows}\n\nPython {platform.python_version()}, {platform.machine()}."


def with_tables(text: str, tables: Mapping[str, str]) -> str:
    """The text with each table between its two marks; SystemExit where a mark is missing."""
    for name, rows in tables.items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not marks.search(text):
            raise SystemExit(f"{REPORT.name} has no place for '{name}': <!-- {name} -->")
        text = marks.sub(lambda found, rows=rows: f"{found[1]}{rows}\n{found[2]}", text)
    return text


def main(arguments: Sequence[str] | None = None) -> None:
    known = every_subject()
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.split("\n\n")[0])
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(known))
    parser.add_argument("--write", action="store_true", help=f"put the tables into {REPORT.name}")
    parser.add_argument("--one", nargs=2, metavar=("SUBJECT", "CASE"), help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        name, case = given.one
        json.dump(subject(name).measure(**json.loads(case)), sys.stdout)
        return
    unknown = sorted(set(given.subjects) - set(known))
    if unknown:
        parser.error(f"There is no subject {', '.join(unknown)}. Known: {', '.join(known)}.")
    tables = {}
    for name in given.subjects or known:
        tables[name] = report(name)
        print(f"{name}\n\n{tables[name]}\n", flush=True)
    if given.write:
        text = with_tables(REPORT.read_text(encoding="utf-8"), tables)
        REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
