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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


def made_database(server: str, like: str = "template1") -> str:
    """The address of a database made as a copy of another."""
    name = f"store_{uuid.uuid4().hex}"
    connection = pg8000.dbapi.connect(
        "tester", host="localhost", port=int(server.rsplit(":", 1)[1]), database="postgres"
    )
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    connection.close()
    return f"{server}/{name}"


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
