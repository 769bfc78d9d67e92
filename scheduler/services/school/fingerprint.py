"""A fingerprint of what is printed on paper, to check that against the books.

Made of what is printed alone: it stays the same whatever later releases keep.
"""

import hashlib
import unicodedata
from collections.abc import Iterable

from scheduler.constraints import describe
from scheduler.model.timetable import Timetable

_SIGNS = 16


def fingerprint(timetable: Timetable) -> str:
    """Sixteen signs in fours, as ``3f0a-77c1-9b2e-d410``: equal weeks, equal ones.

    They begin the SHA-256 of the term and, lesson by lesson, of classes, subject,
    teachers, week, day, period, length and place, by the names that people read.
    """
    problem = timetable.problem
    lines = [f"{problem.term.name}|{problem.term.first_day}|{problem.term.last_day}"]
    for lesson_id in sorted(problem.lesson.keys() & timetable.placements.keys()):
        asked = problem.lesson[lesson_id].requirement
        place = timetable.placements[lesson_id]
        names = (problem.teacher[x].name for x in place.teacher_ids)
        parts = (
            *(lesson_id, describe.classes(problem, asked.class_ids)),
            problem.subject[asked.subject_id].name,
            "、".join(names),
            *(place.week.value, place.day, place.period, place.length),
            describe.layout(problem, place.layout_id).zh,
        )
        lines.append("|".join(map(str, parts)))
    return signs_of(lines)


def is_typed(seal: str, typed: str) -> bool:
    """Whether somebody typed this fingerprint, with whatever between its signs."""
    signs = unicodedata.normalize("NFKC", typed).lower()
    return "".join(x for x in signs if x.isalnum()) == seal.replace("-", "")


def signs_of(lines: Iterable[str]) -> str:
    """Sixteen signs in fours of what is printed, line by line."""
    text = "\n".join(lines).encode("utf-8", "surrogatepass")
    signs = hashlib.sha256(text).hexdigest()[:_SIGNS]
    return "-".join(signs[k : k + 4] for k in range(0, _SIGNS, 4))
