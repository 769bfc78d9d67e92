"""The application factory: one blueprint per area, nothing decided here."""

import logging
from collections.abc import Iterable
from types import TracebackType
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, request

from scheduler.services.access.acting import acting_for
from scheduler.services.access.sessions import LASTING
from scheduler.services.store.snapshots import one_state
from scheduler.services.views.site import SiteState
from web import access, errors, filters, language, navigation, offices, security
from web.areas import (
    activity_time,
    agreements,
    audit,
    audits,
    bureau,
    conflicts,
    data,
    editor,
    feeds,
    front,
    home,
    hours,
    identity,
    jobs,
    ledgers,
    load,
    login,
    people,
    rain,
    setup,
    subscriptions,
    usage,
    weeks,
    what_if,
)
from web.areas.days import dated, day, papers, rules
from web.areas.today import day as today_day
from web.areas.today import hall, mine
from web.areas.work import drafts, publishing, solving, versions
from web.context import EXTENSION, SITE_SETTINGS, SiteSettings
from web.identity import register as register_provider
from web.limits import LONGEST_BODY, MOST_FIELDS
from web.numbers import Number
from web.offices import PREFIX
from web.reach import Gate

OFFICE_AREAS = (
    home,
    today_day,
    hall,
    mine,
    weeks,
    conflicts,
    load,
    hours,
    activity_time,
    audits,
    rain,
    agreements,
    day,
    dated,
    papers,
    rules,
    what_if,
    usage,
    ledgers,
    jobs,
    editor,
    data,
    subscriptions,
    feeds,
    drafts,
    solving,
    people.accounts,
    people.log,
    publishing,
    versions,
)
_log = logging.getLogger(__name__)

ExceptionInfo = (
    tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]
)


class Site(Flask):
    """Flask: one state of the office for each request, in which services work on behalf
    of whoever is logged in; no secrets in logs."""

    def wsgi_app(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request."""
        with one_state(), acting_for(security.account):
            return super().wsgi_app(environ, start_response)

    def log_exception(self, exc_info: ExceptionInfo) -> None:
        """Name the rule, not the address: feed addresses are secrets."""
        rule = request.url_rule.rule if request.url_rule else "(no page)"
        _log.error("failed: %s %s", request.method, rule, exc_info=exc_info)


def create_app(state: SiteState, settings: SiteSettings | None = None) -> Flask:
    """Make the site that shows this state.

    By default pages open without a login, which is meant for a server bound to the
    own machine; managing subscriptions always needs one.
    """
    settings = settings or SiteSettings()
    app = Site(__name__)
    app.config.update(
        SECRET_KEY=state.store.session_key(),
        SESSION_COOKIE_NAME=settings.reach.cookie("cuofeng"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LASTING,
        SESSION_COOKIE_PATH=settings.reach.path or "/",
        MAX_CONTENT_LENGTH=LONGEST_BODY,
        # Files arrive in pieces of 64 KiB and the end of the piece before: what is
        # held at once is more than a form.
        MAX_FORM_MEMORY_SIZE=2 * LONGEST_BODY,
        MAX_FORM_PARTS=MOST_FIELDS,
    )
    app.url_map.converters["int"] = Number
    app.extensions[EXTENSION] = state
    app.config[SITE_SETTINGS] = settings
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for part in (security, access, language, filters, navigation, errors, offices):
        part.register(app)
    _register_areas(app, settings.audit is not None)
    register_provider(app, settings.provider)
    app.wsgi_app = Gate(app.wsgi_app, settings.reach)  # type: ignore[method-assign]
    return app


def bare_app() -> Flask:
    """An application that has all routes, and no site behind them."""
    app = Flask(__name__)
    _register_areas(app, with_audit=True)
    return app


def own_paths() -> frozenset[str]:
    """First parts of the paths of all pages."""
    rules = (rule.rule for rule in bare_app().url_map.iter_rules())
    return frozenset(rule.strip("/").partition("/")[0] for rule in rules) - {""}


def _register_areas(app: Flask, with_audit: bool) -> None:
    common = (front, login, identity, setup, people.own, bureau)
    for area in (*common, *((audit,) if with_audit else ())):
        app.register_blueprint(area.blueprint)
    for area in OFFICE_AREAS:
        path = f"{PREFIX}{area.blueprint.url_prefix or ''}"
        app.register_blueprint(area.blueprint, url_prefix=path)
