"""Names of subjects as schools write them, and the codes they stand for.

The table is that of :mod:`scheduler.model.course_names`. A name that is not in it may
be a shortened one (packages cut names to five characters or fewer), else the closest
known name is proposed and never applied.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from scheduler.formats.spreadsheets.labels.periods import row_kind
from scheduler.formats.spreadsheets.labels.words import compact
from scheduler.model.course_names import (
    CourseName,
    CourseNames,
    NameUse,
    course_key,
    course_names,
)
from scheduler.model.read_timetable import NO_TEXT, CellKind, CellStatus
from scheduler.model.text import Text
from scheduler.model.times import RowKind

EMPTY_MARKS = frozenset("-/\\×xX·.。○〇_*+=") | {"", "--", "---", "无", "空", "无课"}
_ORNAMENTS = re.compile(r"[*★☆▲△●◆◇■□※#]+|[①-⑳]")
_COUNTED = re.compile(r"(?<=[\u4e00-\u9fff])\d$")
GEOGRAPHY = "地"
_LINKS = re.compile(r"[·\s]")


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a subject's name."""

    printed: str
    code: str = ""
    kind: CellKind = CellKind.LESSON
    status: CellStatus = CellStatus.READ
    rule: str = ""
    suggestion: Text = NO_TEXT
    known: bool = True
    """Whether the table has the name; false for a proposal."""


@dataclass(frozen=True)
class Vocabulary:
    """All known names; ``own`` are a school's corrections, which come first."""

    names: Mapping[str, Name]
    own: Mapping[str, str] = field(default_factory=dict)

    def look_up(self, text: str, grade: int | None = None) -> Name:
        """The reading of a name; of status ``unknown`` where nothing fits."""
        short = _key(text)
        if short in EMPTY_MARKS:
            return Name(text, kind=CellKind.EMPTY)
        found = self._known(short, grade) or self._known(_COUNTED.sub("", short), grade)
        if found is None and len(short) > 1 and short.endswith("课"):
            found = self._known(short[:-1], grade)
        found = found or self._shortened(short) or _row_of_the_day(short)
        found = found or self._proposed(short)
        return replace(found, printed=text)

    def knows(self, text: str) -> bool:
        """Whether a text is a name of the table, nothing shortened or guessed."""
        short = _key(text)
        if self._known(short, None) or self._known(_COUNTED.sub("", short), None):
            return True
        return (
            len(short) > 1
            and short[-1] == "课"
            and self._known(short[:-1], None) is not None
        )

    def recognises(self, text: str) -> bool:
        """Whether a text is a known name or the beginning of only one."""
        return self.look_up(text).known

    def longest_start(self, text: str) -> str:
        """The longest known name of two characters or more that a text begins with."""
        for length in range(min(self._longest, len(text)), 1, -1):
            if text[:length] in self.own or text[:length] in self.names:
                return text[:length]
        return ""

    @cached_property
    def _longest(self) -> int:
        return max(map(len, [*self.names, *self.own]))

    @cached_property
    def code_names(self) -> dict[str, str]:
        """The standard name of each code."""
        found: dict[str, str] = {}
        for spelling, name in self.names.items():
            if name.code and name.status is CellStatus.READ:
                found.setdefault(name.code, spelling)
        return found

    def _known(self, short: str, grade: int | None) -> Name | None:
        if short in self.own:
            code = self.own[short]
            rule = "school_mapping"
            if code not in self.code_names:
                return Name(short, kind=CellKind.NOT_LESSON, rule=rule)
            wording = Text("按本校对照表", "as the school's own mapping says")
            return Name(
                short, code, CellKind.LESSON, CellStatus.CORRECTED, rule, wording
            )
        if short == GEOGRAPHY:
            return self._ground(grade)
        return self.names.get(short)

    def _ground(self, grade: int | None) -> Name:
        """地: geography in junior high, local curriculum in primary school."""
        if grade is None:
            both = Text("地理；地方课程", "geography; local curriculum")
            return Name(GEOGRAPHY, "", status=CellStatus.DOUBTFUL, suggestion=both)
        code = "GE" if grade >= 7 else "LOC"
        name = self.code_names[code]
        wording = Text(f"按年级读作“{name}”", f"read as {name} by the grade")
        return Name(
            GEOGRAPHY,
            code,
            status=CellStatus.CORRECTED,
            rule="short_name",
            suggestion=wording,
        )

    def _shortened(self, short: str) -> Name | None:
        """The only code whose names begin with a text of two characters or more."""
        if len(short) < 2:
            return None
        fits = {
            (name.code, name.kind): name
            for spelling, name in self.names.items()
            if spelling.startswith(short)
            and name.status in (CellStatus.READ, CellStatus.CORRECTED)
        }
        if len(fits) != 1:
            return None
        (name,) = fits.values()
        if not name.code:
            return name
        full = self.code_names[name.code]
        wording = Text(f"名称被截短：{full}", f"name cut short: {full}")
        return replace(
            name,
            status=CellStatus.CORRECTED,
            rule="shortened_name",
            suggestion=wording,
        )

    def _proposed(self, short: str) -> Name:
        """The closest known name as a proposal; unknown without one."""
        close = [x for x in self.names if len(x) > 1 and _one_edit(x, short)]
        codes = dict.fromkeys(self.names[x].code for x in close if self.names[x].code)
        words = "；".join(self.code_names[code] for code in codes)
        wording = Text(f"是否为{words}？", f"maybe {words}?") if words else NO_TEXT
        return Name(short, status=CellStatus.UNKNOWN, suggestion=wording, known=False)


@lru_cache(maxsize=8)
def _read(names: CourseNames) -> Vocabulary:
    return Vocabulary({course_key(x.name): _name(x, names) for x in names.rows})


def read_vocabulary(names: CourseNames | None = None) -> Vocabulary:
    """The names as a reader takes them; those that come with the program by default."""
    return _read(names or course_names())


def _row_of_the_day(short: str) -> Name | None:
    """What is written in a lesson's cell though it is a break: 体育大课间, 午间管理."""
    if row_kind(short) in (RowKind.BIG_BREAK, RowKind.LUNCH, RowKind.BREAK):
        return Name(short, kind=CellKind.NOT_LESSON)
    return None


def _key(text: str) -> str:
    return _LINKS.sub("", compact(_ORNAMENTS.sub("", text)))


def _name(row: CourseName, names: CourseNames) -> Name:
    rule = ""
    if row.read is CellStatus.CORRECTED:
        rule = "obsolete_name" if row.use is NameUse.OBSOLETE else "short_name"
    return Name(row.name, row.code, row.kind, row.read, rule, _suggestion(row, names))


def _suggestion(row: CourseName, names: CourseNames) -> Text:
    """What a name that is not read as it stands should be, or may mean."""
    said = "；".join(row.advice)
    if row.read is CellStatus.CORRECTED:
        full = names.print_name(row.code)
        return Text(f"规范名称：{full}", full)
    if row.read is CellStatus.DOUBTFUL:
        return Text(f"是否为{said}？" if said else "", f"maybe {said}?")
    if row.use is NameUse.SENIOR:
        return Text("高中课程", "a course of senior high schools")
    if row.read is CellStatus.UNKNOWN:
        more = f"，是否为{said}？" if said else ""
        return Text(f"不是课程名称{more}", f"no course {said}".strip())
    return NO_TEXT


def _one_edit(a: str, b: str) -> bool:
    """Whether one character added, left out or changed makes two names equal."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y),
        min(len(a), len(b)),
    )
    rest_a, rest_b = a[start:], b[start:]
    return rest_a[1:] == rest_b[1:] or rest_a[1:] == rest_b or rest_a == rest_b[1:]
