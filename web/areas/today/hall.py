"""The screen in the entrance hall: today for all classes, refreshing itself."""

from flask import Blueprint, render_template, request

from scheduler.services.access.permissions import Action
from scheduler.services.views.today.hall import hall_page
from web.access import allowed, may
from web.areas.today.day import asked_date
from web.context import edition, state
from web.numbers import whole_number

blueprint = Blueprint("hall", __name__, url_prefix="/hall")


@blueprint.get("/")
@allowed(Action.SEE_WEEKS)
def index() -> str:
    """Today, all grades or those of ``grade``; teachers where visitors may see them."""
    shown, now = edition(), state().now()
    date = asked_date()
    versions = state().booked_versions(date)
    grades = request.args.getlist("grade", type=whole_number)
    named = may(Action.SEE_TEACHERS)
    page = hall_page(state().office, versions, date, now, grades, named)
    return render_template("today/hall.html", edition=shown, page=page)
