"""What guards every page: headers, form tokens, cookies, who may look."""

import secrets
from typing import cast
from urllib.parse import urlencode

from flask import Flask, Response, abort, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response as BaseResponse

from web.context import here, is_secure, settings, site
from web.limits import LONGEST_FIELD, LONGEST_FILE_NAME

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Reached without a login whatever the settings: a feed's address is its own key.
OPEN_TO_ALL = (
    "feeds.calendar",
    "feeds.invitation",
    "feeds.week",
    "login.form",
    "login.enter",
    "static",
)
# Open to accounts alone whatever the settings: they change what everybody sees.
FOR_ACCOUNTS = (
    *("rain.apply", "rain.undo", "rain.plan", "agreements.apply", "usage.confirm"),
    *("load.prove", "jobs.index", "jobs.job", "jobs.stop", "what_if.ask"),
)
# These say themselves how long they may be kept, and depend on no cookie.
CACHED = ("static", "feeds.calendar")
TOKEN, LOGIN = "form_token", "login"


class SiteSessions(SecureCookieSessionInterface):
    """Session cookies that are marked secure whenever the site is reached by https."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the browser may send the cookie over https alone."""
        return is_secure()


def register(app: Flask) -> None:
    """Guard the application."""
    app.session_interface = SiteSessions()
    app.jinja_env.globals.update(form_token=form_token, account_name=account_name)
    app.before_request(_check_address)
    app.before_request(_check_lengths)
    app.before_request(_check_form)
    app.before_request(_check_login)
    app.after_request(_set_headers)


def account_name() -> str | None:
    """Name of the account that is logged in."""
    if "account" not in g:
        token = session.get(LOGIN)
        g.account = site().store.sessions.name_of(token) if token else None
    return cast("str | None", g.account)


def begin_session(name: str) -> None:
    """Log an account in, under a new form token."""
    session.clear()
    session[LOGIN] = site().store.sessions.begin(name)
    g.pop("account", None)


def end_session() -> None:
    """Log out, here and wherever the cookie has been copied to."""
    if token := session.get(LOGIN):
        site().store.sessions.end(token)
    session.clear()
    g.pop("account", None)


def require_account() -> BaseResponse | None:
    """The way to the login, for whoever has not been there; None for accounts."""
    if account_name():
        return None
    if request.accept_mimetypes.best == "application/json":
        abort(401)
    wanted = here() if request.method == "GET" else url_for("front.index")
    return redirect(f"{url_for('login.form')}?{urlencode({'next': wanted})}")


def form_token() -> str:
    """The session's token, which every form sends back."""
    if TOKEN not in session:
        session[TOKEN] = secrets.token_urlsafe(24)
    return str(session[TOKEN])


def _check_address() -> None:
    """Answer what is no page before asking for forms and logins that it has not."""
    if request.routing_exception is not None:
        raise request.routing_exception


def _check_lengths() -> None:
    """Refuse values that no page sends before anything works with them."""
    sent = (*request.args.items(multi=True), *request.form.items(multi=True))
    if any(len(text) > LONGEST_FIELD for pair in sent for text in pair):
        abort(413)
    if len((request.view_args or {}).get("filename", "")) > LONGEST_FILE_NAME:
        abort(404)


def _check_form() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    sent, kept = request.form.get(TOKEN, ""), session.get(TOKEN, "")
    if not kept or not secrets.compare_digest(sent.encode(), kept.encode()):
        abort(400)


def _check_login() -> BaseResponse | None:
    closed = (
        settings().login_to_view
        or request.blueprint == "subscriptions"
        or request.endpoint in FOR_ACCOUNTS
    )
    if not closed or request.endpoint in OPEN_TO_ALL:
        return None
    return require_account()


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in CACHED:
        kept = "no-store" if session.get(LOGIN) else "private, no-cache"
        response.headers.setdefault("Cache-Control", kept)
        response.headers.add("Vary", "Cookie")
    return response
