"""Comparisons of the version in force with drafts, by jobs; and all there are."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.rows import Job
from scheduler.services.jobs.what_if import PRESENT, Case, read_cases
from scheduler.services.office import Office

NO_DRAFT_CHOSEN = Text(
    "请选择至少一份草稿与现状比较。",
    "Please choose at least one draft to compare with the present state.",
)


class NothingToCompare(Exception):
    """No draft is chosen, or none of those is open any more."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Figures side by side; ``anchor`` names them on the page."""

    anchor: str
    made_at: dt.datetime
    cases: tuple[Case, ...]


def ask_comparison(
    office: Office, drafts: Iterable[int], by: str, lang: str = "zh"
) -> Job:
    """Ask for the figures of open drafts, each solved anew, beside the present ones.

    Raises:
        NothingToCompare: nothing is published, or no open draft is chosen.
    """
    current = office.current()
    chosen = [
        x for x in office.drafts.all() if x.draft_id in set(drafts) and not x.closed_at
    ]
    if current is None or not chosen:
        raise NothingToCompare
    tables = [office.drafts.look(x.draft_id, lambda d: d.timetable) for x in chosen]
    names = [f"{x.name} ({x.draft_id})" for x in chosen]
    work = Work(
        JobKind.WHAT_IF,
        (current.timetable, *tables),
        (PRESENT.in_language(lang), *names),
    )
    return office.jobs.ask_once(work, by)


def comparisons(office: Office) -> tuple[Compared, ...]:
    """Those that commands kept and those that jobs found, newest first."""
    found = [
        Compared(f"comparison-{x.comparison_id}", x.made_at, x.cases)
        for x in office.comparisons.all()
    ]
    for job in comparing_jobs(office):
        result = office.jobs.result(job.job_id) if job.ended else None
        if result is not None and job.ended_at is not None:
            cases = read_cases(result.facts["record"])
            found.append(Compared(f"job-{job.job_id}", job.ended_at, cases))
    return tuple(sorted(found, key=lambda x: x.made_at, reverse=True))


def comparing_jobs(office: Office) -> tuple[Job, ...]:
    """Jobs that compare, newest first."""
    return tuple(x for x in office.jobs.all() if x.kind == JobKind.WHAT_IF)
