"""Subjects and teachers of an import, each once, with ids of their own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler.audit.profile import plain
from scheduler.audit.staff.loads import is_surname
from scheduler.formats.spreadsheets.importing.inferred import Inferred
from scheduler.formats.spreadsheets.labels.vocabulary import Vocabulary
from scheduler.model.read_timetable import ClassKey, ReadLesson, ReadTimetable
from scheduler.model.resources import Subject, SubjectKind, Teacher

KINDS = {
    **dict.fromkeys(("CN", "MA", "FL"), SubjectKind.CORE),
    **dict.fromkeys(("SC", "PH", "CH", "BI"), SubjectKind.SCIENCE),
    **dict.fromkeys(("AR", "MUS", "FA"), SubjectKind.ARTS),
    "PE": SubjectKind.PE,
    "PEA": SubjectKind.PE_ACTIVITY,
    "LAB": SubjectKind.LABOUR,
    "PSY": SubjectKind.PSYCH,
    "IT": SubjectKind.IT,
}
OUTDOOR = frozenset({"PE", "PEA"})
TITLED = frozenset({"SCH", "LOC"})
"""Courses whose name says what is taught, as 校本/经典诵读."""
_MARKS = "/·:："


@dataclass(slots=True)
class People:
    """Ids of subjects and teachers, made as lessons name them."""

    school_id: str
    vocabulary: Vocabulary
    inferred: Inferred
    assigned: dict[tuple[ClassKey, str], tuple[str, ...]]
    namesakes: dict[str, bool]
    subjects: dict[str, Subject] = field(default_factory=dict)
    _teachers: dict[str, str] = field(default_factory=dict)
    _taught: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def subject(self, lesson: ReadLesson) -> str:
        """The id of a lesson's subject: its code, else one of its own."""
        code, printed = lesson.subject, plain(lesson.subject_name)
        titled = code in TITLED and any(mark in printed for mark in _MARKS)
        key = code if code and not titled else f"{code}?{printed}"
        if key not in self.subjects:
            name = lesson.subject_name if titled or not code else ""
            self.subjects[key] = self._new_subject(code, name)
        return self.subjects[key].subject_id

    def teachers(self, lesson: ReadLesson, class_name: str) -> tuple[str, ...]:
        """Ids of a lesson's teachers; one stands in where no sheet names any."""
        names = lesson.teachers or self.assigned.get(
            (lesson.class_key, lesson.subject), ()
        )
        subject_id = self.subject(lesson)
        if not names:
            names = (f"待定 {class_name}{self._subject_name(lesson)}",)
            self.inferred.say(
                "teachers",
                "有的课没有写教师，先以“待定”代替，每班每科一位",
                "lessons without a teacher: one stands in for each class and subject",
            )
        ids = []
        for name in names:
            spelling = self._person(name, lesson, class_name)
            ids.append(
                self._teachers.setdefault(spelling, f"T{len(self._teachers) + 1:03d}")
            )
            self._taught[spelling].add(subject_id)
        return tuple(dict.fromkeys(ids))

    def table(self) -> tuple[Teacher, ...]:
        """All teachers, in the order met."""
        return tuple(
            Teacher(teacher_id, name, self.school_id, tuple(sorted(self._taught[name])))
            for name, teacher_id in self._teachers.items()
        )

    def _person(self, name: str, lesson: ReadLesson, class_name: str) -> str:
        """The name; course and class beside a surname that must be several people."""
        spelling = " ".join(name.split())
        if spelling not in self.namesakes:
            return spelling
        self.inferred.say(
            "teachers",
            f"“{spelling}”同一时间在几个班上课，按学科或班级当作不同的人",
            f"“{spelling}” has several classes at once: taken as several people",
        )
        subject = self._subject_name(lesson)
        by_class = self.namesakes[spelling]
        return f"{spelling}（{class_name if by_class else ''}{subject}）"

    def _subject_name(self, lesson: ReadLesson) -> str:
        return self.vocabulary.code_names.get(lesson.subject, lesson.subject_name)

    def _new_subject(self, code: str, printed: str) -> Subject:
        if code:
            name = " ".join(printed.split()) or self.vocabulary.code_names[code]
            kind = KINDS.get(code, SubjectKind.OTHER)
            same = sum(s.standard_code == code for s in self.subjects.values())
            made = f"{code}-{same + 1}" if same else code
            return Subject(
                made, name, kind, standard_code=code, outdoor=code in OUTDOOR
            )
        number = sum(not s.standard_code for s in self.subjects.values()) + 1
        name = " ".join(printed.split()) or "未写学科"
        self.inferred.say(
            "subjects",
            f"“{name}”不是课程方案中的名称，作为单独的学科导入",
            f"“{name}” is no name of the curriculum: imported as a subject of its own",
        )
        return Subject(f"X{number}", name, SubjectKind.OTHER)


def namesakes(lessons: Iterable[ReadLesson]) -> dict[str, bool]:
    """Surnames that several people must share; True where even one course has several.

    A surname alone that stands in several classes at once is no one person's.
    """
    slots: dict[tuple[str, int, int, int], set[tuple[str, ClassKey]]]
    slots = defaultdict(set)
    for lesson in lessons:
        for name in lesson.teachers:
            if is_surname(name):
                for layer in lesson.week.layers:
                    slot = " ".join(name.split()), lesson.day, lesson.period, layer
                    slots[slot].add((lesson.subject, lesson.class_key))
    found: dict[str, bool] = {}
    for (name, *_), taught in slots.items():
        if len(taught) > 1:
            one_course = len({subject for subject, _ in taught}) < len(taught)
            found[name] = found.get(name, False) or one_course
    return found


def assigned_teachers(
    read: ReadTimetable, lessons: Iterable[ReadLesson]
) -> dict[tuple[ClassKey, str], tuple[str, ...]]:
    """Teachers by class and subject: as assigned, else the only ones of its lessons."""
    named: dict[tuple[ClassKey, str], set[tuple[str, ...]]] = defaultdict(set)
    for lesson in lessons:
        if lesson.teachers and lesson.subject:
            named[lesson.class_key, lesson.subject].add(lesson.teachers)
    return {key: one for key, (one, *more) in named.items() if not more} | read.assigned
