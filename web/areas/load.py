"""How full the venues are."""

from flask import Blueprint, render_template

from scheduler.services.views.load import venue_loads
from web.context import edition

blueprint = Blueprint("load", __name__)


@blueprint.get("/load/")
def index() -> str:
    """Heat maps of all venues, PE places first."""
    shown = edition()
    return render_template(
        "load.html", edition=shown, loads=venue_loads(shown.timetable)
    )
