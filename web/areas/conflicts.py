"""Every violation, with its sentence and a way to the cell."""

from flask import Blueprint, render_template, request

from scheduler.model.resources import Level
from scheduler.services.views.conflicts import (
    by_lesson,
    concerning,
    grouped,
    parse_concerned,
)
from scheduler.services.views.overview import rule_lines
from scheduler.services.views.weeks.grids import all_choices
from web.context import edition

# More rows of one rule are counted, but make a page nobody reads.
SHOWN_AT_MOST = 200
blueprint = Blueprint("conflicts", __name__)


@blueprint.get("/conflicts/")
def index() -> str:
    """Conflicts by rule or by lesson, worst first; of one resource if asked."""
    shown = edition()
    wanted = parse_concerned(request.args.get("who", ""))
    rows = concerning(shown.conflicts, wanted)
    lessons = request.args.get("by") == "lesson"
    return render_template(
        "checks/conflicts.html",
        edition=shown,
        wanted=wanted,
        shown_at_most=SHOWN_AT_MOST,
        choices=all_choices(shown.problem),
        groups=grouped(rows),
        by_lesson=lessons,
        entries=by_lesson(shown.timetable, [c for c in rows if c.hard])
        if lessons
        else (),
        hard_rules=rule_lines(shown, Level.HARD),
        soft_rules=rule_lines(shown, Level.SOFT),
    )
