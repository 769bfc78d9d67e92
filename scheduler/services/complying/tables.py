"""Tables of a problem on their way to other hours: requirements, subjects, bells."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from scheduler.audit.profile import Profile
from scheduler.audit.remedy.changes import HoursChange
from scheduler.formats.spreadsheets.importing.people import KINDS, OUTDOOR
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.resources import Subject, SubjectKind
from scheduler.model.text import Text
from scheduler.model.times import LESSON_ROWS
from scheduler.services.complying.requirements import still_fixed


@dataclass
class Tables:
    """Rows by id, in their order; ``code`` is the standard's code of each subject."""

    problem: Problem
    profile: Profile
    notes: dict[Text, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the tables as they are."""
        problem = self.problem
        self.requirements = {r.requirement_id: r for r in problem.requirements}
        self.subjects = {s.subject_id: s for s in problem.subjects}
        self.code = {s.subject_id: self.profile.code(s) for s in problem.subjects}
        self.bells = dict(problem.bell)
        self.teachers = {t.teacher_id: t for t in problem.teachers}
        self.closed = list(problem.unavailable)

    def of(self, class_id: str, change: HoursChange) -> list[Requirement]:
        """Requirements of a class that a change is about."""
        return [
            r
            for r in self.requirements.values()
            if class_id in r.class_ids
            and r.rows == LESSON_ROWS
            and not r.is_partial
            and self._is_about(r, change)
        ]

    def _is_about(self, requirement: Requirement, change: HoursChange) -> bool:
        if change.code:
            return self.code[requirement.subject_id] == change.code
        return self.subjects[requirement.subject_id].name == change.subject

    def subject(self, code: str, class_id: str) -> Subject:
        """The subject of a code, the class's own if it has one; else a new one."""
        own = [
            r.subject_id for r in self.requirements.values() if class_id in r.class_ids
        ]
        known = [s for s, c in self.code.items() if c == code]
        found = next((s for s in (*own, *known) if s in known), None)
        if found is not None:
            return self.subjects[found]
        made = code
        while made in self.subjects:
            made += "-"
        kind = KINDS.get(code, SubjectKind.OTHER)
        name = self.profile.names.print_name(code)
        subject = Subject(made, name, kind, standard_code=code, outdoor=code in OUTDOOR)
        self.subjects[made], self.code[made] = subject, code
        return subject

    def layouts(self, subject_id: str, class_id: str) -> tuple[str, ...]:
        """Places of a new requirement: as the class has them, else as most have."""
        given = [r for r in self.problem.requirements if r.subject_id == subject_id]
        own = [r.layouts for r in given if class_id in r.class_ids]
        if own:
            return own[0]
        home = not given or any(HOME in r.layouts for r in given)
        return (HOME,) if home else ()

    def add(
        self,
        class_id: str,
        subject: Subject,
        lessons: Fraction,
        teacher: str,
        layouts: tuple[str, ...],
        **more: Any,
    ) -> None:
        """A new requirement of a class."""
        base = f"{class_id}-{subject.subject_id}"
        name = base
        while name in self.requirements or name in self.problem.requirement:
            name += "+"
        made = Requirement(
            name, (class_id,), subject.subject_id, lessons, (teacher,), layouts=layouts
        )
        self.requirements[name] = replace(made, **more)
        known = self.teachers.get(teacher)
        if known is not None and subject.subject_id not in known.subjects:
            subjects = (*known.subjects, subject.subject_id) if known.subjects else ()
            self.teachers[teacher] = replace(known, subjects=subjects)

    def say(self, zh: str, en: str) -> None:
        """Note something for a person to check, once."""
        self.notes.setdefault(Text(zh, en))

    def made(self) -> Problem:
        """The problem of these tables; fixed lessons that are gone are left out."""
        return replace(
            self.problem,
            requirements=tuple(self.requirements.values()),
            subjects=tuple(self.subjects.values()),
            teachers=tuple(self.teachers.values()),
            bells=tuple(self.bells.values()),
            unavailable=tuple(self.closed),
            fixed=still_fixed(self.problem.fixed, self.requirements),
        )
