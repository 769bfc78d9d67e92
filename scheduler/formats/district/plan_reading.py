"""Read district.toml: times kept free, posts, what is known of next year.

The file lies in ``district/`` beside the schools' folders, in the one folder of all, or
beside the workbook.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from scheduler.formats.tables.files.toml_files import read_toml
from scheduler.formats.tables.sheet import Faults
from scheduler.model.errors import NO_ADVICE, DataError, InputError, meant
from scheduler.model.problem import Problem
from scheduler.model.staff_plan import Joining, Preparation, Research, StaffPlan
from scheduler.model.text import Text
from scheduler.model.times import MINUTES_A_DAY, parse_clock

PLAN_FILE = "district.toml"
T = TypeVar("T")
_HALVES = {"am": (0, 12 * 60), "pm": (12 * 60, MINUTES_A_DAY)}
_NUMBERS = ("lessons_a_post", "max_subjects", "lessons_a_visit")
_COLUMNS = {
    "research": {"subject", "day", "half", "start", "end"},
    "preparation": {"name", "teachers", "minutes", "site", "day", "start"},
    "classes": {"school", "grade", "classes"},
    "leaving": {"teacher"},
    "joining": {"school", "subject", "posts"},
}


def plan_file(path: Path) -> Path:
    """Where the plan of a district's data lies, if it has one."""
    if not path.is_dir():
        return path.with_name(PLAN_FILE)
    inside = path / "district"
    return (inside if inside.is_dir() else path) / PLAN_FILE


def read_plan(path: Path, problem: Problem) -> StaffPlan:
    """The plan of a district's data; the default one where there is no file.

    Raises:
        InputError: all that is wrong with it.
    """
    file = plan_file(path)
    if not file.is_file():
        return StaffPlan()
    faults = Faults()
    content = read_toml(file, faults)
    if content is None:
        raise InputError(faults.errors)
    return plan_of(content, problem)


def plan_of(content: Mapping[str, Any], problem: Problem) -> StaffPlan:
    """The plan that the content of a district.toml is for a district.

    Raises:
        InputError: all that is wrong with it.
    """
    faults = Faults()
    plan = _Plan(problem, content, faults).plan()
    if faults.errors:
        raise InputError(faults.errors)
    return plan


def parsed(text: str) -> dict[str, Any]:
    """The content of a district.toml as text.

    Raises:
        InputError: it is no TOML.
    """
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        told = Text(f"不是有效的 TOML（{error}）", f"is not valid TOML ({error})")
        raise InputError([DataError(PLAN_FILE, told)]) from None


class _Wrong(Exception):
    """What one value is not; noted where it is met."""


class _Plan:
    """One plan while it is read; faults are noted, and the reading goes on."""

    def __init__(
        self, problem: Problem, content: Mapping[str, Any], faults: Faults
    ) -> None:
        self._problem, self._content, self._faults = problem, content, faults
        self._known: Mapping[str, Mapping[str, object]] = {
            "teacher": problem.teacher,
            "school": problem.school,
            "subject": problem.subject,
        }
        self._place, self._row = "", dict[str, Any]()

    def plan(self) -> StaffPlan:
        """The whole plan."""
        self._refuse_unknown(self._content, (*_NUMBERS, "posts", *_COLUMNS), "")
        numbers: dict[str, int] = {}
        self._place, self._row = "", dict(self._content)
        for key in _NUMBERS:
            if key in self._content:
                numbers |= self._number(key)
        return StaffPlan(
            **numbers,
            posts=self._posts(),
            research=tuple(self._rows("research", self._research)),
            preparations=tuple(self._rows("preparation", self._preparation)),
            classes=dict(self._rows("classes", self._classes)),
            leaving=tuple(self._rows("leaving", self._leaving)),
            joining=tuple(self._rows("joining", self._joining)),
        )

    def _posts(self) -> dict[str, int]:
        given = self._content.get("posts", {})
        if not isinstance(given, dict):
            self._note("posts", str(given), _A_TABLE)
            return {}
        found: dict[str, int] = {}
        self._place, self._row = "posts: ", given
        for key in given:
            if key not in self._problem.subject:
                self._note(f"posts: {key}", key, _unknown("subject"), self._near(key))
                continue
            found |= self._number(key)
        return found

    def _rows(self, name: str, read: Callable[[], T]) -> Iterator[T]:
        given = self._content.get(name, [])
        if not isinstance(given, list) or not all(isinstance(x, dict) for x in given):
            self._note(name, "", _A_LIST, Text(f"请写成 [[{name}]]。", f"[[{name}]]?"))
            return
        for number, row in enumerate(given, 1):
            self._place, self._row = f"{name} {number}: ", row
            self._refuse_unknown(row, tuple(_COLUMNS[name]), self._place)
            try:
                yield read()
            except _Wrong:
                continue

    def _number(self, key: str) -> dict[str, int]:
        try:
            return {key: self._whole(key, 1, 60)}
        except _Wrong:
            return {}

    def _research(self) -> Research:
        subject, day = self._id("subject"), self._whole("day", 1, 7)
        half = self._row.get("half")
        if half is None:
            start, end = self._clock("start"), self._clock("end")
        elif half in _HALVES:
            start, end = _HALVES[str(half)]
        else:
            raise self._wrong("half", Text("不是半天的写法", "must be am or pm"))
        if start >= end:
            raise self._wrong("end", Text("应晚于开始时间", "must be after start"))
        return Research(subject, day, start, end)

    def _preparation(self) -> Preparation:
        given = self._row.get("teachers")
        if not isinstance(given, list) or len(given) < 2:
            raise self._wrong("teachers", _TWO)
        members = tuple(self._named("teachers", "teacher", x) for x in given)
        settled = "day" in self._row or "start" in self._row
        site = str(self._row.get("site", ""))
        problem = self._problem
        for teacher_id in members if site else ():
            home = problem.site_of_school(problem.teacher[teacher_id].school_id)
            if problem.travel_minutes(home, site) is None:
                raise self._wrong("site", _no_way(problem.teacher[teacher_id].name))
        return Preparation(
            str(self._row.get("name", "")) or "备课组",
            members,
            self._whole("minutes", 10, 600),
            site,
            self._whole("day", 1, 7) if settled else None,
            self._clock("start") if settled else None,
        )

    def _classes(self) -> tuple[tuple[str, int], int]:
        place = self._id("school"), self._whole("grade", 1, 9)
        return place, self._whole("classes", 0, 99)

    def _leaving(self) -> str:
        return self._id("teacher")

    def _joining(self) -> Joining:
        posts = self._row.get("posts", 1)
        if isinstance(posts, bool) or not isinstance(posts, int | float) or posts <= 0:
            raise self._wrong("posts", Text("应为正数", "must be above 0"))
        school, subject = self._id("school"), self._id("subject")
        return Joining(school, subject, Fraction(str(posts)))

    def _id(self, kind: str) -> str:
        return self._named(kind, kind, self._row.get(kind))

    def _named(self, column: str, kind: str, value: object) -> str:
        known = self._known[kind]
        if isinstance(value, str) and value in known:
            return value
        advice = meant(str(value), known, _USE_IDS)
        raise self._wrong(column, _unknown(kind), advice, value)

    def _whole(self, column: str, least: int, most: int) -> int:
        value = self._row.get(column)
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if is_number and least <= value <= most:
            return int(value)
        range_ = Text(f"应为{least}到{most}的整数", f"must be {least} to {most}")
        raise self._wrong(column, range_)

    def _clock(self, column: str) -> int:
        try:
            return parse_clock(str(self._row.get(column)))
        except ValueError:
            raise self._wrong(column, _CLOCK) from None

    def _near(self, name: str) -> Text:
        return meant(name, self._problem.subject, _USE_IDS)

    def _refuse_unknown(
        self, row: Mapping[str, Any], known: tuple[str, ...], place: str
    ) -> None:
        for key in row:
            if key not in known:
                text = Text("不是这里可用的设置", "is no setting here")
                self._note(place + key, None, text, meant(key, known))

    def _wrong(
        self,
        column: str,
        problem: Text,
        advice: Text = NO_ADVICE,
        value: object = None,
    ) -> _Wrong:
        given = self._row.get(column) if value is None else value
        said = None if given is None else str(given)
        self._note(self._place + column, said, problem, advice)
        return _Wrong()

    def _note(
        self, column: str, value: str | None, problem: Text, advice: Text = NO_ADVICE
    ) -> None:
        self._faults.errors.append(
            DataError(PLAN_FILE, problem, advice, column=column, value=value)
        )


_KINDS = {
    "teacher": Text("教师", "teacher"),
    "school": Text("学校", "school"),
    "subject": Text("学科", "subject"),
}


def _unknown(kind: str) -> Text:
    word = _KINDS[kind]
    return Text(f"没有这个编号的{word.zh}", f"is the id of no {word.en}")


def _no_way(name: str) -> Text:
    return Text(
        f"【校区】表没有写{name}到那里要多少分钟",
        f"no row of sites says how long {name} travels there",
    )


_USE_IDS = Text("请用表中的编号。", "Maybe its id in the table?")
_A_TABLE = Text("不是表", "is no table")
_A_LIST = Text("不是表的列表", "is not a list of tables")
_TWO = Text("至少要两位教师", "needs at least two teachers")
_CLOCK = Text("不是时刻，例如 13:30", "is no time of day, like 13:30")
