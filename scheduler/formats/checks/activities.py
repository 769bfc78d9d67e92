"""Each activity by itself: classes, meetings, places, pupils, rows of the bell."""

from collections.abc import Iterator

from scheduler.formats.checks.fit import has_place
from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.words import words_of
from scheduler.model.activities import Activity, classes_of, is_known
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.text import Text

_KINDS = Text(
    "请核对作息和可用时段。", "Maybe add such rows to the bell, or other rows?"
)


def known_classes(draft: Draft) -> Iterator[DataError]:
    """Classes, ``grade:`` and ``school:`` stand for classes that are there."""
    if "classes" in draft.partial:
        return
    for row in draft.rows["activities"]:
        for token in row.item.class_ids:
            if not is_known(token, draft.problem.classes):
                yield row.fault(
                    "class_ids",
                    "不在【班级】表中",
                    "stands for no class",
                    Text(
                        "可填班级、“三年级”或“全校”。",
                        "Maybe a class id, grade:3 or school:S1 is meant?",
                    ),
                    token,
                )


def own_ids(draft: Draft) -> Iterator[DataError]:
    """Ids of activities and their waves are those of no subject or requirement."""
    subjects = {row.item.subject_id for row in draft.rows["subjects"]}
    requirements = {row.item.requirement_id for row in draft.rows["requirements"]}
    for row in draft.rows["activities"]:
        made = {r.requirement_id for r in _made(draft.problem, row.item)}
        taken = subjects & {row.item.activity_id} or requirements & made
        if taken:
            yield row.fault(
                "activity_id",
                "已经是学科或教学要求的编号",
                "is the id of a subject or requirement, too",
                Text("请换一个编号。", "Maybe choose another?"),
                min(taken),
            )


def half_meetings(draft: Draft) -> Iterator[DataError]:
    """What meets every other week is one period long."""
    for row in draft.rows["activities"]:
        if row.item.per_week.denominator > 1 and row.item.length > 1:
            yield row.fault(
                "per_week",
                f"隔周一次的活动只能是1节，而每次节数为{row.item.length}",
                "has a meeting every other week, which is one period long, not "
                f"{row.item.length}",
                Text("请写整数。", "Maybe a whole number is meant?"),
            )


def usable_layouts(draft: Draft) -> Iterator[DataError]:
    """A listed layout allows the subject, at a venue each school may use."""
    problem = draft.problem
    for row in draft.rows["activities"]:
        subject_id = row.item.subject_id
        for name in row.item.layouts:
            if name == HOME:
                continue
            layout = problem.layout[name]
            if subject_id and not layout.allows(subject_id):
                yield row.fault(
                    "layouts",
                    f"不能用于学科 {subject_id}",
                    f"does not allow the subject {subject_id}",
                    Text("请核对场地用法表。", "Maybe add the subject to the layout?"),
                    name,
                )
            for school_id in _schools(problem, row.item):
                known = "agreements" not in draft.partial
                if known and not problem.may_use(school_id, layout):
                    yield row.fault(
                        "layouts",
                        f"在场地 {layout.venue_id}，学校 {school_id} 没有使用协议",
                        f"is at {layout.venue_id}, for which {school_id} has no "
                        "agreement",
                        Text("请补充场地协议。", "Maybe an agreement is missing?"),
                        name,
                    )


def too_many_pupils(draft: Draft) -> Iterator[DataError]:
    """At most as many pupils as the classes have."""
    for row in draft.rows["activities"]:
        groups = classes_of(row.item, draft.problem.classes)
        size = sum(c.size for c in groups)
        known = "classes" not in draft.partial and groups
        if known and row.item.pupils is not None and row.item.pupils > size:
            yield row.fault(
                "pupils",
                f"多于这些班的总人数{size}",
                f"is more than the {size} pupils of the classes",
                Text("请核对人数和班级。", "Maybe a class is missing?"),
            )


def meetings_without_place(draft: Draft) -> Iterator[DataError]:
    """The bells of all classes have rows of the kinds, enough in one piece."""
    if draft.partial & {"bells", "classes"}:
        return
    for row in draft.rows["activities"]:
        for requirement in _made(draft.problem, row.item):
            if not has_place(draft.problem, requirement.lessons[0]):
                yield _no_place(draft.problem, row)
                break


def _no_place(problem: Problem, row: Located) -> DataError:
    item: Activity = row.item
    groups = classes_of(item, problem.classes)
    bells = tuple(dict.fromkeys(c.bell_id for c in groups))
    names = Text("、".join(bells), ", ".join(bells))
    kinds = item.rows or item.kind.rows
    words = words_of(kinds)
    for name in bells:
        bell = problem.bell[name]
        if not any(bell.rows(day, frozenset(kinds)) for day in bell.days):
            zh = f"没有可用的时段：作息“{name}”里没有“{words.zh}”"
            en = f"has no row to meet in: bell {name} has none of kind {words.en}"
            return row.fault("rows" if item.rows else "kind", zh, en, _KINDS)
    if item.length > 1:
        zh = f"节放不下：作息“{names.zh}”里没有连着的{item.length}节（{words.zh}）"
        en = f"fits no row: bell {names.en} has no {item.length} of {words.en} in a row"
        return row.fault("length", zh, en, Text("请改短。", "Maybe it is shorter?"))
    zh = f"的作息（{names.zh}）没有相同的时间，不能一起活动"
    en = f"share no clock time for it in their bells {names.en}"
    advice = Text("“分批”可填：按年级、按班。", "Maybe let waves be grade or class?")
    return row.fault("class_ids", zh, en, advice)


def _made(problem: Problem, activity: Activity) -> list[Requirement]:
    name = activity.activity_id
    return [r for r in problem.requirements if r.activity_id == name]


def _schools(problem: Problem, activity: Activity) -> tuple[str, ...]:
    groups = classes_of(activity, problem.classes)
    return tuple(dict.fromkeys(c.school_id for c in groups))
