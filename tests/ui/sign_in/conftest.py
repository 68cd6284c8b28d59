"""The forms and the gate on a small server that stands for the app behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from tests.ui.team import SECRET, team_store
from toolkit.store.database import Database
from toolkit.ui.sign_in import routes as sign_in_routes
from toolkit.ui.sign_in.gate import Gate

__all__ = ["team_store"]

HOST = "http://testserver"
T = TypeVar("T")


async def behind(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"behind {request.url.path}")


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("drawn")
    await websocket.close()


class Browser:
    """Keeps cookies, follows nothing by itself, and says where its forms come from.

    Parameters
    ----------
    address : str
        Where it finds the app.
    near : str
        The address that the app sees it at.
    routes, middleware : sequences
        What else answers there.
    """

    def __init__(
        self,
        address: str = HOST,
        near: str = "192.0.2.7",
        routes: Sequence[Route] = (),
        middleware: Sequence[Middleware] = (),
    ) -> None:
        self._app = Starlette(
            routes=[
                *sign_in_routes.routes(),
                *routes,
                WebSocketRoute("/_stcore/stream", socket),
                Route("/{rest:path}", behind, methods=["GET", "POST", "PUT", "DELETE"]),
            ],
            middleware=[Middleware(Gate), *middleware],
        )
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self._app, client=(near, 50000)),
            base_url=address,
            headers={"origin": address},
        )
        self.cookies = self._client.cookies

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        return run(self._client.request(method, path, **given))

    def get(self, path: str, **given: Any) -> httpx.Response:
        return self.request("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        return self.request("POST", path, **given)

    def draws(self) -> bool:
        """Whether the socket that draws the pages lets the browser in."""
        told: list[MutableMapping[str, Any]] = []

        async def send(message: MutableMapping[str, Any]) -> None:
            told.append(message)

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "websocket.connect"}

        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope = {
            "type": "websocket",
            "path": "/_stcore/stream",
            "raw_path": b"/_stcore/stream",
            "root_path": "",
            "scheme": "ws",
            "query_string": b"",
            "headers": [(b"host", b"testserver"), (b"cookie", cookies.encode())],
            "subprotocols": [],
        }
        run(self._app(scope, receive, send))
        return told[0]["type"] == "websocket.accept"


def run(request: Coroutine[Any, Any, T]) -> T:
    """Run a request on a thread of its own, where no other test has left a loop that runs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, request).result()


@pytest.fixture
def client(team_store: Database, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser without cookies on an empty store."""
    monkeypatch.setattr(sign_in_routes, "AT_LEAST", 0.0)
    return Browser()


def sign_in(client: Browser, name: str = "ada@example.org", password: str = SECRET) -> str:
    """Sign in through the form; where it led to."""
    form = {"sign_in": name, "password": password}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])
