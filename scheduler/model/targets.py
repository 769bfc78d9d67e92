"""What an order names: ``class:C3``, ``teacher:T07@3``, ``day:2``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.errors import DataError, meant
from scheduler.model.problem import Problem
from scheduler.model.text import Text


class TargetKind(StrEnum):
    """Kinds of things an order may name."""

    GRADE = "grade"
    CLASS = "class"
    TEACHER = "teacher"
    DAY = "day"
    LESSON = "lesson"
    VENUE = "venue"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing of a problem, on one weekday where ``day`` is given."""

    kind: TargetKind
    name: str
    day: int | None = None


def read_targets(
    problem: Problem,
    option: str,
    texts: Iterable[str],
    kinds: Iterable[TargetKind],
    daily: bool = False,
) -> tuple[list[Target], list[DataError]]:
    """Read ``kind:id`` texts, with ``@day`` behind where ``daily``.

    Parameters:
        option: Name of the option the texts were given to, for the errors.

    Returns:
        What is named, and a fault for each text that names nothing.
    """
    targets: list[Target] = []
    errors: list[DataError] = []
    for text in texts:
        read = _read(problem, text, tuple(kinds), daily)
        if isinstance(read, Target):
            targets.append(read)
        else:
            problem_text, advice = read
            errors.append(DataError(option, problem_text, advice, value=text))
    return targets, errors


def _read(
    problem: Problem, text: str, kinds: tuple[TargetKind, ...], daily: bool
) -> Target | tuple[Text, Text]:
    kind_text, colon, rest = text.partition(":")
    if not colon or kind_text not in kinds:
        words = ", ".join(f"{kind}:…" for kind in kinds)
        return (
            Text("看不懂", "is not understood"),
            Text(f"应写成 {words}。", f"Maybe one of: {words}?"),
        )
    name, at, day_text = rest.rpartition("@") if daily else (rest, "", "")
    if not at:
        name = rest
    kind = TargetKind(kind_text)
    known = _known(problem, kind)
    if name not in known:
        what = Text(f"数据里没有“{name}”", f'names nothing: there is no "{name}"')
        return what, meant(name, known)
    if not at:
        return Target(kind, name)
    if day_text not in _known(problem, TargetKind.DAY):
        what = Text(
            f"“{day_text}”不是上课日",
            f'is not possible: "{day_text}" is not a school day',
        )
        return what, Text("周一写 1。", "Monday is 1.")
    return Target(kind, name, int(day_text))


def _known(problem: Problem, kind: TargetKind) -> list[str]:
    tables: dict[TargetKind, Callable[[], Iterable[object]]] = {
        TargetKind.GRADE: lambda: (c.grade for c in problem.classes),
        TargetKind.CLASS: lambda: problem.class_group,
        TargetKind.TEACHER: lambda: problem.teacher,
        TargetKind.DAY: lambda: (d for bell in problem.bells for d in bell.days),
        TargetKind.LESSON: lambda: problem.lesson,
        TargetKind.VENUE: lambda: problem.venue,
        TargetKind.ZONE: lambda: problem.zone,
    }
    return [str(name) for name in dict.fromkeys(tables[kind]())]
