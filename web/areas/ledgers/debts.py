"""Debts of classes, proposals to repay them, and making these."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.changes import CannotChange
from scheduler.services.school.repaying import (
    NOTHING_TO_REPAY,
    Pending,
    Repayment,
    apply,
    asked_for,
    by_jobs,
    possible,
    propose,
)
from scheduler.services.views.ledgers.debts import (
    chosen_debts,
    debt_sentence,
    grouped,
    offer_sentence,
    repayment_sentence,
    unserved_sentences,
)
from web.access import allowed, may
from web.areas.ledgers.blueprint import blueprint, books, date_asked
from web.context import edition, state
from web.security import account_name

_FILTERS = ("class_id", "teacher_id", "subject_id")
NO_LIMIT = Text(
    "请先选定一个班、一位教师或一门课，再求方案。",
    "Choose a class, a teacher or a subject first.",
)


@blueprint.get("/debts")
@allowed(Action.SEE_CHANGES)
def debts() -> str:
    """What is owed, by class and subject; with a date, how it is given back."""
    return _page()


@blueprint.post("/debts/repay")
@allowed(Action.CHANGE_DATES)
def repay() -> Response | tuple[str, int]:
    """Make the proposals as one batch."""
    try:
        found = _proposal()
        if found is None or not found.offers:
            return _page(NOTHING_TO_REPAY), 422
        apply(state().office, found, asked_for(account_name()))
    except (CannotChange, Pending) as error:
        text = error.text if isinstance(error, CannotChange) else NOTHING_TO_REPAY
        return _page(text), 422
    return redirect(url_for("ledgers.debts"))


def _asked() -> dict[str, str]:
    return {name: request.values.get(name, "").strip() for name in _FILTERS}


def _proposal() -> Repayment | None:
    """The proposal for what is chosen; None where nothing or too much is.

    Raises:
        Pending: a job is to find it out.
    """
    until, asked = date_asked("until"), _asked()
    if until is None or not any(asked.values()):
        return None
    open_ = [d for d in chosen_debts(books(), **asked) if d.repaid_on is None]
    choose = by_jobs(state().office.jobs, account_name(), may(Action.RUN_JOBS))
    choices = state().of_term(
        "offers", lambda: possible(books(), open_, until), until, *asked.values()
    )
    return propose(books(), open_, choices, choose)


def _page(refused: Text | None = None) -> str:
    problem, asked = books().problem, _asked()
    found, job = None, None
    if may(Action.RUN_JOBS):
        try:
            found = _proposal()
        except Pending as pending:
            job = pending.job
    until = date_asked("until")
    if refused is None and until is not None and not any(asked.values()):
        refused = NO_LIMIT
    shown = chosen_debts(books(), **asked)
    return render_template(
        "ledgers/debts.html",
        edition=edition(),
        problem=problem,
        asked=asked,
        until=until or problem.term.last_day,
        refused=refused,
        groups=grouped(tuple(d for d in shown if d.repaid_on is None)),
        repaid=sum(d.repaid_on is not None for d in shown),
        sentence=lambda debt: debt_sentence(problem, debt),
        found=found,
        job=job,
        told=repayment_sentence(found, False) if found else None,
        offers=[offer_sentence(problem, x) for x in found.offers] if found else [],
        unserved=unserved_sentences(problem, found) if found else (),
    )
