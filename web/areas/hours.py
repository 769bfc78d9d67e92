"""Hours demanded, planned and placed (足额开设)."""

from flask import Blueprint, render_template

from scheduler.services.views.hours import TOLERANCE, hours_page
from web.context import edition

blueprint = Blueprint("hours", __name__)


@blueprint.get("/hours/")
def index() -> str:
    """Findings first, then class by class."""
    shown = edition()
    page = hours_page(shown)
    return render_template(
        "checks/hours.html", edition=shown, page=page, tolerance=TOLERANCE
    )
