"""Publishing a draft: what it changes, from when, who is told; over conflicts why."""

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.errors import InputError, sentences
from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.drafts.refusals import Refused
from scheduler.services.school.drafts.words import refusal_text
from scheduler.services.school.publishing import Superseded
from scheduler.services.views.work.difference import TITLES
from scheduler.services.views.work.publishing import Proposal, proposal
from web.access import allowed
from web.context import state
from web.language import language, say
from web.security import account_name

blueprint = Blueprint(
    "publishing", __name__, url_prefix="/drafts/<int:draft_id>/publish"
)
_NO_REASON = Text(
    "课表还有冲突，要发布请写明原因；原因会印在每一页上。",
    "There are conflicts: say why it is published all the same; the reason stands on "
    "every page.",
)
_NO_DATE = Text("生效日期不是日期。", "The date is none.")


@blueprint.get("/")
@allowed(Action.SEE_DRAFTS)
def index(draft_id: int) -> str:
    """What publishing would do."""
    return _page(draft_id, proposal(state().office, draft_id))


@blueprint.post("/")
@allowed(Action.PUBLISH)
def publish(draft_id: int) -> Response | tuple[str, int]:
    """Publish it, or say what stands against it."""
    office, form = state().office, request.form
    found, reason = proposal(office, draft_id), form.get("reason", "").strip()
    name = form.get("name", "").strip() or office.drafts.get(draft_id).name
    if found.report.hard and not reason:
        return _page(draft_id, found, say(_NO_REASON)), 422
    try:
        begins = _date(form.get("begins", ""))
        record = found.record_with(reason)
        made = office.publish_draft(draft_id, account_name(), name, record, begins)
    except ValueError:
        return _page(draft_id, found, say(_NO_DATE)), 422
    except Superseded as error:
        return _page(draft_id, found, say(error.text)), 409
    except InputError as error:
        told = sentences(error.errors, language())
        return _page(draft_id, found, *told), 422
    except Refused as error:
        told_text = say(refusal_text(found.timetable.problem, error))
        return _page(draft_id, found, told_text), 409
    head = Text(
        f"已发布第{made.version}版，自{made.begins}起生效；订阅的日历会自动更新。",
        f"Published as version {made.version}, in force from {made.begins}; calendars "
        "follow by themselves.",
    )
    flash(say(head))
    return redirect(url_for("versions.index"))


@blueprint.post("/rebase")
@allowed(Action.EDIT_DRAFTS)
def rebase(draft_id: int) -> Response | str:
    """Begin a draft over the newest version with what this one has changed."""
    made = state().office.rebase_draft(draft_id, account_name())
    if made is None:  # somebody else was faster, or asked twice
        return redirect(url_for("publishing.index", draft_id=draft_id))
    return render_template("work/rebased.html", made=made, old=draft_id)


def _page(draft_id: int, found: Proposal, *refused: str) -> str:
    office, draft = state().office, state().office.drafts.get(draft_id)
    return render_template(
        "work/publish.html",
        draft=draft,
        newer=office.newer_than(draft),
        found=found,
        current=office.current(),
        today=office.publications.today(found.timetable.problem.term),
        kinds=TITLES,
        refused=refused,
        typed=request.form,
    )


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
