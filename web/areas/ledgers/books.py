"""Ledgers as heat maps, one line in detail, and the forecast."""

from flask import abort, render_template, request

from scheduler.model.errors import InputError, sentences
from scheduler.services.access.permissions import Action
from scheduler.services.school.posted import compare
from scheduler.services.views.audit.office import last_audit
from scheduler.services.views.audit.pages import OUTCOMES
from scheduler.services.views.days.slip import sealed_slip
from scheduler.services.views.ledgers.books import (
    OF,
    debts_of_class,
    names_of,
    overview,
    sums,
    weekly,
)
from scheduler.services.views.ledgers.evidence import evidence
from scheduler.services.views.ledgers.forecast import forecast
from scheduler.services.views.work.versions import version_of
from web.access import allowed
from web.areas.ledgers.blueprint import blueprint, books
from web.context import edition, state
from web.language import language
from web.uploads import sent_files, takes_files

_OF = {of.value: of for of in OF}


@blueprint.get("/")
@allowed(Action.SEE_CHANGES)
def index() -> str:
    """Classes, teachers or venues over subjects."""
    of = _OF.get(request.args.get("of", "class"))
    if of is None:
        abort(404)
    to_date = "today" in request.args
    return render_template(
        "ledgers/index.html",
        edition=edition(),
        books=books(),
        of=of,
        choices=OF,
        to_date=to_date,
        map=overview(books(), of, to_date),
    )


@blueprint.get("/of/<of>/<path:resource_id>")
@allowed(Action.SEE_CHANGES)
def detail(of: str, resource_id: str) -> str:
    """One class, teacher or venue: subjects over weeks, and its debts."""
    if of not in _OF or resource_id not in names_of(books().problem, _OF[of]):
        abort(404)
    kind, to_date = _OF[of], "today" in request.args
    return render_template(
        "ledgers/detail.html",
        edition=edition(),
        of=kind,
        resource_id=resource_id,
        name=names_of(books().problem, kind)[resource_id],
        to_date=to_date,
        map=weekly(books(), kind, resource_id, to_date),
        rows=sums(books(), kind, resource_id, to_date),
        subjects={s.subject_id: s for s in books().problem.subjects},
        debts=debts_of_class(books(), resource_id) if of == "class" else (),
    )


@blueprint.get("/evidence")
@allowed(Action.SEE_CHANGES)
def signs() -> str:
    """Rules on crowding-out, as the last audit found them."""
    return _signs()


@blueprint.post("/evidence")
@takes_files
@allowed(Action.SEE_AUDIT)
def posted() -> str | tuple[str, int]:
    """Hold what hangs on a wall against the version in force: a sheet, or its seal."""
    seal = request.form.get("seal", "").strip()
    if seal:
        version = version_of(state(), seal)
        slip = None if version else sealed_slip(state().office, seal, state().today())
        return _signs(seal=seal, version=version, slip=slip)
    try:
        found = compare(edition().timetable, state().profile, sent_files())
    except InputError as error:
        return _signs(refused=sentences(error.errors, language())), 422
    return _signs(compared=found)


def _signs(**posted: object) -> str:
    audited = last_audit(state().office)
    return render_template(
        "ledgers/evidence.html",
        edition=edition(),
        audited=audited,
        rules=evidence(audited.found) if audited.found else (),
        outcomes=OUTCOMES,
        **posted,
    )


@blueprint.get("/forecast")
@allowed(Action.SEE_CHANGES)
def outlook() -> str:
    """What each class loses to closed days, and by when it can be given back."""
    return render_template(
        "ledgers/forecast.html", edition=edition(), classes=forecast(books())
    )
