"""Today for the office: who is away, what is open or closed, who is free, check-ins."""

import datetime as dt

from flask import Blueprint, abort, render_template, request

from scheduler.model.times import parse_clock
from scheduler.model.weather import HalfDay, Weather
from scheduler.services.access.permissions import Action
from scheduler.services.views.today.page import Span, today_page
from web.access import allowed, may
from web.context import edition, state

blueprint = Blueprint("today", __name__, url_prefix="/today")


@blueprint.get("/")
@allowed(Action.SEE_CHANGES)
def index() -> str:
    """The day at a glance, with links to handle each."""
    shown = edition()
    date, now = asked_date(), state().now()
    versions = state().booked_versions(date)
    manages = may(Action.CHANGE_DATES)
    page = today_page(state().office, versions, date, now, _span(date), manages)
    return render_template(
        "today/day.html",
        edition=shown,
        page=page,
        halves=HalfDay,
        weathers=Weather,
        step=dt.timedelta(days=1),
    )


def asked_date() -> dt.date:
    """The date of the request, or today; outside the term its first or last day."""
    text, term = request.args.get("date", ""), edition().problem.term
    try:
        date = dt.date.fromisoformat(text) if text else state().today()
    except ValueError:
        abort(404)
    return min(max(date, term.first_day), term.last_day)


def _span(date: dt.date) -> Span | None:
    """When somebody is to be free; None where the request does not say."""
    begin, end = request.args.get("from", ""), request.args.get("to", "")
    if not begin or not end:
        return None
    try:
        start, until = parse_clock(begin), parse_clock(end)
    except ValueError:
        abort(404)
    return Span(date, start, until) if start < until else None
