"""Every violation, with its sentence, a way to the cell and where to go instead."""

from flask import Blueprint, abort, render_template, request

from scheduler.model.resources import Level
from scheduler.services.access.permissions import Action
from scheduler.services.views.concerned import parse_concerned
from scheduler.services.views.conflicts import (
    by_lesson,
    concerning,
    grouped,
    lesson_link,
)
from scheduler.services.views.moves import MOST_LESSONS, mended
from scheduler.services.views.overview import rule_lines
from scheduler.services.views.weeks.grids import all_choices
from web.access import allowed
from web.context import edition, settings, state

# More rows of one rule are counted, but make a page nobody reads.
SHOWN_AT_MOST = 200
UNFOLDED = 10
blueprint = Blueprint("conflicts", __name__, url_prefix="/conflicts")


@blueprint.get("/")
@allowed(Action.SEE_CHECKS)
def index() -> str:
    """Conflicts by lesson or by rule, worst first; of one resource if asked."""
    shown = edition()
    wanted = parse_concerned(request.args.get("who", ""))
    rows = concerning(shown.conflicts, wanted)
    # Written to files there is one page, and cells lead to its rules.
    listed_by = "rule" if settings().frozen else request.args.get("by", "lesson")
    hard = [row for row in rows if row.hard]
    lessons, others = by_lesson(hard) if listed_by == "lesson" else ((), grouped(hard))
    return render_template(
        "checks/conflicts.html",
        edition=shown,
        wanted=wanted,
        shown_at_most=SHOWN_AT_MOST,
        unfolded=UNFOLDED,
        choices=all_choices(shown.problem),
        listed_by=listed_by,
        lessons=lessons,
        hard=others,
        soft=grouped(row for row in rows if not row.hard),
        hard_rules=rule_lines(shown, Level.HARD),
        soft_rules=rule_lines(shown, Level.SOFT),
        most_lessons=MOST_LESSONS,
    )


@blueprint.get("/moves")
@allowed(Action.SEE_CHECKS)
def moves() -> str:
    """Where lessons that break rules could go instead, the best ways first."""
    shown, asked = edition(), request.args.getlist("lesson")
    if not 0 < len(asked) <= MOST_LESSONS:
        abort(400)
    if any(name not in shown.problem.lesson for name in asked):
        abort(404)
    return render_template(
        "checks/moves.html",
        edition=shown,
        lessons=[lesson_link(shown.timetable, name) for name in asked],
        ways=state().moves.better_places(shown, asked),
        mended=mended,
    )
