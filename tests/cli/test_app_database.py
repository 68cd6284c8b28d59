from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from toolkit.cli.app import _from_here
from toolkit.cli.program import program


def test_a_store_that_cannot_be_opened_is_told_at_once(tmp_path: Path) -> None:
    unreachable = "postgresql://ada:secret@localhost:1/team"
    for address, message in (
        ("mysql://localhost/x", "not supported"),
        (unreachable, "cannot be opened"),
    ):
        result = CliRunner().invoke(program, ["app", "--database", address])
        assert result.exit_code == 2
        assert result.stdout == ""
        assert message in result.stderr
        assert "secret" not in result.stderr


def test_the_server_finds_the_same_file(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _from_here("team.db") == str(tmp_path / "team.db")
    assert _from_here("postgresql://localhost/team") == "postgresql://localhost/team"
