"""What a request works with: the site's state, its settings, the edition shown."""

from dataclasses import dataclass
from typing import cast

from flask import current_app, g, request
from werkzeug.exceptions import NotFound

from scheduler.services.views.edition import Edition
from scheduler.services.views.site import NothingPublished, SiteState

EXTENSION = "cuofeng"
SITE_SETTINGS = "CUOFENG_SETTINGS"


class NoTimetable(NotFound):
    """There is no timetable to show yet."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """How the site is reached.

    ``login_to_view`` closes the pages to everybody without an account. Only the
    hosts of ``trusted_hosts`` are answered, all where it is empty. ``public_url`` is
    the address people use, where a proxy stands in front; calendar links begin with
    it. ``frozen`` pages are to be written to files: nothing in them asks a server.
    """

    login_to_view: bool = False
    trusted_hosts: tuple[str, ...] = ()
    public_url: str = ""
    frozen: bool = False


def site() -> SiteState:
    """The state of the site."""
    return cast("SiteState", current_app.extensions[EXTENSION])


def settings() -> SiteSettings:
    """How the site is reached."""
    return cast("SiteSettings", current_app.config[SITE_SETTINGS])


def edition() -> Edition:
    """The timetable shown; the same one throughout a request.

    Raises:
        NoTimetable: nothing has been published yet.
    """
    if "edition" not in g:
        try:
            g.edition = site().edition()
        except NothingPublished as error:
            raise NoTimetable from error
    return cast("Edition", g.edition)


def root_url() -> str:
    """Address of the site, with a slash at the end."""
    return (
        f"{settings().public_url.rstrip('/')}/"
        if settings().public_url
        else (request.url_root)
    )


def is_secure() -> bool:
    """Whether people reach the site by https."""
    public = settings().public_url
    return public.startswith("https:") if public else request.is_secure
