"""A day: who is away, what is open, proposals taken and released, events, undo."""

import datetime as dt
from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.changes import CannotChange
from scheduler.services.school.cover.asking import asked_best
from scheduler.services.school.cover.covering import Release
from scheduler.services.views.days import forms
from scheduler.services.views.days.page import day_page, hand_choices
from web.access import allowed, may
from web.context import NoTimetable, edition, state
from web.numbers import whole_number
from web.security import account_name

blueprint = Blueprint("days", __name__, url_prefix="/days")
NOT_YET = Text(
    "整批最优方案还在计算，请稍候。", "The best choice for all is being computed."
)
OUTSIDE = Text("这一天不在本学期之内。", "This date is outside the term.")
Answer = Response | tuple[str, int]


@blueprint.get("/")
@allowed(Action.SEE_CHANGES)
def index() -> str:
    """Today, or the date asked for."""
    return _page(_date())


def _date() -> dt.date:
    """The date of the request; one outside the term is its first or last day."""
    term = edition().problem.term
    text = request.values.get("date", "")
    try:
        date = dt.date.fromisoformat(text) if text else state().today()
    except ValueError as error:
        raise NotFound from error
    return min(max(date, term.first_day), term.last_day)


def _page(date: dt.date, refused: tuple[Text, ...] = ()) -> str:
    shown, office = edition(), state().office
    versions = office.versions(date)
    if versions is None:
        raise NoTimetable
    manager = account_name() if may(Action.CHANGE_DATES) else None
    page = day_page(
        *(office, versions, date, state().today(), state().options, manager)
    )
    return render_template(
        "days/day.html",
        edition=shown,
        page=page,
        refused=refused,
        given=request.form,
        hands=hand_choices(page.problem) if manager else (),
        kinds=forms.LEAVE_KINDS,
        hand_kinds=forms.HAND_KINDS,
        events=forms.EVENT_KINDS,
        grades=forms.grade_choices(page.problem),
        step=dt.timedelta(days=1),
    )


def done(act: Callable[[], object], anchor: str = "") -> Answer:
    """Do something and show the day again; refusals are told on it."""
    date = _date()
    try:
        act()
    except CannotChange as error:
        return _page(date, error.texts), 422
    return redirect(url_for("days.index", date=date, _anchor=anchor or None))


@blueprint.post("/leave")
@allowed(Action.CHANGE_DATES)
def leave() -> Answer:
    """Enter a leave."""
    covering = state().office.covering
    return done(lambda: covering.enter(forms.leave_of(request.form), account_name()))


@blueprint.post("/decide")
@allowed(Action.CHANGE_DATES)
def decide() -> Answer:
    """Approve or decline what a teacher asked for."""
    covering, form = state().office.covering, request.form
    number = form.get("leave", 0, type=whole_number)
    approve, answer = form.get("approve") == "1", form.get("answer", "").strip()
    return done(lambda: covering.decide(number, approve, account_name(), answer))


@blueprint.post("/withdraw")
@allowed(Action.CHANGE_DATES)
def withdraw() -> Answer:
    """End a leave, and take back what was released for it where that is asked."""
    covering, form = state().office.covering, request.form
    number, undo = form.get("leave", 0, type=whole_number), form.get("undo") == "1"
    return done(lambda: covering.withdraw(number, account_name(), undo))


@blueprint.post("/take")
@allowed(Action.CHANGE_DATES)
def take() -> Answer:
    """Take one proposal for a lesson."""
    covering, form = state().office.covering, request.form
    return done(
        lambda: covering.take(
            forms.key_of(form.get("lesson", "")), form.get("name", "")
        ),
        "open",
    )


@blueprint.post("/hand")
@allowed(Action.CHANGE_DATES)
def hand() -> Answer:
    """Take somebody of one's own choice for a lesson."""
    covering, form = state().office.covering, request.form

    def act() -> object:
        key, kind = forms.key_of(form.get("lesson", "")), form.get("kind", "")
        teacher = form.get("teacher", "")
        if teacher not in edition().problem.teacher:
            raise CannotChange(forms.INCOMPLETE)
        return covering.take_by_hand(key, forms.hand_kind(kind), teacher)

    return done(act, "open")


@blueprint.post("/best")
@allowed(Action.CHANGE_DATES)
def best() -> Answer:
    """Take what is best for all open lessons of the day together."""
    office, date = state().office, _date()

    def act() -> object:
        _, _, asked = state().options.of(office.covering.board(date))
        found = asked_best(office.jobs, asked, account_name()).value
        if found is None:
            raise CannotChange(NOT_YET)
        return office.covering.take_all(found)

    return done(act, "picked")


@blueprint.post("/drop")
@allowed(Action.CHANGE_DATES)
def drop() -> Answer:
    """Take a pick back that is not released."""
    covering, form = state().office.covering, request.form
    number = form.get("leave", 0, type=whole_number)
    return done(
        lambda: covering.drop(number, [forms.key_of(form.get("lesson", ""))]), "open"
    )


@blueprint.post("/release")
@allowed(Action.CHANGE_DATES)
def release() -> Answer:
    """Make what was picked: calendars follow, and whoever is concerned is told."""
    covering, form = state().office.covering, request.form
    numbers = form.getlist("leave", type=whole_number)
    asked = Release(
        account_name(),
        *(form.get(x, "").strip() for x in ("note", "form", "approved_by")),
    )
    return done(lambda: covering.release(numbers, asked), "made")


@blueprint.post("/event")
@allowed(Action.CHANGE_DATES)
def event() -> Answer:
    """An event that takes lessons, or another bell, for some grades or all."""
    office, form = state().office, request.form

    def act() -> object:
        grades = form.getlist("grade")
        changes = forms.event_of(form, grades, edition().problem)
        asked = forms.event_batch(form, account_name())
        return office.changes.make(asked, changes)

    return done(act, "made")


@blueprint.post("/undo")
@allowed(Action.CHANGE_DATES)
def undo() -> Answer:
    """Take a batch back."""
    number = request.form.get("batch", 0, type=whole_number)
    return done(lambda: state().office.changes.undo(number, account_name()), "made")
