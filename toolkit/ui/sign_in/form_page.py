"""The HTML of the forms: one column, labels above fields, no script."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

from toolkit.ui.look import ASSETS

_STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
#: Forms must not be kept by the browser, and their own address may be told to this host
#: alone: with ``no-referrer`` the browser would not say which page a form was sent from.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


@dataclass(frozen=True)
class Field:
    """One line to fill in.

    Parameters
    ----------
    name : str
        What it is called in the form's data.
    label : str
    kind : str
        The input's type: ``text``, ``email``, ``password`` or ``hidden``.
    autocomplete : str
        What a password manager may put there.
    value : str
        What stands there at first.
    hint : str
    fixed : bool
        True for what is only shown.
    """

    name: str
    label: str = ""
    kind: str = "text"
    autocomplete: str = "off"
    value: str = ""
    hint: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class FormPage:
    """A page with one form, or with none.

    Parameters
    ----------
    title : str
    lead : sequence of str
        Paragraphs below the title.
    problem : str
        What was wrong with what was sent.
    action : str
        Where the form is sent, relative to the page.
    fields : sequence of Field
    button : str
        Words on the button; no form where empty.
    instead : sequence of (str, str)
        Words and addresses of links that look like buttons and stand before the form.
    after : (str, str) or None
        Words and address of a link below.
    """

    title: str
    lead: Sequence[str] = ()
    problem: str = ""
    action: str = ""
    fields: Sequence[Field] = ()
    button: str = ""
    instead: Sequence[tuple[str, str]] = ()
    after: tuple[str, str] | None = None

    def html(self) -> str:
        """The whole page."""
        parts = [f"<h1>{escape(self.title)}</h1>"]
        parts += [f"<p>{escape(paragraph)}</p>" for paragraph in self.lead]
        if self.problem:
            parts.append(f'<p class="problem" role="alert">{escape(self.problem)}</p>')
        parts += [_link(*one, "button") for one in self.instead]
        if self.instead and self.button:
            parts.append('<p class="or">or</p>')
        if self.button:
            parts.append(f'<form method="post" action="{escape(self.action)}">')
            parts += [_line(one, first=one == self._first) for one in self.fields]
            parts.append(f'<button type="submit">{escape(self.button)}</button></form>')
        if self.after:
            parts.append(f'<p class="foot">{_link(*self.after)}</p>')
        return _PAGE.format(title=escape(self.title), style=_STYLE, logo=_LOGO, body="".join(parts))

    def again(self, problem: str) -> HTMLResponse:
        """The page once more, with what was wrong."""
        return replace(self, problem=problem).response()

    def response(self, status: int | None = None) -> HTMLResponse:
        """The page as an answer: 400 where it tells of a problem, and else 200."""
        code = status or (400 if self.problem else 200)
        return HTMLResponse(self.html(), code, headers=HEADERS)

    @property
    def _first(self) -> Field | None:
        """The first field that is still to be filled in: there the cursor stands."""
        return next((one for one in self.fields if one.kind != "hidden" and not one.value), None)


def passing_on(address: str) -> HTMLResponse:
    """A page that opens another of ours, from here.

    A browser sends a strict cookie only on requests that begin on our own pages; whoever
    follows a link in an e-mail comes without it, and with it from this page on.
    """
    body = f"<p>{_link('Go on', address)}</p>"
    html = _PAGE.format(
        title="One moment", style=_STYLE, logo=_LOGO, body=f"<h1>One moment</h1>{body}"
    )
    refresh = f'<meta http-equiv="refresh" content="0;url={escape(address)}">'
    return HTMLResponse(html.replace("<style>", f"{refresh}<style>", 1), headers=HEADERS)


def _line(one: Field, *, first: bool) -> str:
    name, value = escape(one.name), escape(one.value)
    if one.kind == "hidden":
        return f'<input type="hidden" name="{name}" value="{value}">'
    told = f' aria-describedby="{name}-hint"' if one.hint else ""
    hint = f'<p class="hint" id="{name}-hint">{escape(one.hint)}</p>' if one.hint else ""
    cursor = " autofocus" if first else ""
    return (
        f'<label for="{name}">{escape(one.label)}</label>{hint}'
        f'<input id="{name}" name="{name}" type="{one.kind}" value="{value}" required'
        f' autocomplete="{one.autocomplete}" autocapitalize="none" spellcheck="false"'
        f"{told}{cursor}{' readonly' if one.fixed else ''}>"
    )


def _link(words: str, address: str, look: str = "") -> str:
    kind = f' class="{look}"' if look else ""
    return f'<a href="{escape(address)}"{kind}>{escape(words)}</a>'


def _picture(name: str) -> str:
    data = base64.b64encode((ASSETS / name).read_bytes()).decode()
    return f"data:image/svg+xml;base64,{data}"


_LOGO = f'<img class="logo" src="{_picture("logo.svg")}" alt="Cloutproof">'
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    f'<link rel="icon" type="image/svg+xml" href="{_picture("icon.svg")}">'
    "<title>{title} · Cloutproof</title><style>{style}</style></head>"
    "<body><main>{logo}{body}</main></body></html>"
)
