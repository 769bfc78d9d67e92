"""What a request works with: the site's state, its settings, the edition shown."""

import datetime as dt
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import quote, urlsplit

from flask import current_app, g, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.urls import iri_to_uri

from scheduler.services.access.sessions import IDLE
from scheduler.services.views.audit.files import AuditFolder
from scheduler.services.views.edition import Edition
from scheduler.services.views.site import NothingPublished, OfficeState, SiteState
from web.identity import Provider
from web.reach import Reach

EXTENSION = "cuofeng"
SITE_SETTINGS = "CUOFENG_SETTINGS"
_IN_QUERIES = "%&=+;:/?@!$'()*,~-._"


class NoTimetable(NotFound):
    """There is no timetable to show yet."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """How the site is reached, and by whom.

    ``login_to_view`` closes the pages to everybody without an account. Calendar links
    begin with the public address of ``reach``. ``frozen`` pages are to be written to
    files: nothing in them asks a server. Who has the ``setup_token`` may make the first
    account from another machine; a ``provider`` may say who somebody is. ``audit`` is
    one of the command line; ``audit_alone`` where no timetable is served beside it.
    A login that is not used for as long as ``idle`` is over.
    """

    login_to_view: bool = False
    reach: Reach = field(default_factory=Reach)
    frozen: bool = False
    audit: AuditFolder | None = None
    setup_token: str = ""
    provider: Provider | None = None
    audit_alone: bool = False
    idle: dt.timedelta = IDLE


def site() -> SiteState:
    """The state of the site."""
    return cast("SiteState", current_app.extensions[EXTENSION])


def office_key() -> str | None:
    """The office of the request, or the only one there is; None between several."""
    if "office" not in g:
        only = site().only()
        g.office = only.office.key if only else None
    return cast("str | None", g.office)


def state() -> OfficeState:
    """The state of the office of the request.

    Raises:
        NoTimetable: it is none of an office, and there is not one alone.
    """
    key = office_key()
    if key is None:
        raise NoTimetable
    return site().of(key)


def settings() -> SiteSettings:
    """How the site is reached."""
    return cast("SiteSettings", current_app.config[SITE_SETTINGS])


def edition() -> Edition:
    """The timetable shown; the same one throughout a request.

    Teachers have numbers for names where whoever asks may not see these.

    Raises:
        NoTimetable: nothing has been published yet.
    """
    if "edition" not in g:
        try:
            shown = state().edition()
            g.edition = shown.without_names if g.get("veiled") else shown
        except NothingPublished as error:
            raise NoTimetable from error
    return cast("Edition", g.edition)


def absolute(endpoint: str, **values: str) -> str:
    """Address of a page, host included.

    It begins with the public address or the server's own; never with what a request
    gives for its host, for a calendar would keep it.
    """
    return iri_to_uri(f"{_origin()}{url_for(endpoint, **values)}")


def _origin() -> str:
    public = urlsplit(settings().reach.public_url)
    if public.netloc:
        return f"{public.scheme}://{public.netloc}"
    name, port = request.environ["SERVER_NAME"], request.environ["SERVER_PORT"]
    usual = {"http": "80", "https": "443"}[request.scheme]
    return f"{request.scheme}://{name}{'' if port == usual else f':{port}'}"


def here() -> str:
    """Path and query of the request, from the root of the host."""
    path = quote(request.script_root + request.path)
    query = request.query_string.decode("latin-1")
    return f"{path}?{quote(query, safe=_IN_QUERIES)}" if query else path


def is_secure() -> bool:
    """Whether people reach the site by https."""
    return request.is_secure
