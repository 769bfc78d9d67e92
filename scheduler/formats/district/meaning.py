"""What rows of one school leave unsaid, in full: among many they would say more."""

from collections.abc import Iterable
from dataclasses import replace

from scheduler.formats.district.ids import NewIds
from scheduler.formats.problem.reading import Records
from scheduler.formats.tables.declared.problem_tables import TABLE
from scheduler.formats.tables.records import Located, fields_of
from scheduler.model.activities import classes_of, requirements_of
from scheduler.model.limits import LimitOn
from scheduler.model.resources import ClassGroup


def said_in_full(rows: Records) -> Records:
    """Rows of one folder, in which "all" and "grade 3" are its own classes by id."""
    full = dict(rows)
    classes = _classes(rows.get("classes", ()))
    ids = tuple(c.class_id for c in classes)
    full["activities"] = tuple(
        _with(
            row,
            "class_ids",
            tuple(c.class_id for c in classes_of(row.made, classes))
            or row.values["class_ids"],
        )
        if row.made is not None
        else row
        for row in rows.get("activities", ())
    )
    full["limits"] = tuple(_limit(row, rows, ids) for row in rows.get("limits", ()))
    full["relations"] = tuple(
        _with(row, "classes", ids)
        if row.made is not None
        and row.made.kind.needs_subjects
        and not row.values.get("classes")
        else row
        for row in rows.get("relations", ())
    )
    return full


def made_anew(old: Records, new_rows: Iterable[Located], new: NewIds) -> NewIds:
    """New ids of the requirements that renamed activities are made into."""
    classes = _classes(old.get("classes", ()))
    called = tuple(
        replace(
            c,
            class_id=new.get(("classes", c.class_id), c.class_id),
            school_id=c.school_id,
        )
        for c in classes
    )
    found: NewIds = {}
    for before, after in zip(old.get("activities", ()), new_rows, strict=True):
        if before.made is None or after.made is None:
            continue
        pairs = zip(
            requirements_of(before.made, classes),
            requirements_of(after.made, called),
            strict=True,
        )
        found |= {
            ("requirements", a.requirement_id): b.requirement_id for a, b in pairs
        }
    return found


def _classes(rows: Iterable[Located]) -> tuple[ClassGroup, ...]:
    return tuple(row.made for row in rows if row.made is not None)


def _limit(row: Located, rows: Records, class_ids: tuple[str, ...]) -> Located:
    if row.made is None or row.values.get("ids"):
        return row
    teachers = [t.values for t in rows.get("teachers", ())]
    match row.made.on:
        case LimitOn.CLASS:
            ids = class_ids
        case LimitOn.TEACHER:
            ids = tuple(str(t["teacher_id"]) for t in teachers if "teacher_id" in t)
        case _:
            groups = (str(t.get("group", "")) for t in teachers)
            ids = tuple(dict.fromkeys(g for g in groups if g))
    return _with(row, "ids", ids, "limits")


def _with(row: Located, column: str, ids: tuple[str, ...], name: str = "") -> Located:
    table = TABLE[name or ("activities" if column == "class_ids" else "relations")]
    values = {**row.values, column: ids}
    return replace(row, values=values, made=table.item(**fields_of(table, values)))
