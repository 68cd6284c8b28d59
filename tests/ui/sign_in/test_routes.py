from __future__ import annotations

import re
import threading
import time

import pytest

from tests.ui.sign_in.conftest import HOST, Browser, sign_in
from tests.ui.team import SECRET, joined, started
from toolkit.errors import StoreError
from toolkit.store import accounts, invitations, people, sessions
from toolkit.store.database import Database
from toolkit.store.event_log import check_log
from toolkit.store.rights import Role
from toolkit.ui.sign_in import set_up_code, turns
from toolkit.ui.team import COOKIE

NEW = {"name": "Ada", "sign_in": "ada@example.org", "password": SECRET, "repeated": SECRET}


@pytest.fixture
def near() -> Browser:
    """A browser on the server's own computer."""
    return Browser("http://localhost", "127.0.0.1")


def test_from_the_first_visitor_to_a_second_person(
    team_store: Database, client: Browser, near: Browser
) -> None:
    made = near.post("/set-up", data=NEW)
    assert (made.status_code, made.headers["location"]) == (303, "people")
    ada = sessions.person_of(team_store, near.cookies[COOKIE])
    assert (ada.name, ada.role) == ("Ada", Role.ADMINISTRATOR)

    token = people.invite(team_store, ada, "rev@example.org", Role.REVIEWER)
    form = client.get(f"/invitation/{token}")
    assert "You are invited as reviewer." in form.text
    assert 'action="../invitation"' in form.text
    taken = client.post("/invitation", data={**NEW, "token": token, "name": "Rev"})
    assert (taken.status_code, taken.headers["location"]) == (303, "./")
    assert sessions.person_of(team_store, client.cookies[COOKIE]).role is Role.REVIEWER
    assert client.get("/my-reviews").text == "behind /my-reviews"

    assert "You have signed out" in client.post("/sign-out", data={"out": "1"}).text
    assert COOKIE not in client.cookies
    assert sign_in(client, "REV@example.org ") == "./"
    with team_store.reading() as connection:
        assert check_log(connection).ok


def test_the_cookie_is_out_of_reach(team_store: Database) -> None:
    started(team_store)
    plain = Browser()
    behind_tls = Browser("https://testserver")
    for client, secure in ((plain, False), (behind_tls, True)):
        form = {"sign_in": "ada@example.org", "password": SECRET}
        given = client.post("/sign-in", data=form).headers["set-cookie"]
        assert given.startswith(f"{COOKIE}=")
        assert "HttpOnly" in given
        assert "SameSite=strict" in given
        assert ("Secure" in given) is secure
        # The folder of the form, wherever a proxy serves it, and only for this visit.
        assert "Path" not in given
        assert "ax-" not in given


def test_a_form_from_another_site_is_refused(team_store: Database, client: Browser) -> None:
    started(team_store)
    form = {"sign_in": "ada@example.org", "password": SECRET}
    for headers in (
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": HOST, "sec-fetch-site": "cross-site"},
        {"origin": HOST, "sec-fetch-site": "same-site"},
    ):
        answer = client.post("/sign-in", data=form, headers=headers)
        assert answer.status_code == 403
        assert COOKIE not in client.cookies
    ours = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert client.post("/sign-in", data=form, headers=ours).status_code == 303


def test_a_wrong_password_tells_nothing(team_store: Database, client: Browser) -> None:
    ada = started(team_store)
    said = set()
    for name in (ada.sign_in, "stranger@example.org"):
        for _ in range(accounts.MOST_FAILURES + 2):
            form = {"sign_in": name, "password": "a wrong password"}
            answer = client.post("/sign-in", data=form)
            assert answer.status_code == 400
            assert COOKIE not in client.cookies
            said.add(answer.text.replace(name, "NAME"))
    # Not even the right one, while the account rests.
    form = {"sign_in": ada.sign_in, "password": SECRET}
    said.add(client.post("/sign-in", data=form).text.replace(ada.sign_in, "NAME"))
    assert len(said) == 1
    assert "rests for a quarter of an hour" in said.pop()


def test_every_attempt_takes_as_long(team_store: Database) -> None:
    started(team_store)
    client = Browser()
    for name in ("ada@example.org", "stranger@example.org"):
        began = time.monotonic()
        client.post("/sign-in", data={"sign_in": name, "password": "a wrong password"})
        assert time.monotonic() - began >= 0.4


def test_what_was_typed_is_text(team_store: Database, client: Browser) -> None:
    started(team_store)
    form = {"sign_in": '"><script>alert(1)</script>', "password": "a wrong password"}
    answer = client.post("/sign-in", data=form)
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "a wrong password" not in answer.text


def test_after_signing_in_one_goes_where_one_wanted(team_store: Database, client: Browser) -> None:
    started(team_store)
    asked = client.get("/candidates?requisition=6f&x=a%20b")
    assert asked.status_code == 303
    form = client.get(f"/{asked.headers['location']}").text
    then = re.search(r'name="then" value="([^"]*)"', form)
    assert then
    wanted = then[1].replace("&amp;", "&")
    given = {"sign_in": "ada@example.org", "password": SECRET, "then": wanted}
    answer = client.post("/sign-in", data=given)
    assert answer.headers["location"] == "candidates?requisition=6f&x=a+b"
    again = client.get("/sign-in?then=screen")
    assert (again.status_code, again.headers["location"]) == (303, "screen")


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example", "//elsewhere.example", "javascript:alert(1)", "../x"]
)
def test_signing_in_leads_nowhere_else(
    team_store: Database, client: Browser, elsewhere: str
) -> None:
    started(team_store)
    form = {"sign_in": "ada@example.org", "password": SECRET, "then": elsewhere}
    assert client.post("/sign-in", data=form).headers["location"] == "./"


def test_only_who_runs_the_server_sets_it_up(
    team_store: Database, client: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    assert "Set-up code" in client.get("/set-up").text
    code = re.search(r"Set-up code of this server: (\w+)", caplog.text)
    assert code
    for wrong in ({}, {"code": "0000"}):
        answer = client.post("/set-up", data={**NEW, **wrong})
        assert "not the set-up code" in answer.text
    assert people.is_empty(team_store)
    assert client.post("/set-up", data={**NEW, "code": code[1]}).status_code == 303
    assert set_up_code.is_code(code[1])


def test_through_a_proxy_nobody_is_on_this_computer(near: Browser, team_store: Database) -> None:
    assert "Set-up code" not in near.get("/set-up").text
    assert "Set-up code" in near.get("/set-up", headers={"x-forwarded-for": "1.2.3.4"}).text
    assert "Set-up code" in near.get("/set-up", headers={"host": "rebound.example"}).text


def test_a_team_is_set_up_once(team_store: Database, near: Browser) -> None:
    near.post("/set-up", data=NEW)
    again = near.post("/set-up", data={**NEW, "sign_in": "bo@example.org"})
    assert (again.status_code, again.headers["location"]) == (303, "sign-in")
    assert near.get("/set-up").headers["location"] == "sign-in"


def test_what_cannot_be_used_is_said(team_store: Database, near: Browser) -> None:
    for change, message in (
        ({"repeated": "another one of mine"}, "not the same"),
        ({"password": "short", "repeated": "short"}, "12 to"),
        ({"name": " "}, "both a name"),
    ):
        answer = near.post("/set-up", data={**NEW, **change})
        assert answer.status_code == 400
        assert message in answer.text
        assert 'role="alert"' in answer.text
        assert 'value="ada@example.org"' in answer.text
    assert people.is_empty(team_store)


def test_an_invitation_that_is_closed(team_store: Database, client: Browser) -> None:
    assert "no team on this server" in client.get("/invitation/made-up").text
    ada = started(team_store)
    token = people.invite(team_store, ada, "rev@example.org", Role.REVIEWER)
    for answer in (
        client.get("/invitation/made-up"),
        client.post("/invitation", data={**NEW, "token": "made up"}),
    ):
        assert "not open any more" in answer.text
    invitations.withdraw_invitation(
        team_store, ada, invitations.open_invitations(team_store, ada)[0].id
    )
    assert "not open any more" in client.get(f"/invitation/{token}").text
    assert invitations.open_invitations(team_store, ada) == ()


def test_a_forgotten_password(team_store: Database, client: Browser) -> None:
    ada = started(team_store)
    rev = joined(team_store, ada, Role.REVIEWER)
    before = sessions.begin(team_store, rev)
    token = people.invite_again(team_store, ada, rev.id)
    form = client.get(f"/invitation/{token}")
    assert "Reviewer, choose another password" in form.text
    chosen = {"token": token, "password": "another four words", "repeated": "another four words"}
    assert client.post("/invitation", data=chosen).status_code == 303
    with pytest.raises(StoreError, match="signed out"):
        sessions.person_of(team_store, before)
    assert people.sign_in(team_store, rev.sign_in, "another four words") == rev
    with pytest.raises(StoreError, match="not right"):
        people.sign_in(team_store, rev.sign_in, SECRET)


def test_changing_ones_own_password(team_store: Database, client: Browser) -> None:
    ada = started(team_store)
    assert client.get("/password").headers["location"] == "sign-in"
    elsewhere = sessions.begin(team_store, ada)
    sign_in(client)
    chosen = {"password": "another four words", "repeated": "another four words"}
    wrong = client.post("/password", data={**chosen, "present": "a wrong password"})
    assert "not right" in wrong.text
    assert client.post("/password", data={**chosen, "present": SECRET}).status_code == 303
    assert client.get("/people").text == "behind /people"
    with pytest.raises(StoreError, match="signed out"):
        sessions.person_of(team_store, elsewhere)


def test_signing_in_again_ends_what_was_before(team_store: Database, client: Browser) -> None:
    started(team_store)
    sign_in(client)
    before = client.cookies[COOKIE]
    sign_in(client)
    assert client.cookies[COOKIE] != before
    with pytest.raises(StoreError, match="signed out"):
        sessions.person_of(team_store, before)


def test_a_form_too_long_is_refused(team_store: Database, client: Browser) -> None:
    started(team_store)
    answer = client.post("/sign-in", data={"sign_in": "x" * 30_000})
    assert answer.status_code == 413


def test_only_so_many_wait_to_hash() -> None:
    free, full = threading.Event(), threading.Semaphore(0)

    def hold() -> None:
        with turns.in_turn():
            full.release()
            free.wait(30)

    holding = [threading.Thread(target=hold) for _ in range(turns.AT_A_TIME + turns.WAITING)]
    for one in holding:
        one.start()
    for _ in range(turns.AT_A_TIME):
        full.acquire(timeout=30)
    while turns._places._value:
        time.sleep(0.001)
    with pytest.raises(StoreError, match="Many people"), turns.in_turn():
        pass
    free.set()
    for one in holding:
        one.join()
    with turns.in_turn():
        pass


def test_where_nobody_has_an_account_nobody_signs_in(client: Browser) -> None:
    assert client.get("/sign-in").headers["location"] == "./"
    assert client.get("/password").headers["location"] == "./"
    assert "Sign out" in client.get("/sign-out").text
