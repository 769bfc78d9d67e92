"""The plan for bad weather; accounts apply it to a date and undo that."""

import datetime as dt

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.model.weather import HalfDay, Weather
from scheduler.services.access.permissions import Action
from scheduler.services.school.bad_days import CannotApply
from scheduler.services.views.places.bad_days import rain_page
from web.access import allowed, may
from web.context import edition, state
from web.numbers import whole_number
from web.security import account_name

blueprint = Blueprint("rain", __name__, url_prefix="/rain")
INCOMPLETE = Text(
    "请填写日期、时段和原因。", "Please give a date, a part of the day and a reason."
)


@blueprint.get("/")
@allowed(Action.SEE_CHANGES)
def index() -> str:
    """The plan, slot by slot, and where it is in force."""
    return _page()


@blueprint.post("/apply")
@allowed(Action.CHANGE_DATES)
def apply() -> Response | tuple[str, int]:
    """Apply the plan to a date or half-day."""
    form = request.form
    try:
        date = dt.date.fromisoformat(form.get("date", "").strip())
        half, weather = HalfDay(form.get("half", "")), Weather(form.get("weather", ""))
    except ValueError:
        return _page(INCOMPLETE), 422
    try:
        office = state().office
        office.bad_days.apply(date, half, weather, account_name(), compute=False)
    except CannotApply as error:
        return _page(error.text), 422
    return redirect(url_for("rain.index", _anchor="in-force"))


@blueprint.post("/plan")
@allowed(Action.RUN_JOBS)
def plan() -> Response:
    """Ask once more for a plan whose job failed or was stopped."""
    edition()
    state().office.bad_days.asked(account_name(), again=True)
    return redirect(url_for("rain.index"))


@blueprint.post("/undo")
@allowed(Action.CHANGE_DATES)
def undo() -> Response | tuple[str, int]:
    """Lift what was applied."""
    asked = request.form.get("bad_day", 0, type=whole_number)
    try:
        state().office.bad_days.undo(asked, account_name())
    except CannotApply as error:
        return _page(error.text), 422
    return redirect(url_for("rain.index", _anchor="in-force"))


def _page(refused: Text | None = None) -> str:
    shown, office = edition(), state().office
    days = office.bad_days
    # Looking at a page makes no work for the server unless one may make it.
    asks = may(Action.RUN_JOBS)
    answer = days.asked(account_name()) if asks else days.known()
    page = rain_page(shown.timetable, office, answer.value)
    return render_template(
        "places/rain.html",
        edition=shown,
        page=page,
        job=answer.job,
        refused=refused,
        asked=request.form,
        halves=HalfDay,
        weathers=Weather,
    )
