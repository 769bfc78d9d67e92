"""Agreements with partners, their weeks to print, and single dates."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.changes import CannotChange
from scheduler.services.school.publishing import Superseded
from scheduler.services.school.settling import settle
from scheduler.services.views.places.agreements import agreement_sheets
from scheduler.services.views.places.calendars import status_sentence
from scheduler.services.views.places.dates import (
    clash_lines,
    fallen_sentences,
    fault_sentences,
    settled_sentences,
)
from web.access import allowed
from web.context import edition, state
from web.numbers import whole_number
from web.security import account_name

blueprint = Blueprint("agreements", __name__)


@blueprint.get("/agreements/")
@allowed(Action.SEE_CHANGES)
def index() -> str:
    """Every agreement: its terms, its week, what it lacks, when it ends."""
    shown = edition()
    sheets = agreement_sheets(shown.timetable, state().dates().clashes, state().today())
    return render_template("places/agreements.html", edition=shown, sheets=sheets)


@blueprint.get("/dates/")
@allowed(Action.SEE_CHANGES)
def dates() -> str:
    """Closed dates, events, lessons that lose their place and where they may go."""
    return _dates()


@blueprint.post("/dates/apply")
@allowed(Action.CHANGE_DATES)
def apply() -> Response | tuple[str, int]:
    """Move lessons as proposed, if the timetable is the one the form was shown for."""
    version = request.form.get("version", edition().version, type=whole_number)
    view = state().dates()
    try:
        settle(
            *(state().office, version, view.problem, view.clashes, state().folder),
            account_name(),
        )
    except (Superseded, CannotChange) as error:
        return _dates(error.text), 422
    return redirect(url_for("agreements.dates"))


def _dates(refused: Text | None = None) -> str:
    shown = edition()
    calendars, view = state().calendars(), state().dates()
    problem = view.problem
    newer = problem.bookings != shown.problem.bookings
    return render_template(
        "places/dates.html",
        edition=shown,
        refused=refused,
        view=view,
        fallen=tuple(fallen_sentences(problem, view)),
        faults=tuple(fault_sentences(problem, view)),
        settled=tuple(settled_sentences(view)),
        newer=newer,
        calendars=tuple(
            (status_sentence(problem, status), status.stale or bool(status.state.fault))
            for status in (calendars.statuses if calendars else ())
        ),
        clashes=tuple(clash_lines(problem, view.clashes)),
    )
