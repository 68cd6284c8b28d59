"""Ctrl+C: one line, code 130, and no half file."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import AGENCY, ROOT, run
from toolkit.cli.program import STOPPED
from toolkit.sheets.documents import recorded
from toolkit.sheets.typesetting import Typeset

#: Ctrl+C is heard even where the tests run in the background, whose shell has it ignored.
READY = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
import toolkit.cli
print("ready", flush=True)
toolkit.cli.main()
"""


def interrupted(*arguments: object, after: float = 1.0) -> tuple[int, str, str]:
    """Exit code, standard output and error of a command that meets Ctrl+C."""
    command = [sys.executable, "-c", READY, *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        try:
            out, error = process.communicate(timeout=60)
        finally:
            process.kill()
    return process.returncode, out, error


@pytest.mark.parametrize("after", [0.0, 3.0], ids=["while it begins", "while it draws"])
def test_a_long_run_ends_with_one_line_and_leaves_the_file_as_it_was(
    tmp_path: Path, after: float
) -> None:
    out = tmp_path / "answer.json"
    out.write_text("as it was", encoding="utf-8")
    screen = AGENCY / "screen.toml"
    found = interrupted(
        *("stress", AGENCY, "--screen", screen, "--draws", 10_000_000),
        *("--format", "json", "--out", out),
        after=after,
    )
    assert found == (130, "", f"cloutproof: {STOPPED}\n")
    assert out.read_text(encoding="utf-8") == "as it was"
    assert list(tmp_path.iterdir()) == [out]


def test_a_batch_that_was_interrupted_has_no_manifest_not_even_an_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("sheets", AGENCY, "--screen", AGENCY / "screen.toml", "--out", tmp_path)
    few = ("--candidate", "A01", "--candidate", "A02", "--candidate", "A03")
    assert run(*arguments, *few).exit_code == 0
    assert (tmp_path / "manifest.json").exists()

    made = []

    def interrupt_the_second(*given: Any) -> Typeset:
        if made:
            raise KeyboardInterrupt
        made.append(given)
        return recorded(*given)

    monkeypatch.setattr("toolkit.sheets.batch.recorded", interrupt_the_second)
    result = run(*arguments, *few)
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == f"cloutproof: {STOPPED}\n"
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".pdf"] * 3
