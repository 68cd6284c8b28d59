"""The web server: Streamlit's own, with the headers that keep a page to this host.

``python -m toolkit.ui.server --port 8501`` starts it; so does
``streamlit run toolkit/ui/server.py``.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = Path(__file__).resolve().parents[2] / "app.py"


class GuardedHeaders:
    """Adds the security headers to every answer.

    Parameters
    ----------
    app : ASGI application
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = security_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_guarded)


def security_headers() -> dict[str, str]:
    """The headers by name; see docs/decisions/0005 for the reason of each."""
    policy = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *_inline_scripts()]),
        # Streamlit writes its styles into the page as it goes.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _inline_scripts() -> list[str]:
    """Hashes of the scripts that stand inside Streamlit's page, so that only they may run."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in inline)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


app = st.App(SCRIPT, middleware=[Middleware(GuardedHeaders)])


def main(arguments: Sequence[str] | None = None) -> None:
    """Start the app and serve it until it is stopped."""
    parser = argparse.ArgumentParser(prog="cloutproof app", description=main.__doc__)
    parser.add_argument("--port", type=int, default=None, help="port to listen on (8501)")
    parser.add_argument("--address", default=None, help="address to listen on (localhost)")
    given = parser.parse_args(arguments)
    wanted = {"server.port": given.port, "server.address": given.address}
    app.run(config={name: value for name, value in wanted.items() if value is not None})


if __name__ == "__main__":
    main()
