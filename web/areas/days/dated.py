"""What has changed for a class or teacher; swaps by the office, teachers' requests."""

import datetime as dt
from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.changes import CannotChange
from scheduler.services.views.days import forms
from scheduler.services.views.days.asking import ask, asked_by, swaps_for
from scheduler.services.views.days.weeks import dated_lines, week_of
from web.access import allowed
from web.areas.today.mine import own_teacher
from web.context import NoTimetable, edition, state
from web.numbers import whole_number
from web.security import account_name

blueprint = Blueprint("changes", __name__, url_prefix="/changes")
NOBODY = Text(
    "这个账号没有对应教师，请教务处在账号里写明。",
    "This account is of no teacher; the office names one with the account.",
)
Answer = Response | tuple[str, int]
STEP = dt.timedelta(weeks=1)


@blueprint.get("/classes/<path:resource_id>")
@allowed(Action.SEE_CHANGES)
def class_days(resource_id: str) -> str:
    """The week of a class on its dates, changes marked."""
    if resource_id not in edition().problem.class_group:
        abort(404)
    return _week(resource_id, edition().problem.class_name[resource_id])


@blueprint.get("/teachers/<path:resource_id>")
@allowed(Action.SEE_CHANGES)
def teacher_days(resource_id: str) -> str:
    """The week of a teacher on its dates, lessons lost and gained marked."""
    found = edition().problem.teacher.get(resource_id)
    if found is None:
        abort(404)
    return _week(resource_id, found.name)


@blueprint.get("/mine")
@allowed(Action.ASK_LEAVE)
def mine() -> str:
    """The own changes, leaves and wishes, and the forms to ask for them."""
    return _mine()


@blueprint.post("/ask")
@allowed(Action.ASK_LEAVE)
def leave() -> Answer:
    """Ask for a leave."""
    return _asked(lambda me: _ask(forms.leave_of(request.form, me)))


@blueprint.post("/swap")
@allowed(Action.ASK_LEAVE)
def swap() -> Answer:
    """Ask for a swap."""
    return _asked(lambda me: _ask(forms.wish_of(request.form, me)))


@blueprint.post("/retract")
@allowed(Action.ASK_LEAVE)
def retract() -> Answer:
    """Take back what one has asked for, while it waits."""
    asked = request.form.get("leave", 0, type=whole_number)
    return _asked(lambda me: state().office.covering.retract(asked, me, account_name()))


@blueprint.post("/lessons")
@allowed(Action.CHANGE_DATES)
def change() -> Answer:
    """Swap two lessons of a class, move or cancel one."""
    form, name = request.form, request.form.get("class", "")
    if name not in edition().problem.class_group:
        abort(404)
    changes = state().office.changes
    try:
        keys = [forms.key_of(x) for x in form.getlist("lesson")]
        forms.change_lessons(changes, form, keys, account_name())
    except CannotChange as error:
        title = edition().problem.class_name[name]
        return _week(name, title, error.texts), 422
    return redirect(url_for("changes.class_days", resource_id=name, date=_date()))


def _ask(what: object) -> None:
    ask(state().office, what, account_name())


def _asked(act: Callable[[str], None]) -> Answer:
    try:
        act(_me())
    except CannotChange as error:
        return _mine(error.texts), 422
    return redirect(url_for("changes.mine", _anchor="asked"))


def _me() -> str:
    """The teacher whom the account is of."""
    found = own_teacher()
    if found is None:
        raise CannotChange(NOBODY)
    return found


def _date() -> dt.date:
    text = request.values.get("date", "")
    try:
        return dt.date.fromisoformat(text) if text else state().today()
    except ValueError:
        abort(404)


def _week(resource_id: str, title: str, refused: tuple[Text, ...] = ()) -> str:
    office, date = state().office, _date()
    versions = office.versions(date)
    if versions is None:
        raise NoTimetable
    dates = week_of(date)
    lines = dated_lines(versions, office.changes.in_force(date), dates, resource_id)
    return render_template(
        "days/week.html",
        edition=edition(),
        title=title,
        is_class=resource_id in edition().problem.class_group,
        resource_id=resource_id,
        lines=lines,
        dates=dates,
        date=date,
        step=STEP,
        refused=refused,
        given=request.form,
    )


def _mine(refused: tuple[Text, ...] = ()) -> str:
    shown, office, today = edition(), state().office, state().today()
    try:
        me = _me()
    except CannotChange as error:
        me, refused = "", error.texts
    versions = office.versions(today)
    if versions is None:
        raise NoTimetable
    dates = (*week_of(today), *week_of(today + STEP))
    changes = office.changes.in_force(today)
    lines = dated_lines(versions, changes, dates, me) if me else ()
    chosen = request.args.get("lesson", "")
    swaps, why = swaps_for(office, me, chosen) if me and chosen else ((), ())
    return render_template(
        "days/mine.html",
        edition=shown,
        name=shown.problem.teacher[me].name if me else "",
        me=me,
        today=today,
        lines=[x for x in lines if x.date >= today],
        refused=(*refused, *why),
        kinds=forms.LEAVE_KINDS,
        asked=asked_by(office, shown.problem, me) if me else (),
        chosen=chosen,
        swaps=swaps,
        given=request.form,
    )
