"""Timetables of last year beside the tables of a draft: who and what is the same.

Spreadsheets of timetables have no ids and much that is guessed. Classes, people,
subjects and places are found by their names; what is there stays as it is, what is
new is added. Lessons go by class and subject.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from scheduler.formats.problem.offered import Offered
from scheduler.formats.problem.typed import SHEET, Cells, Rows
from scheduler.formats.tables.cells import plain
from scheduler.formats.tables.declared.problem_tables import REQUIREMENTS, TERM_TABLES
from scheduler.formats.tables.names import class_number
from scheduler.model.meeting import Placement

_NAMED = ("schools", "subjects", "classes", "teachers", "venues", "zones", "layouts")
_SAID = frozenset(
    ("requirement_id", "class_ids", "subject_id", "teacher_ids", "per_week", "week")
)
"""What timetables say of lessons; the rest is the draft's."""
Ids = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Rows and placements with the ids of the draft."""

    offered: Offered
    placements: Mapping[str, Placement]


def aligned(found: Rows, placements: Mapping[str, Placement], ours: Rows) -> Aligned:
    """What was read of timetables, in the ids of the draft."""
    ids = {name: _ids(name, found[name].values(), ours) for name in _NAMED}
    rows = {
        name: [_renamed(name, row, ids) for row in own.values()]
        for name, own in found.items()
        if own and not _left_out(name, ours)
    }
    lessons = _lesson_ids(rows.get(REQUIREMENTS.name, ()), ours)
    ids[REQUIREMENTS.name] = lessons
    offered = {n: tuple(_renamed(n, x, ids) for x in own) for n, own in rows.items()}
    if bells := [
        x["bell_id"] for x in ours.get("bells", {}).values() if "bell_id" in x
    ]:
        classes = offered.get("classes", ())
        offered["classes"] = tuple({**x, "bell_id": bells[0]} for x in classes)
    columns = {n: frozenset(SHEET[n].key) for n in offered}
    columns[REQUIREMENTS.name] = _SAID
    added = frozenset(offered) - {REQUIREMENTS.name}
    placed = {
        _lesson(lesson_id, lessons): _placed(where, ids)
        for lesson_id, where in placements.items()
    }
    return Aligned(Offered(offered, columns, (), added), placed)


def _left_out(name: str, ours: Rows) -> bool:
    """Dates of the term are guessed, and bells where the draft has some."""
    return SHEET[name] in TERM_TABLES or (name == "bells" and bool(ours.get("bells")))


def _ids(name: str, rows: Iterable[Cells], ours: Rows) -> dict[str, str]:
    """Ids of the draft by those read; one that is another's there gets a new one."""
    key = SHEET[name].columns[0].name
    usual: Callable[[str], str] = class_number if name == "classes" else lambda text: ""

    def spelled(row: Cells) -> str:
        text = row.get("name", "")
        return usual(text) or plain(text).replace(" ", "").lower()

    known = ours.get(name, {}).values()
    counts = Counter(map(spelled, known))
    named = {spelled(x): x[key] for x in known if counts[spelled(x)] == 1 and key in x}
    taken = {x.get(key, "") for x in known}
    found: dict[str, str] = {}
    for row in rows:
        own, name_here = row[key], spelled(row)
        if name_here and name_here in named:
            found[own] = named[name_here]
        else:
            found[own] = _free(own, taken)
            taken.add(found[own])
    return found


def _free(wanted: str, taken: set[str]) -> str:
    number, found = 2, wanted
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


def _lesson_ids(rows: Iterable[Cells], ours: Rows) -> dict[str, str]:
    """Ids of requirements: those of the draft for the same classes and subject."""

    def what(row: Cells) -> tuple[str, str]:
        return row.get("class_ids", ""), row.get("subject_id", "")

    known = ours.get(REQUIREMENTS.name, {}).values()
    there, here = Counter(map(what, known)), Counter(map(what, rows))
    same = {what(x): x["requirement_id"] for x in known if there[what(x)] == 1}
    taken = {x.get("requirement_id", "") for x in known}
    found: dict[str, str] = {}
    for row in rows:
        own, key = row["requirement_id"], what(row)
        if here[key] == 1 and key in same:
            found[own] = same[key]
        else:
            found[own] = _free(own, taken)
            taken.add(found[own])
    return found


def _renamed(table: str, row: Cells, ids: Mapping[str, Ids]) -> Cells:
    """A row with the ids of the draft in its key and wherever it names others."""
    found = dict(row)
    for column in SHEET[table].columns:
        target = column.refers
        if column is SHEET[table].columns[0] and len(SHEET[table].key) == 1:
            target = table
        if target in ids and column.name in found:
            parts = (
                found[column.name].split(";") if column.many else [found[column.name]]
            )
            found[column.name] = ";".join(ids[target].get(x, x) for x in parts)
    return found


def _lesson(lesson_id: str, ids: Ids) -> str:
    name, _, number = lesson_id.partition("#")
    return f"{ids.get(name, name)}#{number}"


def _placed(where: Placement, ids: Mapping[str, Ids]) -> Placement:
    people = tuple(ids["teachers"].get(x, x) for x in where.teacher_ids)
    layout = ids["layouts"].get(where.layout_id, where.layout_id)
    return replace(where, teacher_ids=people, layout_id=layout)
