"""What guards every page: headers, form tokens, cookies, sessions."""

import base64
import hashlib
import secrets
from typing import cast
from urllib.parse import urlencode

from flask import (
    Flask,
    Response,
    abort,
    g,
    redirect,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response as BaseResponse

from scheduler.services.access.permissions import Account
from web.context import here, is_secure, settings, site
from web.limits import LONGEST_FIELD, LONGEST_FILE_NAME
from web.uploads import make_room, takes_more

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def with_style(style: str) -> str:
    """The policy of a page that has this style inside, and no other."""
    seen = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    known = "style-src 'self'"
    return CONTENT_POLICY.replace(known, f"{known} 'sha256-{seen}'")


HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS_ONLY = "max-age=31536000"
"""Seconds, a year: browsers then ask this host by https alone."""
# These say themselves how long they may be kept, and depend on no cookie.
CACHED = ("static", "feeds.calendar")
TOKEN, LOGIN, MUST_CHANGE = "form_token", "login", "must_change"
TOKEN_HEADER = "X-Form-Token"
"""Carries the token of what a script sends, which is no form."""
BY_ITSELF = "X-By-Itself"
"""Tells a request that a page makes while nobody does anything."""


class SiteSessions(SecureCookieSessionInterface):
    """Session cookies that are marked secure whenever the site is reached by https."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the browser may send the cookie over https alone."""
        return is_secure()


def register(app: Flask) -> None:
    """Guard the application."""
    app.session_interface = SiteSessions()
    app.jinja_env.globals.update(form_token=form_token)
    app.before_request(_check_address)
    app.before_request(_check_lengths)
    app.before_request(_check_form)
    app.after_request(_set_headers)


def account() -> Account | None:
    """The account that is logged in, with what it is; None for visitors."""
    if "account" not in g:
        token, store = session.get(LOGIN), site().store
        idle = None if BY_ITSELF in request.headers else settings().idle
        name = store.sessions.name_of(token, idle) if token else None
        g.account = store.accounts.get(name) if name else None
    return cast("Account | None", g.account)


def account_name() -> str:
    """Name of the account that is logged in; empty for visitors."""
    person = account()
    return person.name if person else ""


def begin_session(name: str, must_change: bool = False) -> None:
    """Log an account in, under a new form token; the session before is over.

    Parameters:
        must_change: The password is one that somebody else knows: nothing opens but
            the own account until there is a new one.
    """
    end_session()
    session[LOGIN] = site().store.sessions.begin(name, settings().idle)
    if must_change:
        session[MUST_CHANGE] = True
    g.pop("account", None)


def end_session() -> None:
    """Log out, here and wherever the cookie has been copied to."""
    if token := session.get(LOGIN):
        site().store.sessions.end(token)
    session.clear()
    g.pop("account", None)


def to_login() -> BaseResponse:
    """The way to the login."""
    if request.accept_mimetypes.best == "application/json":
        abort(401)
    wanted = here() if request.method == "GET" else url_for("front.index")
    return redirect(f"{url_for('login.form')}?{urlencode({'next': wanted})}")


def form_token() -> str:
    """The session's token, which every form and every script sends back."""
    if TOKEN not in session:
        session[TOKEN] = secrets.token_urlsafe(24)
    return str(session[TOKEN])


def _check_address() -> None:
    """Answer what is no page before asking for forms and logins that it has not."""
    if request.routing_exception is not None:
        raise request.routing_exception


def _check_lengths() -> None:
    """Refuse values that no page sends before anything works with them."""
    # Feeds are nobody's session: who is logged in is asked only where it matters.
    if takes_more() and account() is not None:
        make_room()
    sent = (*request.args.items(multi=True), *request.form.items(multi=True))
    if any(len(text) > LONGEST_FIELD for pair in sent for text in pair):
        abort(413)
    if len((request.view_args or {}).get("filename", "")) > LONGEST_FILE_NAME:
        abort(404)


def _check_form() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    sent = request.headers.get(TOKEN_HEADER) or request.form.get(TOKEN, "")
    kept = session.get(TOKEN, "")
    if not kept or not secrets.compare_digest(sent.encode(), kept.encode()):
        abort(400)


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if is_secure():
        response.headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
    if request.endpoint not in CACHED:
        kept = "no-store" if session.get(LOGIN) else "private, no-cache"
        response.headers.setdefault("Cache-Control", kept)
        response.headers.add("Vary", "Cookie")
    return response
