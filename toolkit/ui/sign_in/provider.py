"""Signing in through the organisation's own identity provider (OpenID Connect).

Streamlit's ``st.login`` does the exchange with the provider, from its own addresses and with
the settings of ``[auth]`` in ``secrets.toml``; no page of the app has to be sent for that.
What it leaves is a signed cookie with the provider's claims. It is read once, turned into a
session of ours, and taken away: from then on the store alone says who is signed in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from streamlit.auth_util import (
    encode_provider_token,
    get_cookie_with_chunks,
    get_origin_from_redirect_uri,
    get_secrets_auth_section,
)
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import (
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
)

from toolkit.errors import StoreError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

#: How old what the provider said may be, in days: ten minutes.
_FRESH = 10 / (24 * 60)
#: Where a provider stands that is set up without a name of its own.
_UNNAMED = "default"


@dataclass(frozen=True)
class Provider:
    """An identity provider that is set up.

    Parameters
    ----------
    name : str
        Its section below ``[auth]``.
    label : str
        What its button says after "Sign in with".
    """

    name: str
    label: str

    @property
    def address(self) -> str:
        """Where signing in through it begins; good for two minutes."""
        return f"auth/login?provider={encode_provider_token(self.name)}"


@dataclass(frozen=True)
class Vouched:
    """Whom a provider vouches for.

    Parameters
    ----------
    email : str
    name : str
    """

    email: str
    name: str


def providers() -> tuple[Provider, ...]:
    """The providers of ``secrets.toml``; none where there is no such file."""
    auth = get_secrets_auth_section()
    own = _own_settings()
    found = []
    if "client_id" in auth:
        found.append(Provider(_UNNAMED, str(own.get("provider", "your organisation"))))
    for name, section in auth.items():
        if isinstance(section, Mapping) and "client_id" in section:
            found.append(Provider(name, str(section.get("label", name.title()))))
    return tuple(found)


def passwords_are_used() -> bool:
    """Whether people sign in with passwords kept here: unless switched off for a provider."""
    return bool(_own_settings().get("passwords", True)) or not providers()


def vouched_for(request: Request) -> Vouched | None:
    """Whom a provider has just vouched for in this browser; None where none has.

    Raises
    ------
    StoreError
        If the provider gave no e-mail address, or does not say that it has verified it.
    """
    claims = _claims(request)
    if claims is None or not claims.get("is_logged_in"):
        return None
    email = str(claims.get("email") or "").strip()
    verified = claims.get("email_verified", _own_settings().get("trust_unmarked_addresses"))
    if not email or verified is not True:
        raise StoreError(
            "The identity provider gave no e-mail address that it has verified. Whoever runs "
            "this server can have it send the claims email and email_verified."
        )
    return Vouched(email, str(claims.get("name") or ""))


def forget(response: Response, request: Request) -> None:
    """Take away what the provider left in the browser."""
    for name in request.cookies:
        if name.startswith((USER_COOKIE_NAME, TOKENS_COOKIE_NAME)):
            response.delete_cookie(name)


def _claims(request: Request) -> dict[str, Any] | None:
    if not providers():
        return None
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        value = request.cookies.get(name)
        if value is None:
            return None
        return decode_signed_value(secret, name, value.encode("latin-1"), _FRESH)

    found = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    if found is None:
        return None
    claims = json.loads(found)
    if not isinstance(claims, dict) or claims.get("origin") != get_origin_from_redirect_uri():
        return None
    return claims


def _own_settings() -> Mapping[str, Any]:
    if not secrets_singleton.load_if_toml_exists():
        return {}
    own = secrets_singleton.get("cloutproof", {})
    return own if isinstance(own, Mapping) else {}
