"""Hours demanded, planned and placed (足额开设)."""

from flask import Blueprint, render_template

from scheduler.services.access.permissions import Action
from scheduler.services.views.hours import hours_page
from web.access import allowed
from web.context import edition

blueprint = Blueprint("hours", __name__)


@blueprint.get("/hours/")
@allowed(Action.SEE_CHECKS)
def index() -> str:
    """Findings first, then class by class."""
    shown = edition()
    return render_template("checks/hours.html", edition=shown, page=hours_page(shown))
