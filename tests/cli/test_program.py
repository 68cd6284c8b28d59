from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from toolkit import __version__
from toolkit.cli.program import program
from toolkit.errors import CloutproofError


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(program, [str(a) for a in arguments], env=environment)


def fail_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_name: str) -> Path:
        raise error

    monkeypatch.setattr("toolkit.cli.sample.product_file", fail)


def test_exit_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("--version").exit_code == 0
    assert run("sampel").exit_code == 2
    fail_with(CloutproofError("the disk is full"), monkeypatch)
    assert run("sample", tmp_path).exit_code == 2
    fail_with(ZeroDivisionError("division by zero"), monkeypatch)
    assert run("sample", tmp_path).exit_code == 1


def test_bad_input_is_told_on_standard_error_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(CloutproofError("row 3: \x1b[2J is not a number"), monkeypatch)
    result = run("sample", tmp_path)
    assert result.stdout == ""
    assert result.stderr == "cloutproof: row 3: �[2J is not a number\n"


def test_a_fault_is_one_apology_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(ZeroDivisionError("division by zero"), monkeypatch)
    result = run("sample", tmp_path)
    assert result.stdout == ""
    assert result.stderr.startswith("cloutproof: Sorry")
    assert result.stderr.count("\n") == 1
    assert "CLOUTPROOF_DEBUG=1" in result.stderr
    assert "division" not in result.stderr


def test_the_traceback_is_shown_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(ZeroDivisionError("division by zero"), monkeypatch)
    result = run("sample", tmp_path, CLOUTPROOF_DEBUG="1")
    assert isinstance(result.exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--nonsense"], "No such option"),
        (["decied"], "decide"),
        (["sample"], "Missing argument"),
        (["app", "--port", "70000"], "65535"),
        ([], "Usage"),
    ],
)
def test_wrong_usage_is_bad_input(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr


def test_module_and_version() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"cloutproof {__version__}\n"


def test_help_loads_none_of_the_heavy_packages() -> None:
    code = (
        "import sys; sys.argv = ['cloutproof', '--help']\n"
        "from toolkit.cli import main\n"
        "try: main()\n"
        "except SystemExit: print({'pandas', 'sklearn', 'streamlit'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
