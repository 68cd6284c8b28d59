from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from toolkit.cli.app import _as_visited, _first_free, _is_free
from toolkit.cli.program import program

ROOT = Path(__file__).parents[2]


def test_it_starts_prints_its_address_and_ends_when_told(tmp_path: Path) -> None:
    # From any folder: the settings are found beside the app.
    command = [sys.executable, "-m", "toolkit", "app"]
    here = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=here
    ) as server:
        try:
            assert server.stdout
            line = server.stdout.readline()
            found = re.fullmatch(r"Cloutproof is at (http://localhost:\d+)\n", line)
            assert found, line
            with urllib.request.urlopen(found[1], timeout=30) as page:
                assert page.status == 200
                assert "default-src 'self'" in page.headers["content-security-policy"]
        finally:
            server.send_signal(signal.SIGTERM)
            rest = server.stdout.read() if server.stdout else ""
        assert server.wait(timeout=30) == 0
    assert rest == "Stop it with Ctrl+C.\nStopped.\n"
    assert _is_free("localhost", int(found[1].rsplit(":", 1)[1]))


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_port_in_use_is_named(taken: int) -> None:
    result = CliRunner().invoke(program, ["app", "--port", str(taken), "--address", "127.0.0.1"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"Port {taken} is in use on 127.0.0.1" in result.stderr


def test_a_port_in_use_is_passed_over(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _is_free("127.0.0.1", taken)
    monkeypatch.setattr("toolkit.cli.app.USUAL_PORTS", range(taken, taken + 20))
    assert taken < _first_free("127.0.0.1") < taken + 20


def test_no_free_port_is_bad_input(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.cli.app.USUAL_PORTS", range(taken, taken + 1))
    result = CliRunner().invoke(program, ["app", "--address", "127.0.0.1"])
    assert result.exit_code == 2
    assert "Choose a port with --port" in result.stderr


def test_an_address_of_another_computer_is_bad_input() -> None:
    result = CliRunner().invoke(program, ["app", "--address", "192.0.2.1"])
    assert result.exit_code == 2
    assert "192.0.2.1" in result.stderr


def test_the_address_to_visit() -> None:
    assert _as_visited("0.0.0.0") == "localhost"
    assert _as_visited("192.0.2.1") == "192.0.2.1"
