from __future__ import annotations

import pytest
from sqlalchemy import update

from tests.ui.sign_in.conftest import Browser, sign_in
from tests.ui.team import joined, started
from toolkit.store import people, sessions
from toolkit.store.database import Database
from toolkit.store.rights import Role
from toolkit.store.tables import SESSIONS
from toolkit.ui import places, team
from toolkit.ui.team import COOKIE

#: What Streamlit serves besides pages: `streamlit.web.server.starlette.starlette_app`.
CLOSED = (
    "/media/6f2a.csv",
    "/_stcore/metrics",
    "/_stcore/upload_file/session/file",
    "/_stcore/script-health-check",
    "/_stcore/bidi-components/x",
    "/component/x/index.html",
    "/app/static/x",
    "/_stcore/agent",
    "/index.html",
    "/anything/else",
)
OPEN = (
    "/_stcore/health",
    "/_stcore/host-config",
    "/static/js/index.js",
    "/sign-in",
    "/sign-out",
)


def shut(client: Browser) -> bool:
    """Whether everything is closed, and nothing but what has to be open is open."""
    for path in CLOSED:
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = client.request(method, path)
            if answer.status_code != 401 or "behind" in answer.text:
                return False
    led = {client.get(f"/{place.path}").headers.get("location", "")[:7] for place in places.ALL}
    return led == {"sign-in"} and not client.draws()


def test_alone_everything_is_open(client: Browser) -> None:
    assert client.draws()
    for path in (*CLOSED, *(f"/{place.path}" for place in places.ALL)):
        assert client.get(path).text == f"behind {path}"


def test_signed_out_nothing_is(team_store: Database, client: Browser) -> None:
    ada = started(team_store)
    assert shut(client)
    for path in OPEN:
        assert client.get(path).status_code == 200
    client.cookies.set(COOKIE, "made up")
    assert shut(client)
    client.cookies.clear()
    sign_in(client)
    assert client.draws()
    assert client.get("/media/6f2a.csv").text == "behind /media/6f2a.csv"
    sessions.end_all_of(team_store, ada, ada.id)
    assert shut(client)


@pytest.mark.parametrize("column", ["expires_at", "seen_at"])
def test_a_session_runs_out(team_store: Database, client: Browser, column: str) -> None:
    started(team_store)
    sign_in(client)
    assert client.draws()
    with team_store.writing() as connection:
        connection.execute(update(SESSIONS).values({column: "2020-01-01T00:00:00+00:00"}))
    assert shut(client)


def test_a_closed_account_is_signed_out(team_store: Database, client: Browser) -> None:
    ada = started(team_store)
    rev = joined(team_store, ada, Role.REVIEWER)
    sign_in(client, rev.sign_in)
    assert client.draws()
    people.change_person(team_store, ada, rev.id, active=False)
    assert shut(client)


def test_a_link_in_a_mail_finds_who_is_signed_in(team_store: Database, client: Browser) -> None:
    started(team_store)
    followed = client.get("/candidates?requisition=6f", headers={"sec-fetch-site": "cross-site"})
    assert followed.status_code == 200
    assert 'content="0;url=candidates?requisition=6f"' in followed.text
    # From that page the browser asks again as one of ours, with its cookie if it has one.
    here = client.get("/candidates?requisition=6f", headers={"sec-fetch-site": "same-origin"})
    assert here.status_code == 303


def test_no_way_around(team_store: Database, client: Browser) -> None:
    started(team_store)
    for path in ("/static/../media/x", "//media/x", "/invitation/../media/x", "/Media/x", "/media"):
        answer = client.get(path)
        assert "behind /media" not in answer.text, path
    assert client.post("/candidates").status_code == 401


def test_a_store_that_cannot_be_asked_lets_nobody_in(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.close_stores()
    monkeypatch.setenv("CLOUTPROOF_DATABASE", "postgresql://nobody@localhost:1/none")
    answer = client.get("/candidates")
    assert answer.status_code == 503
    assert "cannot be opened" in answer.text
    assert "Traceback" not in answer.text
    assert not client.draws()
    assert client.get("/sign-in").status_code == 503
