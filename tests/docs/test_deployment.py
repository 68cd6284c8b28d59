"""What docs/deployment.md says to write and to run, written and run."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pg8000.dbapi
import pytest
from typer.testing import CliRunner

from tests.store.conftest import postgres
from tests.ui.team import SECRET
from toolkit.cli.program import program
from toolkit.store import people
from toolkit.store.address import VARIABLE, store_address
from toolkit.store.database import Database
from toolkit.store.rights import Role

__all__ = ["postgres"]

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")


def blocks(language: str, holding: str) -> str:
    """The one example in this language that holds some words."""
    fenced = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (found,) = [block for block in fenced if holding in block]
    return str(found)


def test_postgresql_is_set_up_as_written(postgres: str) -> None:
    port = int(postgres.rsplit(":", 1)[1])
    connection = pg8000.dbapi.connect("tester", host="localhost", port=port, database="postgres")
    connection.autocommit = True
    for statement in blocks("sql", "CREATE DATABASE").split(";"):
        if statement.strip():
            connection.cursor().execute(statement)
    connection.close()
    name, _, address = blocks("ini", "CLOUTPROOF_DATABASE=").strip().partition("=")
    assert name == VARIABLE
    # The service's own settings, on the port where this test's server is.
    database = Database(store_address(address.replace("@localhost/", f"@localhost:{port}/")))
    people.make_first_administrator(database, "Ada", "ada@example.org", SECRET)
    assert not people.is_empty(database)
    database.close()


def test_backup_and_restore_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "live.db"))
    monkeypatch.setenv("CLOUTPROOF_PASSWORD", SECRET)
    database = Database(store_address())
    somebody = people.make_first_administrator(database, "Backup", "backup@example.org", SECRET)
    token = people.invite(database, somebody, "auditor@example.org", Role.AUDITOR)
    people.accept_invitation(database, token, "Auditor", SECRET)
    database.close()
    lines = blocks("sh", "cloutproof backup") + blocks("sh", "cloutproof restore")
    commands = re.findall(r"^cloutproof (.+)$", lines, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["backup", "restore", "log"]
    for folder in ("backups/cloutproof", "tmp"):
        (tmp_path / "var" / folder).mkdir(parents=True)
    for command in commands:
        here = command.replace("/var/", f"{tmp_path}/var/")
        result = CliRunner().invoke(program, shlex.split(here))
        assert result.exit_code == 0, f"{command}\n{result.output}"
    assert (tmp_path / "var" / "tmp" / "practice.db").is_file()


def test_the_service_as_written(tmp_path: Path) -> None:
    text = blocks("ini", "ExecStart")
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment]
    unit.read_string(text)
    service = unit["Service"]
    program_there, *arguments = shlex.split(service["ExecStart"])
    assert program_there == "/opt/cloutproof/.venv/bin/cloutproof"
    assert arguments == ["app", "--port", "8501"]
    assert "EnvironmentFile" in service
    verifier = shutil.which("systemd-analyze")
    if verifier:
        # Nothing of it is installed here: its paths are those of files that are.
        here = text.replace(program_there, "/bin/true").replace("User=cloutproof\n", "")
        place = tmp_path / "cloutproof.service"
        place.write_text(here, encoding="utf-8")
        told = subprocess.run(
            [verifier, "verify", "--man=no", str(place)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"SYSTEMD_LOG_LEVEL": "warning"},
        )
        complaints = [line for line in told.stderr.splitlines() if str(place.name) in line]
        assert complaints == []


def test_nginx_passes_on_what_the_app_asks_for(tmp_path: Path) -> None:
    text = blocks("nginx", "listen 443")
    assert text.count("{") == text.count("}")
    for needed in (
        "proxy_set_header Host $http_host;",
        "proxy_set_header Upgrade $http_upgrade;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_http_version 1.1;",
    ):
        assert needed in text
    # A path is taken off only where both addresses end in a slash.
    assert re.search(
        r"location /cloutproof/ \{\s+proxy_pass http://[\d.:]+/;", blocks("nginx", "/cloutproof/")
    )
    nginx = shutil.which("nginx")
    if nginx:
        here = re.sub(r"(listen \d+) ssl;|ssl_certificate\S*\s+\S+;", r"\1;", text)
        whole = f"pid {tmp_path}/pid; events {{}} http {{ {here.replace(' ;', '')} }}"
        (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
        command = [nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        # It would also want to make folders of its own, which only root may.
        assert "syntax is ok" in told.stderr, told.stderr


def test_the_settings_of_a_provider_are_those_that_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from streamlit.auth_util import get_validated_redirect_uri
    from streamlit.runtime.secrets import secrets_singleton

    from toolkit.ui.sign_in import provider

    monkeypatch.setattr(
        secrets_singleton, "_secrets", tomllib.loads(blocks("toml", "redirect_uri"))
    )
    (only,) = provider.providers()
    assert only.label == "Example Ltd"
    assert only.address.startswith("auth/login?provider=")
    assert not provider.passwords_are_used()
    assert get_validated_redirect_uri() == "https://cloutproof.example.org/oauth2callback"


def test_every_command_it_names_is_there() -> None:
    named = set(re.findall(r"cloutproof (?:\w+@)?([a-z][a-z-]+)(?= |`)", PAGE))
    commands = {command.name or "" for command in program.registered_commands}
    groups = {group.name or "" for group in program.registered_groups}
    known = commands | groups | {"app", "log"}
    assert {"backup", "restore", "export-candidate", "erase-candidate"} <= named
    assert {one for one in named if "-" in one} <= known
