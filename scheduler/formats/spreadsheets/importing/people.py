"""Subjects and teachers of an import, each once, with ids of their own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class People:
    """Ids of subjects and teachers, made as lessons name them."""

    school_id: str
    vocabulary: Vocabulary
    inferred: Inferred
    assigned: dict[tuple[ClassKey, str], tuple[str, ...]]
    subjects: dict[str, Subject] = field(default_factory=dict)
    _teachers: dict[str, str] = field(default_factory=dict)
    _taught: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def subject(self, lesson: ReadLesson) -> str:
        """The id of a lesson's subject: its code, else one of its own."""
        code = lesson.subject
        key = code or f"?{lesson.subject_name}"
        if key not in self.subjects:
            self.subjects[key] = self._new_subject(code, lesson.subject_name)
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
            spelling = self._longer(name)
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

    def _longer(self, name: str) -> str:
        return " ".join(name.split())

    def _subject_name(self, lesson: ReadLesson) -> str:
        return self.vocabulary.code_names.get(lesson.subject, lesson.subject_name)

    def _new_subject(self, code: str, printed: str) -> Subject:
        if code:
            name = self.vocabulary.code_names[code]
            kind = KINDS.get(code, SubjectKind.OTHER)
            return Subject(
                code, name, kind, standard_code=code, outdoor=code in OUTDOOR
            )
        number = sum(1 for key in self.subjects if key.startswith("?")) + 1
        name = " ".join(printed.split()) or "未写学科"
        self.inferred.say(
            "subjects",
            f"“{name}”不是课程方案中的名称，作为单独的学科导入",
            f"“{name}” is no name of the curriculum: imported as a subject of its own",
        )
        return Subject(f"X{number}", name, SubjectKind.OTHER)


def assigned_teachers(
    read: ReadTimetable, lessons: Iterable[ReadLesson]
) -> dict[tuple[ClassKey, str], tuple[str, ...]]:
    """Teachers by class and subject: as assigned, else the only ones of its lessons."""
    named: dict[tuple[ClassKey, str], set[tuple[str, ...]]] = defaultdict(set)
    for lesson in lessons:
        if lesson.teachers and lesson.subject:
            named[lesson.class_key, lesson.subject].add(lesson.teachers)
    return {key: one for key, (one, *more) in named.items() if not more} | read.assigned
