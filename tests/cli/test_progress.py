from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, four
from toolkit.cli.progress import progress


def test_nothing_is_drawn_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Reading") as step:
        step(1, 2)
        step(2, 2)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_the_bar_and_standard_output_stays_clean(tmp_path: Path) -> None:
    table, screen = four(tmp_path)
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "toolkit", "influence", str(table), "--screen", str(screen)]
    done = subprocess.run(
        [*command, "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=end,
        cwd=ROOT,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
        check=True,
    )
    os.close(end)
    seen = b""
    try:
        while chunk := os.read(terminal, 65536):
            seen += chunk
    except OSError:  # the other end is closed and everything is read
        pass
    os.close(terminal)
    assert json.loads(done.stdout)["candidates"] == 4
    assert b"Removing each signal in turn" in seen
