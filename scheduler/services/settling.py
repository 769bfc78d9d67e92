"""One action: every lesson without a place on a date goes where it is proposed to."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from scheduler.formats.tables.date_writing import write_replacements
from scheduler.formats.tables.reading import read_problem
from scheduler.model.errors import InputError
from scheduler.model.requirements import HOME
from scheduler.model.timetable import Timetable
from scheduler.services.office import Office
from scheduler.services.school.publishing import Superseded
from scheduler.services.views.places.dates import DatesView
from scheduler.term.settling import replaced


def publish_proposals(
    office: Office, version: int, view: DatesView, data: Path | None
) -> int:
    """Publish a version anew, with the proposals of its view applied.

    Calendars of teachers, classes and venues follow. Where tables are served their
    replacements are kept up, so that a later publication does not lose them.
    Returns how many lessons were moved.

    Raises:
        Superseded: the version is in force no more; nothing has changed.
    """
    current = office.current()
    if current is None or current.version != version:
        raise Superseded
    rows = replaced(view.problem.replacements, view.clashes)
    moved = sum(clash.layout_id is not None for clash in view.clashes)
    if not moved:
        return 0
    problem = replace(view.problem, replacements=rows)
    timetable = Timetable(problem, current.timetable.placements)
    office.publish(problem, timetable, current.name, current.report_json, version)
    if data is not None:
        _keep(view, data)
    return moved


def _keep(view: DatesView, data: Path) -> None:
    """Write the proposals to tables that still know their lessons."""
    try:
        problem = read_problem(data).problem
    except InputError:
        return  # it is being worked on; the publication has them
    known = [
        clash
        for clash in view.clashes
        if clash.lesson.lesson_id in problem.lesson
        and (clash.layout_id in problem.layout or clash.layout_id == HOME)
    ]
    with suppress(InputError):  # a sheet with formulas; the publication has them
        write_replacements(replaced(problem.replacements, known), data)
