"""Ways between sites that a teacher or a class may have to go."""

from collections.abc import Iterable, Iterator
from itertools import permutations

from scheduler.formats.tables.draft import Draft
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Lesson, Requirement
from scheduler.model.text import Text


def missing_ways(draft: Draft) -> Iterator[DataError]:
    """Every pair of sites somebody may travel between is listed; once a pair."""
    if draft.partial & {"sites", "venues", "layouts", "schools", "agreements"}:
        return
    problem = draft.problem
    named: set[frozenset[str]] = set()
    for who, sites in (*_class_sites(problem), *_teacher_sites(problem)):
        for start, end in permutations(sites, 2):
            pair = frozenset((start, end))
            if pair not in named and problem.travel_minutes(start, end) is None:
                named.add(pair)
                yield DataError(
                    draft.labels["sites"],
                    Text(
                        f"缺少两地之间的路程，{who.zh}可能要走",
                        f"is not listed, and {who.en} may have to go there",
                    ),
                    Text("请补充分钟数。", "Maybe add the minutes from door to door?"),
                    value=f"{start} – {end}",
                )


def _class_sites(problem: Problem) -> Iterator[tuple[Text, tuple[str, ...]]]:
    for group in problem.classes:
        lessons = problem.lessons_of_class[group.class_id]
        who = Text(group.name, f"class {group.class_id}")
        yield who, _sites(problem, lessons, group.school_id)


def _teacher_sites(problem: Problem) -> Iterator[tuple[Text, tuple[str, ...]]]:
    for teacher in problem.teachers:
        name = teacher.teacher_id
        lessons = problem.lessons_of_teacher[name]
        yield (
            Text(f"教师{teacher.name}", f"teacher {name}"),
            _sites(problem, lessons, ""),
        )


def _sites(
    problem: Problem, lessons: Iterable[Lesson], school_id: str
) -> tuple[str, ...]:
    """Sites where these lessons may begin and end, seen from one school.

    Without a school, from that of each requirement's first class, as teachers do.
    """
    sites: dict[str, None] = {}
    for requirement in dict.fromkeys(x.requirement for x in lessons):
        school = school_id or problem.schools_of(requirement)[0]
        sites |= dict.fromkeys(_sites_of(problem, requirement, school))
    return tuple(sites)


def _sites_of(
    problem: Problem, requirement: Requirement, school_id: str
) -> Iterator[str]:
    for name in problem.allowed_layouts(requirement):
        home = problem.site_of_school(school_id)
        if name == HOME:
            yield home
            continue
        venue = problem.venue[problem.layout[name].venue_id]
        # Under an agreement the walk covers the way: it begins and ends at home.
        yield venue.site_id if venue.owner == school_id else home


def unknown_sites(draft: Draft) -> Iterator[DataError]:
    """A site that neither a school nor a venue stands on is probably misspelt."""
    problem = draft.problem
    if draft.partial & {"venues", "schools"}:
        return
    sites = {problem.site_of_school(s.school_id) for s in problem.schools}
    sites |= {v.site_id for v in problem.venues}
    for row in draft.rows["sites"]:
        for column in ("from_site", "to_site"):
            if getattr(row.item, column) not in sites:
                zh, en = "没有学校或场地在这里", "is the site of no school or venue"
                yield row.fault(column, zh, en)
