"""Minutes of PE-type activity of every class and day (体育活动时间)."""

from flask import Blueprint, render_template

from scheduler.services.access.permissions import Action
from scheduler.services.views.activity_time import activity_time_page
from web.access import allowed
from web.context import edition

blueprint = Blueprint("activity_time", __name__)


@blueprint.get("/activity-time/")
@allowed(Action.SEE_CHECKS)
def index() -> str:
    """Classes by days, against the target and the legal floor."""
    shown = edition()
    page = activity_time_page(shown)
    return render_template("checks/activity_time.html", edition=shown, page=page)
