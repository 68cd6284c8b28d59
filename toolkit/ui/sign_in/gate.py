"""The gate: what a server of a team answers to whoever is not signed in.

It stands before Streamlit's own addresses. Pages lead to the form; everything else, the
socket that draws the pages and the files they offer included, is refused, unless it is on
the short list of what is open. The pages ask once more who is there each time they are
drawn, since a socket stays open longer than a session may last.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from toolkit.errors import SignedOut, StoreError
from toolkit.store import sessions
from toolkit.ui import places, team
from toolkit.ui.sign_in.form_page import FormPage, passing_on
from toolkit.ui.sign_in.visitor import is_from_elsewhere, token_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_log = logging.getLogger(__name__)

#: The forms, what the identity provider calls, the front end's own files, and what a monitor
#: or a waiting page asks for. Nothing of it tells anything of the team's work.
OPEN = frozenset(
    {
        "sign-in",
        "sign-out",
        "set-up",
        "password",
        "invitation",
        "auth/login",
        "auth/logout",
        "oauth2callback",
        "_stcore/health",
        "_stcore/host-config",
        "favicon.png",
    }
)
OPEN_FOLDERS = ("static/", "invitation/")
_PAGES = {place.address for place in places.ALL} | {place.path for place in places.ALL}
#: Close code of a socket for a breach of policy (RFC 6455, section 7.4.1).
_REFUSED = 1008


class Gate:
    """Lets those who are signed in through, and everybody while nobody has an account.

    Parameters
    ----------
    app : ASGI application
        What answers behind the gate.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or _is_open(_path(scope)):
            await self._app(scope, receive, send)
            return
        refusal = await run_in_threadpool(_refusal, HTTPConnection(scope))
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _REFUSED})
        else:
            await refusal(scope, receive, send)


def _refusal(visitor: HTTPConnection) -> Response | None:
    """What to answer instead; None for whoever may pass."""
    try:
        if team.is_team():
            sessions.person_of(team.store(), token_of(visitor))
    except SignedOut:
        return _to_the_form(visitor)
    except StoreError as error:
        _log.exception("The store cannot be asked who is signed in")
        page = FormPage("Not available", problem=str(error), after=("Try again", "./"))
        return page.response(503)
    return None


def _to_the_form(visitor: HTTPConnection) -> Response:
    path, query = _path(visitor.scope), visitor.url.query
    if path not in _PAGES or visitor.scope.get("method") not in ("GET", "HEAD"):
        return PlainTextResponse("Sign in first.", 401)
    asked = f"{path}?{query}" if query else path
    if is_from_elsewhere(visitor) and token_of(visitor) is None:
        return passing_on(asked or "./")
    return RedirectResponse(f"sign-in?then={quote(asked)}" if asked else "sign-in", 303)


def _path(scope: Scope) -> str:
    return str(scope["path"]).removeprefix("/")


def _is_open(path: str) -> bool:
    return path in OPEN or path.startswith(OPEN_FOLDERS)
