from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tests.ui.sign_in.conftest import HOST, Browser
from tests.ui.sign_in.identity_provider import CLIENT, IdentityProvider, identity_provider
from tests.ui.team import SECRET, joined, started
from toolkit.store import people, sessions
from toolkit.store.database import Database
from toolkit.store.rights import Role
from toolkit.ui.sign_in import provider
from toolkit.ui.team import COOKIE

with warnings.catch_warnings(record=True):
    # It calls a package deprecated that it is told to use, as soon as it is loaded.
    importlib.import_module("authlib.integrations.starlette_client")


@pytest.fixture(scope="module")
def known() -> Iterator[IdentityProvider]:
    with identity_provider() as running:
        yield running


@pytest.fixture
def settings(known: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict]:
    """What stands in secrets.toml; a test may change it."""
    written: dict[str, dict] = {
        "auth": {
            "redirect_uri": f"{HOST}/oauth2callback",
            "cookie_secret": "a secret of the tests, long enough",
            "client_id": CLIENT,
            "client_secret": "another secret of the tests",
            "server_metadata_url": f"{known.address}/.well-known/openid-configuration",
        },
        "cloutproof": {"provider": "Example Ltd"},
    }
    monkeypatch.setattr(secrets_singleton, "_secrets", written)
    return written


@pytest.fixture
def visitor(team_store: Database, settings: dict[str, dict]) -> Browser:
    """A browser on the forms, the gate and Streamlit's own addresses of signing in."""
    return Browser(
        routes=create_auth_routes(""),
        middleware=[Middleware(SessionMiddleware, secret_key="of the exchange")],
    )


def through_the_provider(visitor: Browser, then: str = "") -> httpx.Response:
    """Click the button, let the provider vouch, and open what it leads back to."""
    form = visitor.get(f"/sign-in{then}").text
    button = re.search(r'<a href="([^"]+)" class="button">Sign in with Example Ltd</a>', form)
    assert button
    away = visitor.get(f"/{button[1]}")
    assert away.status_code == 302
    back = httpx.get(away.headers["location"])
    assert back.status_code == 302
    there = urlsplit(back.headers["location"])
    assert f"{there.scheme}://{there.netloc}" == HOST
    landed = visitor.get(f"{there.path}?{there.query}", headers={"sec-fetch-site": "cross-site"})
    assert (landed.status_code, landed.headers["location"]) == (302, "/")
    # A page of ours that opens itself once more, since strict cookies stay behind till then.
    assert "One moment" in visitor.get("/", headers={"sec-fetch-site": "cross-site"}).text
    asked = visitor.get("/", headers={"sec-fetch-site": "same-origin"})
    if asked.status_code == 200:
        return asked
    return visitor.get(f"/{asked.headers['location']}")


def vouching(known: IdentityProvider, **claims: object) -> None:
    known.claims = {"email": "rev@example.org", "email_verified": True, "name": "Rev", **claims}


def test_who_was_invited_is_let_in_and_known_from_then_on(
    team_store: Database, visitor: Browser, known: IdentityProvider
) -> None:
    ada = started(team_store)
    people.invite(team_store, ada, "rev@example.org", Role.REVIEWER)
    vouching(known, email="Rev@Example.org")
    for _ in range(2):
        assert "One moment" in through_the_provider(visitor).text
        person = sessions.person_of(team_store, visitor.cookies[COOKIE])
        assert (person.name, person.role) == ("Rev", Role.REVIEWER)
        # What the provider left is gone; the store alone says who is signed in.
        assert not any(name.startswith(USER_COOKIE_NAME) for name in visitor.cookies)
        assert visitor.draws()
        visitor.post("/sign-out", data={"out": "1"})
        assert not visitor.draws()


def test_nobody_unknown_gets_in(
    team_store: Database, visitor: Browser, known: IdentityProvider
) -> None:
    started(team_store)
    vouching(known, email="stranger@example.org")
    answer = through_the_provider(visitor)
    assert "Nobody is expected under stranger@example.org" in answer.text
    assert COOKIE not in visitor.cookies
    assert not visitor.draws()
    # The refusal does not stay in the way of another attempt.
    assert "Nobody is expected" not in visitor.get("/sign-in").text


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email_verified": None}, {"email": ""}]
)
def test_an_address_that_is_not_verified_is_not_believed(
    team_store: Database, visitor: Browser, known: IdentityProvider, claims: dict
) -> None:
    joined(team_store, started(team_store), Role.REVIEWER, "rev")
    vouching(known, **claims)
    assert "no e-mail address that it has verified" in through_the_provider(visitor).text
    assert COOKIE not in visitor.cookies


def test_a_provider_that_marks_no_address_can_be_trusted(
    team_store: Database, visitor: Browser, known: IdentityProvider, settings: dict[str, dict]
) -> None:
    joined(team_store, started(team_store), Role.REVIEWER, "rev")
    known.claims = {"email": "rev@example.org"}
    assert "no e-mail address" in through_the_provider(visitor).text
    settings["cloutproof"]["trust_unmarked_addresses"] = True
    through_the_provider(visitor)
    assert sessions.person_of(team_store, visitor.cookies[COOKIE]).name == "Rev"
    # Said to be unverified is not the same as not said.
    visitor.cookies.clear()
    vouching(known, email_verified=False)
    assert "no e-mail address" in through_the_provider(visitor).text


def test_a_closed_account_stays_closed(
    team_store: Database, visitor: Browser, known: IdentityProvider
) -> None:
    ada = started(team_store)
    rev = joined(team_store, ada, Role.REVIEWER, "rev")
    people.change_person(team_store, ada, rev.id, active=False)
    vouching(known)
    assert "account is closed" in through_the_provider(visitor).text
    assert COOKIE not in visitor.cookies


def test_a_cookie_that_was_made_up_or_is_for_elsewhere_is_nothing(
    team_store: Database, visitor: Browser, known: IdentityProvider, settings: dict[str, dict]
) -> None:
    joined(team_store, started(team_store), Role.REVIEWER, "rev")
    vouching(known)
    visitor.cookies.set(USER_COOKIE_NAME, "made up")
    assert "Sign in with Example Ltd" in visitor.get("/sign-in").text
    assert COOKIE not in visitor.cookies
    settings["auth"]["redirect_uri"] = "https://elsewhere.example/oauth2callback"
    assert provider.providers()


def test_local_passwords_can_be_switched_off(
    team_store: Database, visitor: Browser, settings: dict[str, dict]
) -> None:
    ada = started(team_store)
    token = people.invite(team_store, ada, "rev@example.org", Role.REVIEWER)
    form = {"sign_in": ada.sign_in, "password": SECRET}
    assert 'name="password"' in visitor.get("/sign-in").text
    settings["cloutproof"]["passwords"] = False
    for path in ("/sign-in", f"/invitation/{token}"):
        page = visitor.get(path).text
        assert 'type="password"' not in page
        assert "Sign in with Example Ltd" in page
    assert "Passwords are not used here" in visitor.post("/sign-in", data=form).text
    taken = {"token": token, "name": "Rev", "password": SECRET, "repeated": SECRET}
    assert "Passwords are not used here" in visitor.post("/invitation", data=taken).text
    assert COOKIE not in visitor.cookies


def test_without_settings_there_is_no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets_singleton, "_secrets", {})
    assert provider.providers() == ()
    assert provider.passwords_are_used()
    # Nobody is locked out by a setting alone.
    monkeypatch.setattr(secrets_singleton, "_secrets", {"cloutproof": {"passwords": False}})
    assert provider.passwords_are_used()
