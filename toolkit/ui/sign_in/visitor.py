"""What a request says about who sent it, and the cookie that says it next time."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from toolkit.ui.team import COOKIE

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection
    from starlette.responses import Response

#: Names under which a browser reaches a server on its own computer.
_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}


def is_from_our_page(request: HTTPConnection) -> bool:
    """Whether a form was sent from one of our own pages.

    Browsers say where a form was sent from; a form on another site, however it is made to
    look, comes from there.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin", "")
    if origin in ("", "null"):
        return site == "same-origin"
    return urlsplit(origin).netloc == request.headers.get("host", "")


def is_from_elsewhere(request: HTTPConnection) -> bool:
    """Whether somebody followed a link on another site, so that no strict cookie came along."""
    return request.headers.get("sec-fetch-site") in ("cross-site", "same-site")


def is_on_this_computer(request: HTTPConnection) -> bool:
    """Whether the browser runs where the server does, with no proxy between them."""
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        near = request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    return near and request.url.hostname in _THIS_COMPUTER


def token_of(request: HTTPConnection) -> str | None:
    """The session token that came along."""
    return request.cookies.get(COOKIE)


def give_token(response: Response, request: HTTPConnection, token: str) -> None:
    """Let the browser keep a session's token until it is closed.

    The cookie has no path of its own: it belongs to the folder of the form's address, which
    is the app's, whether or not a proxy serves it below another path.
    """
    response.set_cookie(
        COOKIE,
        token,
        path=None,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme in ("https", "wss"),
    )


def take_token(response: Response, request: HTTPConnection) -> None:
    """Let the browser forget its token."""
    response.set_cookie(
        COOKIE,
        "",
        max_age=0,
        path=None,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme in ("https", "wss"),
    )
