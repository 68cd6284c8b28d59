"""The real server, and a page on which nothing unexpected may happen."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

ROOT = Path(__file__).parents[2]
#: Seconds until the server must answer, and milliseconds until a page must.
PATIENCE = 90
PAGE_PATIENCE = 30_000

expect.set_options(timeout=PAGE_PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser without the calls home that it makes by itself."""
    return {
        **browser_type_launch_args,
        "args": [
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real app, started once for all tests."""
    with running_app(tmp_path_factory.mktemp("server") / "log.txt") as port:
        yield f"http://localhost:{port}"


@contextmanager
def running_app(log: Path, database: str | None = None) -> Iterator[int]:
    """The port of an app of its own.

    Parameters
    ----------
    log : Path
        What the server writes.
    database : str, optional
        Its store; without one nobody has an account.
    """
    with socket.create_server(("localhost", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "toolkit.ui.server", "--port", str(port)]
    command += ["--database", database] if database else []
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output) as server,
    ):
        try:
            _wait(f"http://localhost:{port}/_stcore/health", server, log)
            yield port
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def base_url(address: str) -> str:
    """Replaces the plugin's fixture, whose way of being defined pytest warns about."""
    return address


def _wait(health: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"The server does not answer:\n{log.read_text()}")


@pytest.fixture(scope="session")
def profile(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """A browser that keeps the app's files between tests, as a user's does."""
    context = browser.new_context(base_url=base_url)
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext) -> Iterator[Page]:
    """A page of its own in that browser, in which nothing else is kept."""
    page = profile.new_page()
    yield page
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.close()


@pytest.fixture
def quiet_page(page: Page, address: str) -> Iterator[Page]:
    """A page that fails its test for a request to another host or a console error."""
    strays: list[str] = []
    complaints: list[str] = []

    def watch_request(request: Request) -> None:
        own = (address, address.replace("http", "ws", 1), "data:", "blob:")
        if not request.url.startswith(own):
            strays.append(request.url)

    def watch_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("request", watch_request)
    page.on("console", watch_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(PAGE_PATIENCE)
    yield page
    assert strays == []
    assert complaints == []
