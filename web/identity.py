"""Identity: a provider (OpenID Connect) that people of a bureau log in with.

It says who somebody is; what they may do is said here, by the account of that name. It
is asked only while somebody logs in by it.
"""

from dataclasses import dataclass
from typing import Any, cast

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask
from joserfc.errors import JoseError
from requests.exceptions import RequestException
from werkzeug.wrappers import Response

SECONDS = 10
"""How long a provider may take for an answer."""
_CLIENT = "identity"
_EXTENSION = "authlib.integrations.flask_client"
_FAILURES = (OAuthError, JoseError, RequestException, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider by its issuer, and what this site is called there.

    ``claim`` is what of its answer names an account here; ``label`` is what the button
    says.
    """

    issuer: str
    client_id: str
    client_secret: str
    label: str
    claim: str = "preferred_username"


class IdentityFailed(Exception):
    """The provider could not be asked, or what it said does not hold."""


def register(app: Flask, provider: Provider | None) -> None:
    """Let people log in by a provider, where there is one."""
    if provider is None:
        return
    root = provider.issuer.rstrip("/")
    OAuth(app).register(
        _CLIENT,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{root}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "timeout": SECONDS,
        },
    )


def send(app: Flask, back: str) -> Response:
    """Send somebody to the provider, from where they come back to an address.

    Raises:
        IdentityFailed: it cannot be reached.
    """
    try:
        return cast("Response", _client(app).authorize_redirect(back))
    except _FAILURES as error:
        raise IdentityFailed from error


def who_came(app: Flask, claim: str) -> str:
    """The name of whoever came back, by a signed and unused answer.

    Raises:
        IdentityFailed: the answer is not of this provider, for this site, now, and for
            what was asked in this browser; or it names nobody.
    """
    try:
        token = _client(app).authorize_access_token()
    except _FAILURES as error:
        raise IdentityFailed from error
    name = (token.get("userinfo") or {}).get(claim)
    if not isinstance(name, str) or not name.strip():
        raise IdentityFailed
    return name.strip()


def _client(app: Flask) -> Any:
    return app.extensions[_EXTENSION].create_client(_CLIENT)
