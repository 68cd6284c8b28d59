"""The web server: Streamlit's own, with the headers that keep a page to this host.

``python -m toolkit.ui.server --port 8501`` starts it; so does
``streamlit run toolkit/ui/server.py``.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route

from toolkit.store.address import VARIABLE

# Loaded now, with all pages and what they need, so that the first visitor does not wait.
from toolkit.ui import navigation, places  # noqa: F401
from toolkit.ui.page_shell import page_shell
from toolkit.ui.sign_in.gate import Gate
from toolkit.ui.sign_in.routes import routes as sign_in_routes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = Path(__file__).resolve().parents[2] / "app.py"
SHELL = page_shell()

#: The reason of each stands in docs/decisions/0005.
SECURITY_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {' '.join(SHELL.script_hashes)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds `SECURITY_HEADERS` to every answer that does not say otherwise itself.

    Parameters
    ----------
    app : ASGI application
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


async def _first_page(_request: Request) -> HTMLResponse:
    return HTMLResponse(SHELL.html, headers={"Cache-Control": "no-cache"})


app = st.App(
    SCRIPT,
    routes=[
        *sign_in_routes(),
        *(Route(f"/{place.address}", _first_page) for place in places.ALL),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(Gate)],
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Start the app and serve it until it is stopped."""
    parser = argparse.ArgumentParser(prog="cloutproof app", description=main.__doc__)
    parser.add_argument("--port", type=int, default=None, help="port to listen on (8501)")
    parser.add_argument("--address", default=None, help="address to listen on (localhost)")
    parser.add_argument("--database", default=None, help=f"the team's store ({VARIABLE})")
    given = parser.parse_args(arguments)
    if given.database:
        os.environ[VARIABLE] = given.database
    wanted = {"server.port": given.port, "server.address": given.address}
    app.run(config={name: value for name, value in wanted.items() if value is not None})


if __name__ == "__main__":
    main()
