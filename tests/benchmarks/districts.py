"""Generated districts: planted schools in folders, beside what they share.

    python -m tests.benchmarks.districts --schools 40 --classes 36 --seed 1 --out DIR

Each school lacks a gym that its planted timetable had; community venues are open to
groups of schools at hours that overlap, and some teachers are those of two schools.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.problem import Problem
from scheduler.model.resources import Post, School, Stage, Teacher
from scheduler.model.times import LESSON_ROWS
from scheduler.model.venues import Agreement, Layout, SiteDistance, Venue, Zone
from tests.benchmarks.generator import generate

SHARED = "district"
_BASES = 4
"""Different planted schools; the others are alike, under other names."""
_GROUP = 7
"""Schools at a venue."""
PLACES = 12
"""Classes that a community venue holds at once: just enough for all."""
_MOST_SHARED = 8
"""Periods a week of a teacher that may be shared."""
_FROM = 1
"""The first lesson row at which a community venue is open."""


@dataclass(frozen=True)
class Member:
    """One school of a district, and the teachers it shares with its neighbour."""

    problem: Problem
    shared: tuple[Teacher, ...]


@cache
def base(classes: int, seed: int) -> Problem:
    """A planted school."""
    return generate(classes, Stage.PRIMARY, seed).problem


def write_district(schools: int, classes: int, seed: int, folder: Path) -> Path:
    """Write a district into a new folder; that folder."""
    folder.mkdir(parents=True, exist_ok=True)
    members = [_member(k, schools, classes, seed) for k in range(schools)]
    for member in members:
        name = member.problem.schools[0].school_id
        write_folder(member.problem, folder / name)
        (folder / name / "term.toml").unlink()
    shared = folder / SHARED
    write_folder(_shared(members), shared)
    for name in ("schools", "bells", "classes", "subjects", "requirements"):
        (shared / f"{name}.csv").unlink(missing_ok=True)
    return folder


def _member(number: int, schools: int, classes: int, seed: int) -> Member:
    """A planted school under another name, without its gym."""
    given = base(classes, seed + number % _BASES)
    old, new = given.schools[0].school_id, f"S{number + 1:02d}"
    gyms = {v.venue_id for v in given.venues if v.kind == "gym"}
    kept = [x for x in given.layouts if x.venue_id not in gyms]
    problem = replace(
        given,
        schools=(
            School(new, f"第{number + 1}小学", Stage.PRIMARY, _group(number), new),
        ),
        classes=tuple(replace(c, school_id=new) for c in given.classes),
        teachers=tuple(replace(t, school_id=new) for t in given.teachers),
        venues=tuple(
            replace(v, owner=new, site_id=new)
            for v in given.venues
            if v.venue_id not in gyms
        ),
        zones=tuple(z for z in given.zones if z.venue_id not in gyms),
        layouts=tuple(kept),
        unavailable=tuple(
            u
            for u in given.unavailable
            if u.resource_id not in gyms and u.resource_id != old
        ),
    )
    return _with_shared_teachers(problem, number, schools)


def _group(number: int) -> str:
    return f"G{number // _GROUP + 1}"


def _with_shared_teachers(problem: Problem, number: int, schools: int) -> Member:
    """The school with its least loaded teachers called as those of the pair.

    A pair has one, every fourth pair two: 25 for 40 schools.
    """
    if number ^ 1 >= schools:
        return Member(problem, ())
    loads: Counter[str] = Counter()
    for r in problem.requirements:
        for name in r.teacher_ids:
            loads[name] += len(r.lengths)
    few = sorted((n, name) for name, n in loads.items() if n <= _MOST_SHARED)
    pair = number // 2
    shared = {
        name: Teacher(
            f"TR{pair + 1:02d}" + "b" * k,
            problem.teacher[name].name,
            problem.schools[0].school_id,
            problem.teacher[name].subjects,
            6,
            post=Post.TRAVELLING,
        )
        for k, (_, name) in enumerate(few[: 1 + (pair % 4 == 0)])
    }
    changed = replace(
        problem,
        teachers=tuple(t for t in problem.teachers if t.teacher_id not in shared),
        requirements=tuple(
            replace(
                r,
                teacher_ids=tuple(
                    shared[t].teacher_id if t in shared else t for t in r.teacher_ids
                ),
            )
            for r in problem.requirements
        ),
        unavailable=tuple(
            u for u in problem.unavailable if u.resource_id not in shared
        ),
    )
    return Member(changed, tuple(shared.values()))


def _shared(members: Sequence[Member]) -> Problem:
    """Venues, agreements, ways and teachers of all."""
    first = members[0].problem
    names = [m.problem.schools[0].school_id for m in members]
    venues = [f"V{k + 1}" for k in range(-(-len(members) // _GROUP))]
    teachers = {t.teacher_id: t for m in members for t in m.shared}
    return replace(
        first,
        teachers=tuple(teachers.values()),
        requirements=(),
        venues=tuple(
            Venue(v, f"社区体育中心{v[1:]}", v, "public", True) for v in venues
        ),
        zones=tuple(Zone(v, v, PLACES) for v in venues),
        layouts=tuple(
            Layout(f"L-{v}", v, (v,), ("PE", "PEA"), PLACES, None, 2) for v in venues
        ),
        agreements=tuple(a for k, m in enumerate(members) for a in _agreed(k, m)),
        sites=tuple(
            SiteDistance(a, b, 15) for k, a in enumerate(names) for b in names[k + 1 :]
        ),
        unavailable=(),
        fixed=(),
        rules=(),
    )


def _agreed(number: int, member: Member) -> Iterator[Agreement]:
    """A school may come on every day, to the venue of its group."""
    problem, venue = member.problem, f"V{number // _GROUP + 1}"
    (school,) = problem.schools
    bell = problem.bells[0]
    for day in bell.school_days:
        rows = bell.rows(day, LESSON_ROWS)[_FROM:]
        yield Agreement(
            agreement_id=f"XY-{school.school_id}-{day}",
            venue_id=venue,
            school_id=school.school_id,
            valid_from=problem.term.first_day,
            valid_to=problem.term.last_day,
            day=day,
            start=rows[0].start,
            end=rows[-1].end,
            max_classes=3,
            walk_minutes=5,
        )


def main() -> None:
    """Write one district."""
    parser = argparse.ArgumentParser(description="Write a generated district.")
    parser.add_argument("--schools", type=int, default=40)
    parser.add_argument("--classes", type=int, default=36)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write_district(options.schools, options.classes, options.seed, options.out)
    sys.stdout.write(f"{options.schools} schools in {options.out}\n")


if __name__ == "__main__":
    main()
