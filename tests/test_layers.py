"""Imports go downward only, and names say what is inside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLKIT = ROOT / "toolkit"

#: From the top down. A package may import those after it and itself.
LAYERS = (
    "ui",
    "cli",
    "sheets",
    "store",
    "influence",
    "inflation",
    "fairness",
    "review",
    "screening",
    "engine",
    "intake",
    "scores",
    "errors",
    "correlation",
    "estimate",
    "likeness",
    "sentence",
    "progress",
    "arrays",
)
#: The review of work stands apart: what scores do is no business of its.
APART = {("influence", "review"), ("inflation", "review"), ("fairness", "review")}
CATCH_ALLS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}


def modules() -> list[Path]:
    return sorted(TOOLKIT.rglob("*.py"))


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of every import, those inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: write the import out in full"
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def layer_of(dotted: str) -> str | None:
    """The layer that a dotted name belongs to; None outside of the layers."""
    parts = dotted.split(".")
    if parts[0] != "toolkit" or len(parts) < 2 or parts[1] == "__version__":
        return None
    return parts[1]


def breaches(path: Path, source: str) -> list[str]:
    layer = path.relative_to(TOOLKIT).parts[0].removesuffix(".py")
    if layer not in LAYERS:
        return []
    found = []
    for line, name in imports(source):
        below = layer_of(name)
        if below is None:
            continue
        assert below in LAYERS, f"{path}: line {line}: '{name}' belongs to no layer"
        if LAYERS.index(below) < LAYERS.index(layer) or (layer, below) in APART:
            found.append(f"line {line}: {layer} imports {name}")
    return found


def test_an_import_upwards_is_seen() -> None:
    path = TOOLKIT / "intake" / "cohort.py"
    assert breaches(path, "from toolkit.scores.catalogue import Score") == []
    assert breaches(path, "def f():\n    from toolkit.screening import decisions") == [
        "line 2: intake imports toolkit.screening.decisions"
    ]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(TOOLKIT)))
def test_imports_go_downward_only(path: Path) -> None:
    assert breaches(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(TOOLKIT)))
def test_only_the_page_imports_streamlit(path: Path) -> None:
    if path.is_relative_to(TOOLKIT / "ui"):
        return
    names = [name for _, name in imports(path.read_text(encoding="utf-8"))]
    assert [name for name in names if name.split(".")[0] == "streamlit"] == []


def test_every_package_has_a_layer() -> None:
    found = {p.parent.name for p in TOOLKIT.glob("*/__init__.py")}
    assert found <= set(LAYERS)


def test_no_file_is_a_catch_all() -> None:
    files = [*TOOLKIT.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    names = {part for f in files for part in f.relative_to(ROOT).with_suffix("").parts}
    assert {name.removeprefix("test_") for name in names} & CATCH_ALLS == set()


def test_app_only_sets_up_and_navigates() -> None:
    lines = (ROOT / "app.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 40
