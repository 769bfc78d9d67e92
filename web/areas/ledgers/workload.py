"""Sheets of pay and workload by month: looked at, signed, downloaded."""

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.pay import CannotSign, month_of, months_of, sign
from scheduler.services.views.ledgers.pay import (
    certificate_of,
    pay_rows,
    signed_words,
    workbook_of,
)
from web.access import allowed
from web.areas.ledgers.blueprint import EXCEL, blueprint, books, download
from web.context import edition, state
from web.security import account_name


@blueprint.get("/workload/")
@allowed(Action.CHANGE_DATES)
def workload() -> str:
    """The month of today, or the nearest of the term."""
    now = f"{books().today:%Y-%m}"
    begun = [month for month in months_of(books()) if month <= now]
    return _page(begun[-1] if begun else months_of(books())[0])


@blueprint.get("/workload/<month>")
@allowed(Action.CHANGE_DATES)
def workload_month(month: str) -> str:
    """The sheet of a month."""
    return _page(_known(month))


@blueprint.get("/workload/<month>.xlsx")
@allowed(Action.CHANGE_DATES)
def workload_file(month: str) -> Response:
    """The sheet as a workbook."""
    found = month_of(state().office, books(), _known(month))
    content = workbook_of(books().problem, found)
    return download(content, f"workload-{month}.xlsx", EXCEL)


@blueprint.get("/certificates/<path:teacher_id>.xlsx")
@allowed(Action.CHANGE_DATES)
def certificate(teacher_id: str) -> Response:
    """A teacher's certificate for a title."""
    if teacher_id not in books().problem.teacher:
        abort(404)
    return download(certificate_of(books(), teacher_id), "certificate.xlsx", EXCEL)


@blueprint.post("/workload/<month>/sign")
@allowed(Action.CHANGE_DATES)
def sign_workload(month: str) -> Response | tuple[str, int]:
    """Freeze the sheet of a month that is over."""
    try:
        sign(state().office, _known(month), account_name())
    except CannotSign as error:
        return _page(month, error.text), 422
    return redirect(url_for("ledgers.workload_month", month=month))


def _known(month: str) -> str:
    if month not in months_of(books()):
        abort(404)
    return month


def _page(month: str, refused: Text | None = None) -> str:
    problem = books().problem
    found = month_of(state().office, books(), month)
    return render_template(
        "ledgers/workload.html",
        edition=edition(),
        month=month,
        months=months_of(books()),
        found=found,
        rows=pay_rows(problem, found.sheet),
        signed=signed_words(problem, found),
        over=f"{books().today:%Y-%m}" > month,
        refused=refused,
    )
