"""``cloutproof app``: start the browser app."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.product_files import product_file
from toolkit.cli.program import FAULT, program
from toolkit.errors import InputError

#: As `toolkit.store.address.VARIABLE`, which is slow to import.
_DATABASE = "CLOUTPROOF_DATABASE"
#: Ports that are tried in turn where none is asked for.
USUAL_PORTS = range(8501, 8521)
#: Seconds that the server may take until it answers.
PATIENCE = 120


@program.command()
def app(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; the first free one from 8501.")
    ] = None,
    address: Annotated[
        str, typer.Option(help="Address to listen on. 0.0.0.0 lets other computers in.")
    ] = "localhost",
    database: Annotated[
        str | None,
        typer.Option(
            help="Where a team's work is kept: a file, or postgresql://… "
            "(CLOUTPROOF_DATABASE, or a file in your data folder)."
        ),
    ] = None,
) -> None:
    """Start the browser app and print its address."""
    if database is not None:
        _check(database)
    chosen = port if port is not None else _first_free(address)
    if port is not None and not _is_free(address, port):
        raise InputError(f"Port {port} is in use on {address}. Choose another with --port.")
    script = product_file("toolkit/ui/server.py")
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(chosen), "--server.address", address]
    # The framework's welcome message would look up this computer's public address.
    command += ["--logger.hideWelcomeMessage", "true"]
    # The server reads .streamlit/config.toml from its working directory.
    surroundings = dict(os.environ)
    if database is not None:
        # Not on the server's command line, where every user of this computer could read it.
        surroundings[_DATABASE] = _from_here(database)
    server = subprocess.Popen(
        command,
        cwd=product_file("app.py").parent,
        env=surroundings,
        stdin=subprocess.DEVNULL,
    )
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        if _answers(server, address, chosen):
            print(f"Cloutproof is at http://{_as_visited(address)}:{chosen}")
            print("Stop it with Ctrl+C.", flush=True)
        code = server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        print("Stopped.")
        return
    if code:
        raise typer.Exit(FAULT)


def _check(database: str) -> None:
    """Open the store once, so that a wrong address is told here and not to every visitor."""
    from toolkit.store.address import store_address
    from toolkit.store.database import Database

    Database(store_address(database)).close()


def _from_here(database: str) -> str:
    """A path as the server, which runs in another folder, has to be told it."""
    return database if "://" in database else str(Path(database).resolve())


def _interrupt(*_: object) -> None:
    """Being told to end is the same as Ctrl+C: the server ends first."""
    raise KeyboardInterrupt


def _first_free(address: str) -> int:
    for port in USUAL_PORTS:
        if _is_free(address, port):
            return port
    raise InputError(
        f"Every port from {USUAL_PORTS[0]} to {USUAL_PORTS[-1]} is in use on {address}, or the "
        "address is not one of this computer's. Choose a port with --port."
    )


def _is_free(address: str, port: int) -> bool:
    try:
        for family, kind, proto, _, place in socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            with socket.socket(family, kind, proto) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
    except OSError:
        return False
    return True


def _answers(server: subprocess.Popen[bytes], address: str, port: int) -> bool:
    """Wait until the server answers; False if it ended before.

    It takes connections a while before that, as it loads what the pages need.
    """
    visited = _as_visited(address)
    host = f"[{visited}]" if ":" in visited else visited
    # Never through a proxy, whatever the environment names for other addresses.
    directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            with directly.open(f"http://{host}:{port}/_stcore/health", timeout=5):
                return True
        except OSError:
            time.sleep(0.1)
    return server.poll() is None


def _as_visited(address: str) -> str:
    """The address to write into a browser for an address to listen on."""
    return "localhost" if address in ("", "0.0.0.0", "::") else address
