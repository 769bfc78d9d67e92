"""One action: every lesson without a place on a date goes where it is proposed to."""

from contextlib import suppress
from pathlib import Path

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.dated.date_writing import write_replacements
from scheduler.model.errors import InputError
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.timetable import Timetable
from scheduler.services.office import Office
from scheduler.services.school.publishing import Superseded
from scheduler.term.changes import Batch, Reason
from scheduler.term.settling import DateClash, replaced


def settle(
    office: Office,
    version: int,
    problem: Problem,
    clashes: tuple[DateClash, ...],
    data: Path | None,
    by: str = "",
) -> int:
    """Move lessons as was proposed for a version; how many these are.

    Calendars of teachers, classes and venues follow. Bookings that are newer than the
    timetable are published with it. Where tables are served their replacements are kept
    up, so that whoever reads them alone does not miss the moves.

    Raises:
        Superseded: the version is in force no more; nothing has changed.
        CannotChange: something else has come between.
    """
    current, versions = office.current(), office.versions()
    if current is None or versions is None or current.version != version:
        raise Superseded
    moves = [clash.change for clash in clashes if clash.change is not None]
    if not moves:
        return 0
    newest = versions.newest
    if problem != newest.problem:
        timetable = Timetable(problem, newest.timetable.placements)
        today = office.bad_days.today()
        office.publish(
            *(problem, timetable, current.name, current.report_json),
            begins=newest.first if today and newest.first > today else today,
            who=by,
        )
    office.changes.make(Batch(Reason.PLACE, made_by=by), moves)
    if data is not None:
        _keep(clashes, data)
    return len(moves)


def _keep(clashes: tuple[DateClash, ...], data: Path) -> None:
    """Write the proposals to tables that still know their lessons."""
    try:
        problem = read_problem(data).problem
    except InputError:
        return  # it is being worked on; the publication has them
    known = [
        clash
        for clash in clashes
        if clash.lesson.lesson_id in problem.lesson
        and (clash.layout_id in problem.layout or clash.layout_id == HOME)
    ]
    with suppress(InputError):  # a sheet with formulas; the publication has them
        write_replacements(replaced(problem.replacements, known), data)
