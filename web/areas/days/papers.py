"""Papers of a day: the sheet for walking the corridors, and the slip of a batch."""

import datetime as dt

from flask import Blueprint, abort, render_template, request

from scheduler.services.access.permissions import Action
from scheduler.services.views.clock import day_title
from scheduler.services.views.days.patrol import patrol_sheets
from scheduler.services.views.days.slip import slip_of
from web.access import allowed
from web.context import NoTimetable, edition, state

blueprint = Blueprint("papers", __name__, url_prefix="/days")


@blueprint.get("/<date>/patrol")
@allowed(Action.SEE_CHANGES)
def patrol(date: str) -> str:
    """Who teaches what where, period by period, to be ticked off."""
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        abort(404)
    office, by_part = state().office, request.args.get("by") == "part"
    versions = office.versions(day)
    if versions is None:
        raise NoTimetable
    changes = office.changes.in_force(day)
    return render_template(
        "days/patrol.html",
        edition=edition(),
        date=day,
        title=day_title(versions.at(day).problem, day),
        sheets=patrol_sheets(versions, changes, day, by_part),
        by_part=by_part,
    )


@blueprint.get("/slips/<int:number>")
@allowed(Action.SEE_CHANGES)
def slip(number: int) -> str:
    """The voucher of a batch of changes, to be signed."""
    found = slip_of(state().office, number, state().today())
    if found is None:
        abort(404)
    return render_template("days/slip.html", edition=edition(), slip=found)
