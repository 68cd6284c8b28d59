"""What holds for the repository as a whole."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import toolkit

ROOT = Path(__file__).parents[1]
LOCKS = (
    "requirements.lock",
    "requirements-test.lock",
    "requirements-bench.lock",
    "requirements-build.lock",
    "requirements-aequitas.lock",
)
#: An address that packages are fetched from, or a setting that names one.
INDEX = re.compile(r"--(?:extra-)?index-url[ =]+\S*:|--find-links|https?://[^\s\"')]*/simple\b")
#: Absolute paths that only exist on the machine somebody works at.
MACHINE = re.compile(r"(?<![\w./])/(?:home|root|Users|work)/\w")


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """Path from the root to text, of every tracked text file but this one."""
    found = {}
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:4096] and path != Path(__file__):
            found[str(path.relative_to(ROOT))] = data.decode("utf-8", "replace")
    return found


def pins(lock: str) -> set[str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {line.rstrip(" \\") for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)}


def test_the_version_is_written_the_same_twice() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == toolkit.__version__


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert len(entries) == len(pins(lock)) > 5
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", ["requirements-test.lock", "requirements-bench.lock"])
def test_tests_and_benchmarks_run_on_what_the_app_runs_on(lock: str) -> None:
    assert pins("requirements.lock") <= pins(lock)


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for wanted, lock in (
        (project["dependencies"], "requirements.lock"),
        (extras["test"], "requirements-test.lock"),
        (extras["bench"], "requirements-bench.lock"),
    ):
        locked = {pin.split("==")[0] for pin in pins(lock)}
        assert {re.split(r"[<>=\[ ]", name)[0] for name in wanted} - locked == set()


def test_no_index_address_stands_anywhere() -> None:
    assert [name for name, text in texts().items() if INDEX.search(text)] == []


def test_no_path_of_a_machine_stands_anywhere() -> None:
    assert [name for name, text in texts().items() if MACHINE.search(text)] == []
