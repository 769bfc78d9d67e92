"""An audit made by the command line: outcomes, findings, review, and the cell."""

from flask import Blueprint, abort, render_template, request

from scheduler.services.access.permissions import Action
from scheduler.services.views.audit import pages
from scheduler.services.views.audit.files import AuditFolder, Row
from web.access import allowed
from web.context import settings

# More of one group, or of the review, are counted, but make a page nobody reads.
SHOWN_AT_MOST = 200
blueprint = Blueprint("audit", __name__, url_prefix="/audit")


@blueprint.get("/")
@allowed(Action.SEE_AUDIT)
def index() -> str:
    """How many rules are met, violated, not checked, not applicable; by school."""
    return _page("audit/outcomes.html", counts=_audit().statuses)


@blueprint.get("/findings/")
@allowed(Action.SEE_AUDIT)
def findings() -> str:
    """Findings by rule, school or class; or what was not checked, and why."""
    return _page("audit/findings.html", **pages.found(_audit(), request.args))


@blueprint.get("/cells/")
@allowed(Action.SEE_AUDIT)
def cells() -> str:
    """Cells that were corrected, are doubtful or unknown."""
    school, status = request.args.get("school", ""), request.args.get("status", "")
    rows = pages.review(_audit(), school, status)
    return _page(
        "audit/cells.html", rows=rows, wanted={"school": school, "status": status}
    )


@blueprint.get("/sheets/<int:number>")
@allowed(Action.SEE_AUDIT)
def sheet(number: int) -> str:
    """A sheet of a school with the cells of a finding marked."""
    audit = _audit()
    if number >= len(audit.sheets):
        abort(404)
    finding = _finding(audit, request.args.get("finding", ""))
    address = request.args.get("cell", "")
    grid = pages.sheet_grid(audit, audit.sheets[number], finding, address)
    return _page("audit/sheet.html", grid=grid, finding=finding)


def _audit() -> AuditFolder:
    served = settings().audit
    if served is None:
        abort(404)
    return served


def _finding(audit: AuditFolder, text: str) -> Row | None:
    known = text.isascii() and text.isdigit() and len(text) < 10
    if not known or int(text) >= len(audit.findings):
        return None
    return audit.findings[int(text)]


def _page(template: str, **values: object) -> str:
    return render_template(
        template,
        area="audit",
        audit=_audit(),
        pages=pages,
        subject_name=pages.subject_name,
        shown_at_most=SHOWN_AT_MOST,
        **values,
    )
