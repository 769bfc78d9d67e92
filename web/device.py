"""Devices that have been logged in before: strangers' wrong passwords are not theirs.

Behind a proxy that does not say for whom it asks, all clients have one address, and
whoever guesses passwords there would shut the office out. A browser that has once
logged in keeps a signed name by which its tries are counted apart.
"""

import secrets

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from web.context import is_secure, settings

COOKIE = "device"
A_YEAR = 365 * 24 * 3600


def client_of(name: str) -> str:
    """What wrong passwords for an account are counted for: a device or an address."""
    try:
        known, device = _signer().loads(
            request.cookies.get(settings().reach.cookie(COOKIE), "")
        )
    except (BadSignature, ValueError, TypeError):
        return request.remote_addr or ""
    return f"device {device}" if known == name else request.remote_addr or ""


def remember(response: Response, name: str) -> None:
    """Let the device be known for an account that has just logged in on it."""
    response.set_cookie(
        settings().reach.cookie(COOKIE),
        _signer().dumps([name, secrets.token_urlsafe(12)]),
        max_age=A_YEAR,
        path=settings().reach.path or "/",
        secure=is_secure(),
        httponly=True,
        samesite="Strict",
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt="device")
