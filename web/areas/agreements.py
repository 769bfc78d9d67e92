"""Agreements with partners, their weeks to print, and single dates."""

from flask import Blueprint, render_template

from scheduler.services.views.agreements import agreement_sheets
from scheduler.services.views.calendars import status_sentence
from scheduler.services.views.dates import (
    clash_sentence,
    dates_with,
    fallen_sentences,
)
from web.context import edition, site

blueprint = Blueprint("agreements", __name__)


@blueprint.get("/agreements/")
def index() -> str:
    """Every agreement: its terms, its week, what it lacks, when it ends."""
    shown = edition()
    sheets = agreement_sheets(shown.timetable, shown.dates.clashes, site().today())
    return render_template("agreements.html", edition=shown, sheets=sheets)


@blueprint.get("/dates/")
def dates() -> str:
    """Closed dates, events, lessons that lose their place and where they may go."""
    shown = edition()
    view, problem = shown.dates, shown.problem
    calendars = site().calendars()
    newer = calendars is not None and calendars.bookings != problem.bookings
    if calendars is not None and newer:
        view = dates_with(shown.timetable, calendars.bookings)
        problem = view.problem
    return render_template(
        "dates.html",
        edition=shown,
        view=view,
        fallen=tuple(fallen_sentences(problem, view)),
        newer=newer,
        calendars=tuple(
            (status_sentence(problem, status), status.stale or bool(status.state.fault))
            for status in (calendars.statuses if calendars else ())
        ),
        clashes=tuple(clash_sentence(problem, clash) for clash in view.clashes),
    )
