"""Tiny districts, seeded: schools of two classes, one park, one travelling teacher."""

from dataclasses import replace
from random import Random

from scheduler.model.district import District
from scheduler.model.problem import Problem
from scheduler.model.resources import (
    ClassGroup,
    Post,
    ResourceKind,
    School,
    Stage,
    Teacher,
    Unavailability,
)
from scheduler.model.venues import Agreement, Layout, SiteDistance, Venue, Zone
from tests.builders import A_DAY, ANYWHERE, SUBJECTS, TERM, bell, need

PARK_ROWS = ((780, 820), (830, 870), (870, 910))
"""Periods 5, 6 and 7 of bell A: the afternoon."""


def town(
    seed: int = 0,
    schools: int = 3,
    *,
    places: int = 2,
    days: tuple[int, ...] = (2, 4),
    own: bool = True,
) -> District:
    """Schools that need the park for PE, and all have the one music teacher.

    Parameters:
        places: Classes that fit into the park at once.
        days: Afternoons on which every school may come.
        own: Whether some of the schools have a yard, closed on some days.
    """
    random = Random(f"{seed} {schools}")
    names = [f"S{k}" for k in range(1, schools + 1)]
    made = [_school(name, random, own) for name in names]
    agreements = tuple(
        Agreement(
            agreement_id=f"X{name}{day}",
            venue_id="PARK",
            school_id=name,
            valid_from=TERM.first_day,
            valid_to=TERM.last_day,
            day=day,
            start=780,
            end=910,
            max_classes=random.randint(1, 2),
            walk_minutes=0,
        )
        for name in names
        for day in days
    )
    sites = tuple(
        SiteDistance(a, b, 20) for k, a in enumerate(names) for b in names[k + 1 :]
    )
    whole = Problem(
        schools=tuple(x.schools[0] for x in made),
        bells=(bell("A", A_DAY),),
        classes=tuple(c for x in made for c in x.classes),
        subjects=SUBJECTS,
        teachers=(
            *(t for x in made for t in x.teachers),
            Teacher("TM", "周游", names[0], ("MUS",), 4, post=Post.TRAVELLING),
        ),
        requirements=tuple(r for x in made for r in x.requirements),
        term=TERM,
        venues=(
            *(v for x in made for v in x.venues),
            Venue("PARK", "社区公园", "PARK", "public", False),
        ),
        zones=(Zone("PARK", "PARK", places),),
        layouts=(
            *(y for x in made for y in x.layouts),
            Layout("LP", "PARK", ("PARK",), ("PE",), places),
        ),
        agreements=agreements,
        unavailable=tuple(u for x in made for u in x.unavailable),
        sites=sites,
        rules=(ANYWHERE,),
    )
    return District(whole)


def _school(name: str, random: Random, own: bool) -> Problem:
    """Two classes: Chinese, three or four PE lessons, one of music."""
    classes = tuple(
        ClassGroup(f"{name}C{k}", name, 3, f"三({k})班", 30 + k, "A") for k in (1, 2)
    )
    chinese, sport = f"{name}CN", [f"{name}PE1", f"{name}PE2"]
    if random.random() < 0.4:
        sport = sport[:1] * 2
    needs = []
    yard = own and random.random() < 0.6
    places = ("LP", f"{name}L") if yard else ("LP",)
    for c in classes:
        who = {"teacher_ids": (chinese,)}
        needs.append(need(f"{c.class_id}-CN", c.class_id, "CN", "3", **who))
        count = str(random.randint(3, 4))
        who_runs = sport[c.class_id.endswith("C2")]
        pe = {"teacher_ids": (who_runs,), "layouts": places, "max_per_day": 1}
        needs.append(need(f"{c.class_id}-PE", c.class_id, "PE", count, **pe))
        music = {"teacher_ids": ("TM",)}
        needs.append(need(f"{c.class_id}-MUS", c.class_id, "MUS", "1", **music))
    closed = tuple(
        Unavailability(ResourceKind.VENUE, f"{name}Y", day) for day in (1, 2, 3, 4)
    )
    return Problem(
        schools=(School(name, f"第{name[1:]}小学", Stage.PRIMARY),),
        bells=(bell("A", A_DAY),),
        classes=classes,
        subjects=SUBJECTS,
        teachers=(
            Teacher(chinese, "王芳", name),
            *(Teacher(x, "李强", name) for x in dict.fromkeys(sport)),
        ),
        requirements=tuple(needs),
        term=TERM,
        venues=(Venue(f"{name}Y", "院子", name, "field", False, name),) if yard else (),
        layouts=(Layout(f"{name}L", f"{name}Y", (f"{name}Y",), ("PE",), 1),)
        if yard
        else (),
        unavailable=closed if yard else (),
    )


def with_schools(district: District, **changes: object) -> District:
    """The district with other values for the rows of single schools, by id."""
    problem = district.problem
    schools = tuple(
        replace(s, **changes[s.school_id]) if s.school_id in changes else s  # type: ignore[arg-type]
        for s in problem.schools
    )
    return district.with_problem(replace(problem, schools=schools))
