"""A PostgreSQL server for tests, and databases in it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pg8000.dbapi

PATIENCE = 60


@contextmanager
def postgres_server(*more: str) -> Iterator[str]:
    """A PostgreSQL server on this machine, from the system's own packages, for a while.

    Parameters
    ----------
    more : str
        Settings such as ``"fsync=off"``.

    Yields
    ------
    str
        Its address, up to the name of the database.
    """
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="cloutproof-pg-") as folder:
        data = Path(folder) / "data"
        # The server refuses to run as root.
        owner: dict[str, Any] = {"user": "postgres"} if os.getuid() == 0 else {}
        if owner:
            shutil.chown(folder, "postgres")
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "-N"],
            check=True,
            cwd=folder,
            **quiet,
            **owner,
        )
        with socket.create_server(("localhost", 0)) as listener:
            port = listener.getsockname()[1]
        settings = (
            f"port={port}",
            "listen_addresses=localhost",
            f"unix_socket_directories={folder}",
            *more,
        )
        options = [part for setting in settings for part in ("-c", setting)]
        command = [programs / "postgres", "-D", data, *options]
        with subprocess.Popen(command, cwd=folder, **quiet, **owner) as server:
            try:
                _wait(programs, port)
                yield f"postgresql://tester@localhost:{port}"
            finally:
                # At once: nothing that is in it is needed any more.
                server.send_signal(signal.SIGQUIT)


def made_database(server: str) -> str:
    """The address of a new database, without tables."""
    name = f"store_{uuid.uuid4().hex}"
    with _connected(f"{server}/postgres") as ask:
        ask(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def empty(address: str) -> None:
    """Take everything out of a database; tables that are whole stay."""
    with _connected(address) as ask:
        ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        if not ask("SELECT 1 FROM pg_trigger WHERE tgname = 'events_only_grow'"):
            # There are none yet, or a test took off what guards the log.
            ask("DROP SCHEMA public CASCADE")
            ask("CREATE SCHEMA public")
            return
        tables = ask(
            "SELECT quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        )
        # The log refuses to be emptied as long as its trigger is heard.
        ask("SET session_replication_role = replica")
        ask(f"TRUNCATE {', '.join(name for (name,) in tables)}")


@contextmanager
def _connected(address: str) -> Iterator[Callable[[str], list[tuple[str, ...]]]]:
    """A function that asks a database and returns the rows."""
    parts = urlsplit(address)
    connection = pg8000.dbapi.connect(
        parts.username, host=parts.hostname, port=parts.port, database=parts.path.lstrip("/")
    )
    connection.autocommit = True

    def ask(question: str) -> list[tuple[str, ...]]:
        cursor = connection.cursor()
        cursor.execute(question)
        return [tuple(row) for row in cursor.fetchall()] if cursor.description else []

    try:
        yield ask
    finally:
        connection.close()


def _programs() -> Path:
    found = shutil.which("postgres")
    if found:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    assert installed, "PostgreSQL is not installed; `make test` installs it where it may."
    return installed[-1]


def _wait(programs: Path, port: int) -> None:
    end = time.monotonic() + PATIENCE
    asking = [programs / "pg_isready", "-q", "-h", "localhost", "-p", str(port)]
    while subprocess.run(asking, check=False).returncode:
        assert time.monotonic() < end, "PostgreSQL does not answer."
        time.sleep(0.1)
