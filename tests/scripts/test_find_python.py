from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "find-python"


def find(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script where nothing but the programs in `folder` can be found."""
    return subprocess.run(
        ["/bin/sh", str(SCRIPT)],
        env={"PATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def old(path: Path) -> None:
    program(path, "exit 1")


def without_venv(path: Path) -> None:
    program(path, 'case "$2" in *ensurepip*) exit 1;; esac')


def test_the_first_that_will_do_is_taken(tmp_path: Path) -> None:
    old(tmp_path / "python3")
    (tmp_path / "python3.12").symlink_to(sys.executable)
    found = find(tmp_path)
    assert found.returncode == 0
    assert os.access(found.stdout.strip(), os.X_OK)


def test_the_one_that_is_named_goes_first(tmp_path: Path) -> None:
    program(tmp_path / "mine", "echo mine")
    (tmp_path / "python3").symlink_to(sys.executable)
    assert find(tmp_path, PYTHON="mine").stdout.split()[-1] == "mine"


def test_none_is_new_enough(tmp_path: Path) -> None:
    old(tmp_path / "python3")
    found = find(tmp_path)
    assert (found.returncode, found.stdout) == (1, "")
    assert "Python 3.11 or newer was not found" in found.stderr


def test_one_cannot_make_an_environment(tmp_path: Path) -> None:
    without_venv(tmp_path / "python3")
    found = find(tmp_path)
    assert (found.returncode, found.stdout) == (1, "")
    assert "apt install python3-venv" in found.stderr
