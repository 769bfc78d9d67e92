"""The audit of an office's timetable: asked for as a job, and what it found."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import Action
from scheduler.services.school.auditing import ask_audit
from scheduler.services.views.audit import pages
from scheduler.services.views.audit.office import OfficeAudit, last_audit
from web.access import allowed
from web.areas.audit import SHOWN_AT_MOST
from web.context import edition, state
from web.security import account_name

blueprint = Blueprint("audits", __name__, url_prefix="/audit")


@blueprint.get("/")
@allowed(Action.SEE_AUDIT)
def index() -> str:
    """How many rules are met; how far the audit is that runs."""
    return _page("audit/office.html", last_audit(state().office))


@blueprint.get("/findings/")
@allowed(Action.SEE_AUDIT)
def findings() -> str | Response:
    """Findings by rule, school or class; or what was not checked, and why."""
    audited = last_audit(state().office)
    if audited.found is None:
        return redirect(url_for("audits.index"))
    rows = pages.found(audited.found, request.args)
    return _page("audit/findings.html", audited, **rows)


@blueprint.post("/ask")
@allowed(Action.RUN_JOBS)
def ask() -> Response:
    """Ask for the audit of the version in force."""
    edition()
    ask_audit(state().office, state().profile, account_name())
    return redirect(url_for("audits.index"))


def _page(template: str, audited: OfficeAudit, **values: object) -> str:
    return render_template(
        template,
        area="audits",
        edition=edition(),
        audited=audited,
        audit=audited.found,
        pages=pages,
        shown_at_most=SHOWN_AT_MOST,
        **values,
    )
