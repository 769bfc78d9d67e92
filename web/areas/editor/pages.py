"""The timetable editor of a draft: its page, and what its script asks."""

from typing import Any

from flask import Blueprint, abort, jsonify, render_template, request
from werkzeug.wrappers import Response

from scheduler.model.times import Week
from scheduler.services.access.permissions import Action
from scheduler.services.jobs.queue import JobUnknown
from scheduler.services.school.drafts.refusals import Unknown
from scheduler.services.views.editor import tasks
from scheduler.services.views.editor.placing import Unreadable
from web.access import allowed, may
from web.context import state
from web.language import language
from web.numbers import whole_number
from web.posted import posted
from web.security import account_name

blueprint = Blueprint("editor", __name__, url_prefix="/drafts/<int:draft_id>/edit")


@blueprint.get("/")
@allowed(Action.SEE_DRAFTS)
def index(draft_id: int) -> str:
    """The page; the draft itself comes when its script asks."""
    draft = state().office.drafts.get(draft_id)
    may_edit = draft.closed_at is None and may(Action.EDIT_DRAFTS)
    return render_template(
        "editor/editor.html", draft=draft, may_edit=may_edit, seconds=tasks.SECONDS
    )


@blueprint.get("/draft.json")
@allowed(Action.SEE_DRAFTS)
def opened(draft_id: int) -> Response:
    """The draft as it is now."""
    office = state()
    return jsonify(office.editing.open(office.office, draft_id, language()))


@blueprint.get("/steps.json")
@allowed(Action.SEE_DRAFTS)
def steps(draft_id: int) -> Response:
    """What has been done since a step."""
    office, seen = state(), request.args.get("seen", 0, type=whole_number)
    told = office.editing.since(office.office, draft_id, seen, language())
    return jsonify(told)


@blueprint.get("/history.json")
@allowed(Action.SEE_DRAFTS)
def history(draft_id: int) -> Response:
    """Steps before one."""
    office, before = state(), request.args.get("before", 0, type=whole_number)
    told = office.editing.history(office.office, draft_id, before, language())
    return jsonify(told)


@blueprint.get("/room.json")
@allowed(Action.SEE_DRAFTS)
def room(draft_id: int) -> Response:
    """In how many slots what is not placed could stand."""
    office = state()
    return jsonify(room=office.editing.room(office.office, draft_id))


@blueprint.get("/lesson.json")
@allowed(Action.SEE_DRAFTS)
def lesson(draft_id: int) -> Response:
    """A lesson picked up: what would become of it in every slot."""
    office, name = state(), request.args.get("lesson", "")
    try:
        told = office.editing.pick(office.office, draft_id, name, language())
    except Unknown:
        abort(404)
    return jsonify(told)


@blueprint.get("/slot.json")
@allowed(Action.SEE_DRAFTS)
def slot(draft_id: int) -> Response:
    """The places and the people that a lesson may have in one slot."""
    office, asked = state(), request.args
    day, period = (asked.get(x, 0, type=whole_number) for x in ("day", "period"))
    try:
        where = day, period, Week(asked.get("week", ""))
        name = asked.get("lesson", "")
        told = office.editing.slot(office.office, draft_id, name, where, language())
    except (Unknown, ValueError):
        abort(404)
    return jsonify(told)


@blueprint.post("/steps.json")
@allowed(Action.EDIT_DRAFTS)
def do(draft_id: int) -> tuple[Response, int]:
    """Do a command; what is refused is answered 409, with what has been done since."""
    office, who = state(), account_name()
    try:
        done, told = office.editing.do(
            office.office, draft_id, who, posted(), language()
        )
    except Unreadable:
        abort(400)
    except JobUnknown:
        abort(404)
    return jsonify(told), 200 if done else 409


@blueprint.post("/tasks.json")
@allowed(Action.RUN_JOBS)
def ask(draft_id: int) -> Response:
    """Have the rest solved, or the draft repaired, in the background."""
    office, who = state().office, account_name()
    try:
        job = tasks.ask(office.jobs, office.drafts, draft_id, who, posted())
    except Unreadable:
        abort(400)
    return jsonify(tasks.task_facts(job, language()))


@blueprint.get("/tasks/<int:number>.json")
@allowed(Action.SEE_DRAFTS)
def found(draft_id: int, number: int) -> Response:
    """What such work has found so far."""
    office = state().office
    try:
        told: dict[str, Any] = tasks.result_facts(
            office.jobs, office.drafts, draft_id, number, language()
        )
    except JobUnknown:
        abort(404)
    return jsonify(told)


@blueprint.post("/tasks/<int:number>/stop")
@allowed(Action.RUN_JOBS)
def stop(draft_id: int, number: int) -> Response:
    """Ask such work to end with the best so far."""
    office = state().office
    try:
        tasks.of_draft(office.jobs, draft_id, number)
        office.jobs.stop(number, account_name())
    except JobUnknown:
        abort(404)
    return jsonify({"tasks": tasks.tasks(office.jobs, draft_id, language())})
