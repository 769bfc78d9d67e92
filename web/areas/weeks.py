"""Weeks as grids: of classes, teachers, venues and whole schools."""

from collections.abc import Container

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import Action
from scheduler.services.views.concerned import SubjectOf
from scheduler.services.views.edition import Edition
from scheduler.services.views.places.bad_days import notices
from scheduler.services.views.weeks.grids import (
    all_sheets,
    choice_groups,
    school_page,
    week_page,
)
from scheduler.services.views.weeks.paper import school_size
from web.access import allowed, may
from web.context import edition, state
from web.language import language

blueprint = Blueprint("weeks", __name__)


@blueprint.get("/classes/")
@allowed(Action.SEE_WEEKS)
def classes() -> str:
    """All classes."""
    return _list(SubjectOf.CLASS)


@blueprint.get("/classes/<path:resource_id>")
@allowed(Action.SEE_WEEKS)
def class_week(resource_id: str) -> str | Response:
    """The week of a class."""
    return _week(SubjectOf.CLASS, resource_id)


@blueprint.get("/teachers/")
@allowed(Action.SEE_TEACHERS)
def teachers() -> str:
    """All teachers."""
    return _list(SubjectOf.TEACHER)


@blueprint.get("/teachers/<path:resource_id>")
@allowed(Action.SEE_TEACHERS)
def teacher_week(resource_id: str) -> str | Response:
    """The week of a teacher."""
    return _week(SubjectOf.TEACHER, resource_id)


@blueprint.get("/venues/")
@allowed(Action.SEE_WEEKS)
def venues() -> str:
    """All venues."""
    return _list(SubjectOf.VENUE)


@blueprint.get("/venues/<path:resource_id>")
@allowed(Action.SEE_PLACE, place="resource_id")
def venue_week(resource_id: str) -> str | Response:
    """The week of a venue, zone by zone."""
    return _week(SubjectOf.VENUE, resource_id)


@blueprint.get("/school/")
@allowed(Action.SEE_WEEKS)
def first_school() -> Response:
    """The master timetable of the first school."""
    school = edition().schools[0]
    return redirect(url_for("weeks.school_week", resource_id=school.school_id))


@blueprint.get("/school/<path:resource_id>")
@allowed(Action.SEE_WEEKS)
def school_week(resource_id: str) -> str | Response:
    """The master timetable of a school (总课表)."""
    shown = edition()
    if resource_id not in shown.problem.school:
        return without_slash("weeks.school_week", resource_id, shown.problem.school)
    school, grid = school_page(shown, resource_id)
    teachers = "teachers" in request.args and may(Action.SEE_TEACHERS)
    return render_template(
        "weeks/school.html",
        edition=shown,
        school=school,
        grid=grid,
        teachers=teachers,
        size=school_size(grid, language(), teachers),
    )


@blueprint.get("/print/classes")
@allowed(Action.SEE_WEEKS)
def all_classes() -> str:
    """The weeks of all classes, a page of paper each."""
    return _sheets(SubjectOf.CLASS)


@blueprint.get("/print/teachers")
@allowed(Action.SEE_TEACHERS)
def all_teachers() -> str:
    """The weeks of all teachers, a page of paper each."""
    return _sheets(SubjectOf.TEACHER)


@blueprint.get("/print/venues")
@allowed(Action.SEE_WEEKS)
def all_venues() -> str:
    """The weeks of all venues, a page of paper each."""
    return _sheets(SubjectOf.VENUE)


def _sheets(kind: SubjectOf) -> str:
    shown = edition()
    sheets = all_sheets(shown, kind, language())
    return render_template("weeks/print.html", edition=shown, kind=kind, sheets=sheets)


def _list(kind: SubjectOf) -> str:
    shown = edition()
    groups = choice_groups(shown.problem, kind)
    return render_template(
        "weeks/choices.html", edition=shown, kind=kind, groups=groups
    )


def without_slash(endpoint: str, resource_id: str, known: Container[str]) -> Response:
    """The way to a page that was asked for with a slash too many, or 404."""
    if not resource_id.endswith("/") or resource_id[:-1] not in known:
        abort(404)
    return redirect(url_for(endpoint, resource_id=resource_id[:-1]), 308)


def _week(kind: SubjectOf, resource_id: str) -> str | Response:
    shown = edition()
    known = _table(shown, kind)
    if resource_id not in known:
        return without_slash(f"weeks.{kind.value}_week", resource_id, known)
    page = week_page(shown, kind, resource_id, language())
    # What was changed is told in sentences with names of teachers.
    named = may(Action.SEE_TEACHERS)
    told = notices(state().office, kind, resource_id) if named else ()
    return render_template(
        "weeks/week.html", edition=shown, kind=kind, page=page, notices=told
    )


def _table(shown: Edition, kind: SubjectOf) -> frozenset[str]:
    problem = shown.problem
    return {
        SubjectOf.CLASS: frozenset(problem.class_group),
        SubjectOf.TEACHER: frozenset(problem.teacher),
        SubjectOf.VENUE: frozenset(problem.venue),
    }[kind]
