"""Every violation, with its sentence and a way to the cell."""

from flask import Blueprint, render_template, request

from scheduler.model.resources import Level
from scheduler.services.views.conflicts import concerning, grouped, parse_concerned
from scheduler.services.views.grids import all_choices
from scheduler.services.views.overview import rule_lines
from web.context import edition

# More rows of one rule are counted, but make a page nobody reads.
SHOWN_AT_MOST = 200
blueprint = Blueprint("conflicts", __name__)


@blueprint.get("/conflicts/")
def index() -> str:
    """Conflicts by severity and rule, those of one class, teacher or venue if asked."""
    shown = edition()
    wanted = parse_concerned(request.args.get("who", ""))
    return render_template(
        "conflicts.html",
        edition=shown,
        wanted=wanted,
        shown_at_most=SHOWN_AT_MOST,
        choices=all_choices(shown.problem),
        groups=grouped(concerning(shown.conflicts, wanted)),
        hard_rules=rule_lines(shown, Level.HARD),
        soft_rules=rule_lines(shown, Level.SOFT),
    )
