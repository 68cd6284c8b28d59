"""The names of ``import toolkit``: listed, there, documented, and quick to import."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import toolkit

DOCUMENTED = Path(__file__).parents[1] / "docs" / "python.md"
NAMES = [name for name in toolkit.__all__ if name != "__version__"]


def test_the_names_people_start_with() -> None:
    assert {"read_cohort", "Screen", "decide", "influence", "inflation", "impact"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_what_its_module_defines(name: str) -> None:
    home = import_module(toolkit._HOMES[name])
    assert getattr(toolkit, name) is vars(home)[name]
    # Imported from elsewhere it would have two homes.
    assert getattr(vars(home)[name], "__module__", home.__name__) == home.__name__


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_documented(name: str) -> None:
    assert f"`{name}`" in DOCUMENTED.read_text(encoding="utf-8")


def test_a_name_is_documented_once_and_no_other_is() -> None:
    text = DOCUMENTED.read_text(encoding="utf-8")
    listed = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")]
    assert sorted(listed) == sorted(NAMES)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'kluot'"):
        getattr(toolkit, "kluot")  # noqa: B009


def test_dir_lists_every_public_name() -> None:
    assert set(toolkit.__all__) <= set(dir(toolkit))


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_importing_toolkit_loads_none_of_the_heavy_packages() -> None:
    heavy = "{'pandas', 'numpy', 'sklearn', 'fairlearn', 'streamlit', 'pydantic'}"
    assert run(f"import sys, toolkit; print(sorted({heavy} & set(sys.modules)))") == "[]"


@pytest.mark.parametrize("name", ["influence", "inflation"])
def test_a_function_is_not_hidden_by_the_package_of_its_name(name: str) -> None:
    first_the_package = f"import toolkit.{name}, toolkit; print(callable(toolkit.{name}))"
    assert run(first_the_package) == "True"
    first_the_function = (
        f"import toolkit; toolkit.{name}; from toolkit.{name} import __path__; "
        f"print(callable(toolkit.{name}))"
    )
    assert run(first_the_function) == "True"
