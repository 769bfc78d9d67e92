"""Calendar feeds: their address is their key, so no cookie and no redirect."""

import gzip
from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, render_template, request
from werkzeug.http import http_date

from scheduler.services.access.limits import RateExceeded
from scheduler.services.access.links import FeedRevoked, FeedUnknown
from scheduler.services.access.permissions import Action
from scheduler.services.school.feeds import ALARMS, Request, Stamp
from scheduler.services.views.invited import Invited, invited
from web.access import allowed
from web.context import absolute, state
from web.devices import WAYS, device
from web.errors import refusal
from web.invitation import invitation_of

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")
WISHES = ("tz", "cancelled", "alarm", "only")
KEPT = "private, max-age=900"
# A whole school's feed is a megabyte; the highest level takes thrice the time.
PACKING = 6

Found = TypeVar("Found")


@blueprint.get("/<token>.ics", strict_slashes=False)
@allowed(Action.OPEN)
def calendar(token: str) -> Response:
    """The feed, or 304 where the subscriber has it already."""
    return _answered(token, lambda: _calendar(token))


@blueprint.get("/<token>", strict_slashes=False)
@allowed(Action.OPEN)
def invitation(token: str) -> Response | str:
    """Whose calendar it is and how to subscribe, for the person who got the link."""
    wishes = {name: request.args.get(name, "") for name in WISHES}
    given = {name: wish for name, wish in wishes.items() if wish}
    return _page(token, "links/invitation.html", given)


@blueprint.get("/<token>/week", strict_slashes=False)
@allowed(Action.OPEN)
def week(token: str) -> Response | str:
    """This week and the next, for phones that cannot subscribe."""
    return _page(token, "links/week.html", {})


def _answered(token: str, find: Callable[[], Found]) -> Found | Response:
    """What a link opens, counted; or the refusal, as calendars know it."""
    try:
        state().office.count_feed_request(token, request.remote_addr or "")
        return find()
    except RateExceeded as error:
        return refusal(429, {"Retry-After": str(error.retry_after)})
    except FeedUnknown:
        return refusal(404)
    except FeedRevoked:
        return refusal(410)
    except ValueError:
        return refusal(400)


def _page(token: str, template: str, wishes: dict[str, str]) -> Response | str:
    found = _answered(token, lambda: _invited(token, wishes))
    if isinstance(found, Response):
        return found
    return render_template(
        template,
        token=token,
        invited=found,
        invitation=invitation_of(token, wishes),
        wishes=wishes,
        alarms=ALARMS,
        ways=WAYS,
        device=device(),
    )


def _invited(token: str, wishes: dict[str, str]) -> Invited:
    Request.of(token, **wishes)
    return invited(state().office.feeds.preview(token))


def _calendar(token: str) -> Response:
    wishes: dict[str, str | None] = {name: request.args.get(name) for name in WISHES}
    asked = request.query_string.decode("latin-1")
    source = absolute("feeds.calendar", token=token) + (f"?{asked}" if asked else "")
    packed = request.accept_encodings.quality("gzip") > 0
    # A strong tag names one sequence of bytes, so each encoding has its own.
    suffix = "-gzip" if packed else ""
    if "If-None-Match" in request.headers or request.if_modified_since:
        stamp = state().office.feed_stamp(token, source=source, **wishes)
        if _is_known(stamp, suffix):
            return _stamped(Response(status=304), stamp, suffix)
    feed = state().office.feed(token, source=source, **wishes)
    state().office.link_table.note_fetch(token)
    body = gzip.compress(feed.body, PACKING, mtime=0) if packed else feed.body
    response = Response(body, content_type="text/calendar; charset=utf-8")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Disposition"] = 'inline; filename="timetable.ics"'
    return _stamped(response, Stamp(feed.etag, feed.last_modified), suffix)


def _is_known(stamp: Stamp, suffix: str) -> bool:
    """Whether the subscriber has this state; a tag says more than a date."""
    if request.headers.get("If-None-Match") is not None:
        return request.if_none_match.contains_weak(stamp.etag + suffix)
    since = request.if_modified_since
    return since is not None and stamp.last_modified.replace(microsecond=0) <= since


def _stamped(response: Response, stamp: Stamp, suffix: str) -> Response:
    response.set_etag(stamp.etag + suffix)
    response.headers["Last-Modified"] = http_date(stamp.last_modified)
    response.headers["Cache-Control"] = KEPT
    response.headers["Vary"] = "Accept-Encoding"
    return response
