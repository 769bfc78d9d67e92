"""Publishing what files hold: the timetable, its reason, and the files themselves."""

import getpass
from argparse import Namespace
from pathlib import Path

from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.constraints.evaluate import Report, evaluate
from scheduler.formats.sources import pack_source
from scheduler.model.errors import DataError, InputError
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.publishing import How, Publication
from scheduler.services.views.solution import with_reason


def publish_files(options: Namespace, store: Store | None = None) -> "Published":
    """Publish the timetable of files into the database that the options name.

    Raises:
        InputError: the files have faults, or the timetable conflicts without a reason;
            nothing is published, and no database is made.
    """
    problem = load_problem(options.problem)
    timetable = load_timetable(problem, options.timetable)
    claim = claim_beside(options.timetable)
    report, reason = evaluate(timetable), options.reason.strip()
    if report.hard and not reason:
        raise InputError([_with_conflicts(report)])
    if report.hard:
        claim = with_reason(claim, reason)
    source = pack_source(options.problem, options.timetable)
    store = store or Store.connect(options.database)
    office = store.office_for(problem, options.office)
    begins = getattr(options, "begins", None)
    name = problem.term.name
    how = How(source=source, begins=begins, who=getpass.getuser())
    made = office.publish(problem, timetable, name, claim, **how)
    return Published(store, office, made)


class Published:
    """A publication, the office and the store it is in."""

    def __init__(self, store: Store, office: Office, made: Publication) -> None:
        self.store, self.office, self.publication = store, office, made


def claim_beside(timetable: Path) -> str:
    """What the solve said of a timetable, in the file beside it; else nothing."""
    record = timetable.with_name("solution.json")
    return record.read_text(encoding="utf-8") if record.is_file() else "{}"


def _with_conflicts(report: Report) -> DataError:
    """Why a timetable is not published without a word."""
    broken = [r for r in report.results if r.level is Level.HARD and r.violations]
    zh = "、".join(f"{r.fault.zh}{len(r.violations)}处" for r in broken)
    en = ", ".join(f"{r.fault.en.lower()} ({len(r.violations)})" for r in broken)
    return DataError(
        "--reason",
        Text(
            f"课表有{report.conflicts}处冲突（{zh}），没有发布",
            f"the timetable has {report.conflicts} conflicts ({en}); not published",
        ),
        Text(
            "仍要发布请用 --reason 写明原因，它会显示在每一页和打印件上。",
            "To publish it nonetheless say why with --reason; every page and print "
            "shows it.",
        ),
    )
