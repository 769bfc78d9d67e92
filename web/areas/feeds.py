"""Calendar feeds: their address is their key, so no cookie and no redirect."""

import gzip

from flask import Blueprint, Response, render_template, request
from werkzeug.http import http_date

from scheduler.services.limits import RateExceeded
from scheduler.services.links import FeedRevoked, FeedUnknown
from web.context import root_url, site
from web.invitation import in_wechat, invitation_of

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")
PLAIN = "text/plain; charset=utf-8"
KEPT = "private, max-age=900"
REFUSALS = {
    400: "没有这样的参数 · no such parameter\n",
    404: "没有这个日历链接 · no such calendar link\n",
    410: "这个日历链接已停用，请向教务处索取新链接 · this calendar link was revoked\n",
    429: "请求太频繁 · too many requests\n",
}


@blueprint.get("/<token>.ics")
def calendar(token: str) -> Response:
    """The feed, or 304 where the subscriber has it already."""
    try:
        site().store.count_feed_request(request.remote_addr or "")
        return _calendar(token)
    except RateExceeded as error:
        return _refusal(429, {"Retry-After": str(error.retry_after)})
    except FeedUnknown:
        return _refusal(404)
    except FeedRevoked:
        return _refusal(410)
    except ValueError:
        return _refusal(400)


@blueprint.get("/<token>")
def invitation(token: str) -> Response | str:
    """How to subscribe, for the person the link was given to."""
    try:
        site().store.count_feed_request(request.remote_addr or "")
        site().store.feed_etag(token)
    except RateExceeded as error:
        return _refusal(429, {"Retry-After": str(error.retry_after)})
    except FeedUnknown:
        return _refusal(404)
    except FeedRevoked:
        return _refusal(410)
    return render_template(
        "invitation.html", invitation=invitation_of(token), wechat=in_wechat()
    )


def _calendar(token: str) -> Response:
    tz, cancelled, alarm = map(request.args.get, ("tz", "cancelled", "alarm"))
    source = root_url().rstrip("/") + request.full_path.rstrip("?")
    packed = request.accept_encodings.quality("gzip") > 0
    # A strong tag names one sequence of bytes, so each encoding has its own.
    suffix = "-gzip" if packed else ""
    etag = site().store.feed_etag(token, tz, cancelled, alarm, source) + suffix
    if request.if_none_match.contains_weak(etag):
        return _tagged(Response(status=304), etag)
    feed = site().store.feed(token, tz, cancelled, alarm, source)
    body = gzip.compress(feed.body, mtime=0) if packed else feed.body
    response = Response(body, content_type="text/calendar; charset=utf-8")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Last-Modified"] = http_date(feed.last_modified)
    response.headers["Content-Disposition"] = 'inline; filename="timetable.ics"'
    return _tagged(response, feed.etag + suffix)


def _tagged(response: Response, etag: str) -> Response:
    response.set_etag(etag)
    response.headers["Cache-Control"] = KEPT
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _refusal(status: int, headers: dict[str, str] | None = None) -> Response:
    response = Response(REFUSALS[status], status, headers, content_type=PLAIN)
    response.headers["Cache-Control"] = "no-store"
    return response
