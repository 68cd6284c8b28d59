"""What the forms do: set up, sign in and out, take an invitation up, choose a password."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from toolkit.errors import SignedOut, StoreError
from toolkit.store import invitations, people, sessions
from toolkit.store.passwords import LONGEST, SHORTEST
from toolkit.store.rights import Person
from toolkit.ui import team
from toolkit.ui.sign_in import provider
from toolkit.ui.sign_in.form_page import HEADERS, Field, FormPage, passing_on
from toolkit.ui.sign_in.onward import onward
from toolkit.ui.sign_in.set_up_code import is_code, show_code
from toolkit.ui.sign_in.turns import in_turn
from toolkit.ui.sign_in.visitor import (
    give_token,
    is_from_our_page,
    is_on_this_computer,
    take_token,
    token_of,
)

T = TypeVar("T")

#: Bytes that a form may have; the longest password takes a part of it.
LARGEST = 20_000
#: Seconds that every attempt to sign in takes at least, so that its length tells nothing.
AT_LEAST = 0.4
_PASSWORD_HINT = f"{SHORTEST} characters or more. A few unrelated words are a good one."
_OURS_ONLY = "This form was sent from another page. Open it here and fill it in again."


def routes() -> list[Route]:
    """The addresses of the forms, all directly below the app's own."""
    return [
        Route("/set-up", _guarded(_set_up), methods=["GET", "POST"]),
        Route("/sign-in", _guarded(_sign_in), methods=["GET", "POST"]),
        Route("/sign-out", _guarded(_sign_out), methods=["GET", "POST"]),
        Route("/password", _guarded(_password), methods=["GET", "POST"]),
        Route("/invitation", _guarded(_invitation), methods=["POST"]),
        Route("/invitation/{token}", _guarded(_invitation), methods=["GET"]),
    ]


Form = Mapping[str, str]
Handler = Callable[[Request, Form], Awaitable[Response]]


def _guarded(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Read the form; refuse one that is too long or was sent from elsewhere."""

    async def answer(request: Request) -> Response:
        form: Form = {}
        if request.method == "POST":
            length = request.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > LARGEST:
                return FormPage("Too long", problem="This form is too long.").response(413)
            if not is_from_our_page(request):
                return FormPage("Not sent from here", problem=_OURS_ONLY).response(403)
            given = await request.form(max_files=0)
            form = {name: value for name, value in given.items() if isinstance(value, str)}
        try:
            return await handler(request, form)
        except StoreError as error:
            return FormPage("Not available", problem=str(error)).response(503)

    return answer


async def _set_up(request: Request, form: Form) -> Response:
    if await run_in_threadpool(team.is_team):
        return _to("sign-in")
    fields = [
        Field("name", "Your name", autocomplete="name", value=form.get("name", "")),
        Field(
            "sign_in",
            "Your e-mail address",
            autocomplete="username",
            value=form.get("sign_in", ""),
            hint="You will sign in with it. Nothing is sent to it.",
        ),
        *_new_password(),
    ]
    if not is_on_this_computer(request):
        fields.append(
            Field("code", "Set-up code", hint="It stands in the output of the server, just now.")
        )
    page = FormPage(
        "Work as a team",
        (
            "A team keeps requisitions, reviews and decisions in this server's store, and "
            "everybody signs in. You become its first administrator and invite the others.",
        ),
        action="set-up",
        fields=fields,
        button="Set up",
        after=("Go on alone", "./"),
    )
    if request.method != "POST":
        if not is_on_this_computer(request):
            show_code()
        return page.response()
    problem = _unlike(form)
    if not is_on_this_computer(request) and not is_code(form.get("code", "")):
        problem = "That is not the set-up code of this server. Read it in the server's output."
    if problem:
        return page.again(problem)
    try:
        person = await _in_turn(
            lambda: people.make_first_administrator(
                team.store(), form.get("name", ""), form.get("sign_in", ""), form["password"]
            )
        )
    except StoreError as error:
        return page.again(str(error))
    return await _welcomed(request, person, "people")


async def _sign_in(request: Request, form: Form) -> Response:
    if not await run_in_threadpool(team.is_team):
        return _to("./")
    then = onward(form.get("then") or request.query_params.get("then", ""))
    if request.method != "POST":
        if await _signed_in(request) is not None:
            return _to(then)
        return await _vouched(request, then)
    began = time.monotonic()
    try:
        if not provider.passwords_are_used():
            raise StoreError("Passwords are not used here.")
        person = await _in_turn(
            lambda: people.sign_in(team.store(), form.get("sign_in", ""), form.get("password", ""))
        )
    except StoreError as error:
        await asyncio.sleep(max(0.0, began + AT_LEAST - time.monotonic()))
        return _sign_in_page(then, form.get("sign_in", "")).again(str(error))
    await asyncio.sleep(max(0.0, began + AT_LEAST - time.monotonic()))
    return await _welcomed(request, person, then)


async def _vouched(request: Request, then: str) -> Response:
    """The empty form, or the way in for whom a provider has just vouched."""
    try:
        known = provider.vouched_for(request)
        if known is None:
            return _sign_in_page(then).response()
        person = await run_in_threadpool(
            people.sign_in_verified, team.store(), known.email, known.name
        )
        token = await run_in_threadpool(sessions.begin, team.store(), person)
    except StoreError as error:
        response: Response = _sign_in_page(then).again(str(error))
    else:
        response = passing_on(then)
        give_token(response, request, token)
    provider.forget(response, request)
    return response


def _sign_in_page(then: str, sign_in: str = "") -> FormPage:
    by_password = provider.passwords_are_used()
    return FormPage(
        "Sign in",
        action="sign-in",
        fields=(
            Field("then", kind="hidden", value=then),
            Field("sign_in", "E-mail address", autocomplete="username", value=sign_in),
            Field("password", "Password", "password", "current-password"),
        ),
        button="Sign in" if by_password else "",
        instead=_by_provider(),
    )


def _by_provider(above: str = "") -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"Sign in with {one.label}", f"{above}{one.address}") for one in provider.providers()
    )


async def _sign_out(request: Request, _form: Form) -> Response:
    if request.method != "POST":
        return FormPage(
            "Sign out", action="sign-out", button="Sign out", after=("Go back", "./")
        ).response()
    token = token_of(request)
    is_team = await run_in_threadpool(team.is_team)
    if token and is_team:
        await run_in_threadpool(sessions.end, team.store(), token)
    response = FormPage("You have signed out", after=("Sign in", "sign-in")).response()
    take_token(response, request)
    provider.forget(response, request)
    return response


async def _invitation(request: Request, form: Form) -> Response:
    token = request.path_params.get("token") or form.get("token", "")
    above = "../" if request.method == "GET" else ""
    closed = FormPage("Invitation", after=("Sign in", f"{above}sign-in"))
    try:
        if not await run_in_threadpool(team.is_team):
            raise StoreError("There is no team on this server, so nobody can be invited to it.")
        found = await run_in_threadpool(invitations.invitation, team.store(), token)
    except StoreError as error:
        return closed.again(str(error))
    by_password = provider.passwords_are_used()
    if found.name is None:
        title = "Welcome"
        lead = f"You are invited as {found.role.value}."
        fields = [Field("name", "Your name", autocomplete="name", value=form.get("name", ""))]
    else:
        title, fields = "Choose a password", []
        lead = f"{found.name}, choose another password for {found.sign_in}."
    page = FormPage(
        title,
        (lead,),
        action=f"{above}invitation",
        fields=(
            Field("token", kind="hidden", value=token),
            *fields,
            # Not to be changed: it is there for password managers.
            Field("username", "You sign in as", "text", "username", found.sign_in, fixed=True),
            *_new_password(),
        ),
        button="Go on" if by_password else "",
        instead=_by_provider(above),
    )
    if request.method != "POST":
        return page.response()
    problem = _unlike(form) if by_password else "Passwords are not used here."
    if problem:
        return page.again(problem)
    try:
        person = await _in_turn(
            lambda: people.accept_invitation(
                team.store(), token, form.get("name", ""), form["password"]
            )
        )
    except StoreError as error:
        return page.again(str(error))
    return await _welcomed(request, person, "./")


async def _password(request: Request, form: Form) -> Response:
    if not await run_in_threadpool(team.is_team):
        return _to("./")
    person = await _signed_in(request)
    if person is None or not provider.passwords_are_used():
        return _to("sign-in")
    page = FormPage(
        "Choose another password",
        ("You stay signed in here and are signed out everywhere else.",),
        action="password",
        fields=(
            Field("username", "You sign in as", "text", "username", person.sign_in, fixed=True),
            Field("present", "Present password", "password", "current-password"),
            *_new_password(),
        ),
        button="Change",
        after=("Go back", "./"),
    )
    if request.method != "POST":
        return page.response()
    problem = _unlike(form)
    if problem:
        return page.again(problem)
    try:
        await _in_turn(
            lambda: people.change_password(
                team.store(), person, form.get("present", ""), form["password"]
            )
        )
    except StoreError as error:
        return page.again(str(error))
    return await _welcomed(request, person, "./")


def _new_password() -> tuple[Field, Field]:
    return (
        Field("password", "New password", "password", "new-password", hint=_PASSWORD_HINT),
        Field("repeated", "The same once more", "password", "new-password"),
    )


def _unlike(form: Form) -> str:
    """What is wrong with the two new passwords, if anything."""
    if "password" not in form or len(form["password"]) > LONGEST:
        return "Choose a password."
    if form["password"] != form.get("repeated"):
        return "The two passwords are not the same. Type them again."
    return ""


async def _signed_in(request: Request) -> Person | None:
    try:
        return await run_in_threadpool(sessions.person_of, team.store(), token_of(request))
    except SignedOut:
        return None


async def _welcomed(request: Request, person: Person, then: str) -> Response:
    """Begin a session in this browser; whoever was signed in here before is signed out."""
    before = token_of(request)
    if before:
        await run_in_threadpool(sessions.end, team.store(), before)
    token = await run_in_threadpool(sessions.begin, team.store(), person)
    response = _to(then)
    give_token(response, request, token)
    return response


async def _in_turn(work: Callable[[], T]) -> T:
    """Do what hashes a password, off the loop and not too often at a time."""

    def turn() -> T:
        with in_turn():
            return work()

    return await run_in_threadpool(turn)


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303, headers=HEADERS)
