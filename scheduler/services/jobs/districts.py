"""The district as a job: shares and shortages as things are, and as they might be.

The schools are those of all timetables of the work; what might be is told by names,
for ids of schools that are joined may change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from scheduler.constraints.catalogue import check_settings
from scheduler.district.people.coverage import Coverage
from scheduler.district.people.reserving import kept_free
from scheduler.district.people.shortages import shortage_table
from scheduler.district.sharing.fairness import fairness, met_by, met_in_turn
from scheduler.district.sharing.shares import Shares, share
from scheduler.district.sharing.telling import (
    percent_of,
    school_sentences,
    teacher_sentences,
    worst_sentence,
)
from scheduler.formats.district.offices import joined
from scheduler.model.district import District
from scheduler.model.problem import Problem
from scheduler.model.resources import Teacher
from scheduler.model.staff_plan import StaffPlan
from scheduler.model.text import Text
from scheduler.model.times import overlap
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.contract import Tell, Work
from scheduler.services.jobs.district_settings import settings_of
from scheduler.services.reports.share_tables import share_tables
from scheduler.services.reports.staff_report import Figures, figures, staff_report
from scheduler.services.reports.staff_tables import StaffTables

PRESENT = Text("现状", "as it is")
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Opening:
    """A venue opened to all that have an agreement there: days, minutes of the day."""

    venue: str
    days: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hiring:
    """Posts of a subject for a school or a union of schools, by name."""

    subject: str
    where: str
    posts: int


def district_facts(work: Work, tell: Tell) -> dict[str, Any]:
    """``cases``: the district as it is, and where asked with more; ``staff`` as it is.

    ``settings`` of the work: ``bureau``, ``lessons_a_post``, ``opening`` and
    ``hiring`` (fields of :class:`Opening` and :class:`Hiring`), ``seconds``.

    Raises:
        InputError: the schools cannot be one district, or contradict each other.
    """
    given = work.settings
    seconds = float(given.get("seconds", _SECONDS))
    whole = joined(work.timetables, check_settings)
    district, plan = settings_of(given).applied(District(whole.problem))
    if "lessons_a_post" in given:
        plan = replace(plan, lessons_a_post=int(given["lessons_a_post"]))
    cases = [(PRESENT, district)]
    name, changed = Text("", ""), district.problem
    if (told := given.get("opening")) is not None:
        opening = Opening(**{**told, "days": tuple(told["days"])})
        changed, name = opened(changed, opening), Text(*work.names[:2])
    if (told := given.get("hiring")) is not None:
        changed, name = hired(changed, Hiring(**told)), Text(*work.names[:2])
    if name.zh:
        cases.append((name, district.with_problem(changed)))
    found, staff = [], []
    for number, (title, each) in enumerate(cases):
        tell({"phase": "district", "done": number, "of": len(cases)}, None)
        staff.append(figures(each.problem, plan, seconds))
        found.append(_case(title, kept_free(each, plan), staff[-1], seconds))
    timetable = Timetable(district.problem, whole.placements)
    report = staff_report(staff[0], timetable, seconds)
    return {"cases": found, "staff": report.facts()}


def opened(problem: Problem, opening: Opening) -> Problem:
    """The problem where every school with an agreement may come then as well."""
    more = []
    for venue in problem.venues:
        if venue.name != opening.venue:
            continue
        ours = [a for a in problem.agreements if a.venue_id == venue.venue_id]
        models = {a.school_id: a for a in reversed(ours)}
        for school, model in models.items():
            for day in opening.days:
                taken = any(
                    (a.school_id, a.day) == (school, day)
                    and overlap(a.start, a.end, opening.start, opening.end)
                    for a in ours
                )
                if not taken:
                    more.append(
                        replace(
                            model,
                            agreement_id=f"{model.agreement_id}+{day}",
                            day=day,
                            start=opening.start,
                            end=opening.end,
                            firm=False,
                        )
                    )
    return replace(problem, agreements=(*problem.agreements, *more))


def hired(problem: Problem, hiring: Hiring) -> Problem:
    """The problem with teachers who have no lessons yet, one school after the other."""
    schools = [
        s.school_id for s in problem.schools if hiring.where in (s.name, s.group_id, "")
    ]
    subjects = [s.subject_id for s in problem.subjects if s.name == hiring.subject]
    if not schools or not subjects:
        return problem
    new = tuple(
        Teacher(f"+{k}", f"新{k + 1}", schools[k % len(schools)], tuple(subjects))
        for k in range(hiring.posts)
    )
    return replace(problem, teachers=(*problem.teachers, *new))


def _case(
    title: Text, district: District, staff: Figures, seconds: float
) -> dict[str, Any]:
    """The figures of one case; times of the district are kept free."""
    problem = district.problem
    shares = share(district, seconds)
    before = met_in_turn(shares, seconds)
    told = dict(school_sentences(shares))
    schools = [
        {
            "name": need.part.name,
            "lacking": need.lacking,
            "met": shares.venues.met(number),
            "percent": percent_of(Fraction(shares.venues.met(number), need.lacking)),
            "sentence": told[need.part.key].both(),
        }
        for number, need in enumerate(shares.venues.needs)
        if need.lacking
    ]
    return {
        "name": title.both(),
        "proven": shares.proven,
        "worst": worst_sentence(shares).both(),
        **_fairness(shares, met_by(shares)),
        "before": _fairness(shares, before),
        "schools": schools,
        "teachers": [text.both() for _, text in teacher_sentences(shares)],
        "shortages": list(_shortages(problem, staff.skills.plan, staff.now)),
        "tables": [
            *(t.facts() for t in share_tables(shares, before)),
            *_staff_tables(staff),
        ],
        "proposals": [
            {
                "teacher": problem.teacher[p.teacher_id].name,
                "from": problem.school[problem.teacher[p.teacher_id].school_id].name,
                "to": problem.school[p.school_id].name,
                "lessons": {problem.subject[s].name: n for s, n in p.lessons.items()},
                "visits": p.visits,
                "minutes": p.minutes,
            }
            for p in staff.proposals.proposals
        ],
        "left": float(sum(staff.proposals.missing.values())),
    }


def _staff_tables(staff: Figures) -> Iterator[dict[str, Any]]:
    """Shortages, proposals to share, too many subjects."""
    skills = staff.skills
    tables = StaffTables(skills)
    missing = shortage_table(skills.problem, skills.plan, staff.now)
    title = Text("教师缺口", "Shortages of teachers")
    yield tables.shortages("shortages", title, missing.itertuples()).facts()
    yield tables.proposals(staff.proposals).facts()
    yield tables.many(staff.many).facts()


def _fairness(shares: Shares, met: Sequence[int]) -> dict[str, Any]:
    found = fairness(shares, met)
    return {
        "lacking": found.lacking,
        "met": found.met,
        "least": percent_of(found.least),
        "jain": round(found.jain, 3),
    }


def _shortages(
    problem: Problem, plan: StaffPlan, found: Coverage
) -> Iterator[dict[str, Any]]:
    """What is missing by school and subject, most first."""
    rows = [(found.missing(place), place) for place in found.needs]
    for missing, (school, subject) in sorted(rows, key=lambda r: (-r[0], r[1])):
        if missing:
            yield {
                "school": problem.school[school].name,
                "subject": problem.subject[subject].name,
                "lessons": float(missing),
                "posts": float(round(missing / plan.post_of(subject), 1)),
            }
