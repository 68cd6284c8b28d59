"""Where somebody wanted to go before they had to sign in."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from toolkit.ui import places

_ADDRESSES = {place.address for place in places.ALL} | {place.path for place in places.ALL}


def onward(asked: str) -> str:
    """The address to go on to, relative to ours, from what a form or link asked for.

    Only the app's own pages can be asked for, so that no link can use signing in to lead
    somebody elsewhere.

    Examples
    --------
    >>> onward("candidates?requisition=6f")
    'candidates?requisition=6f'
    >>> onward("https://elsewhere.example/")
    './'
    """
    path, _, query = asked.partition("?")
    if path not in _ADDRESSES:
        return "./"
    rest = urlencode(parse_qsl(query))
    return (path or "./") + (f"?{rest}" if rest else "")
