"""The solving page of a draft: how it stands, its jobs with curves, what hinders it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.model.text import Text
from scheduler.services.jobs.contract import JobKind, Result
from scheduler.services.jobs.rows import Job
from scheduler.services.office import Office
from scheduler.services.school.drafts.desk import Desk
from scheduler.services.views.jobs import result_lines
from scheduler.services.views.work.curve import Drawing, drawing

SHOWN = 8
SECONDS = {
    20: Text("20秒", "20 seconds"),
    60: Text("1分钟", "a minute"),
    300: Text("5分钟", "5 minutes"),
    1200: Text("20分钟", "20 minutes"),
}
AIMS = {
    JobKind.SOLVE: Text("最好的课表", "the best timetable"),
    JobKind.LEVEL: Text("错峰：场地高峰最低", "low peaks of shared venues"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a draft stands: lessons, those without a place, locked ones, costs.

    ``held`` counts rows of tables typed and not in force.
    """

    lessons: int
    unplaced: int
    locked: int
    hard: int
    soft: int
    held: int


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change that helps; ``which`` finds it in its explanation."""

    text: Text
    which: tuple[int, int]
    applies: bool


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One proof that there is no timetable, and what would help."""

    text: Text
    advice: Text
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A job of the draft as its page shows it."""

    job: Job
    lines: tuple[Text, ...] = ()
    drawn: Drawing | None = None
    keeps: bool = False
    hindrances: tuple[Hindrance, ...] = ()


def standing(desk: Desk) -> Standing:
    """How a draft stands."""
    return Standing(
        len(desk.problem.lessons),
        len(desk.unplaced),
        len(desk.locked),
        desk.hard,
        desk.soft,
        len(desk.tables.pending()),
    )


def runs(office: Office, draft_id: int) -> tuple[Run, ...]:
    """The newest jobs of a draft, newest first, with what came of them."""
    jobs = office.jobs.of_draft(draft_id, SHOWN)
    return tuple(_run(office, job) for job in jobs)


def _run(office: Office, job: Job) -> Run:
    result = office.jobs.result(job.job_id)
    drawn = drawing(office.jobs.curve(job.job_id))
    if result is None:
        return Run(job, drawn=drawn)
    keeps = job.ended and result.timetable is not None
    return Run(job, tuple(_lines(result)), drawn, keeps, _hindrances(result.facts))


def _lines(result: Result) -> Sequence[Text]:
    if "verdict" in result.facts:
        said = (result.facts["summary"], *result.facts["hints"])
        return [_text(x) for x in said]
    told = list(result_lines(result))
    return [*told, *(_text(x) for x in result.facts.get("reasons", ()))]


def _hindrances(facts: Mapping[str, Any]) -> tuple[Hindrance, ...]:
    return tuple(
        Hindrance(
            _text(statement["text"]),
            _text(statement["advice"]),
            tuple(
                Remedy(_text(x["text"]), (number, k), bool(x["rows"]))
                for k, x in enumerate(statement["remedies"])
            ),
        )
        for number, statement in enumerate(facts.get("statements", ()))
    )


def _text(said: Mapping[str, str]) -> Text:
    return Text(said["zh"], said["en"])
