"""Tables of a district's people: weeks, shortages, proposals, many subjects, groups."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from scheduler.district.people.many_subjects import ManySubjects
from scheduler.district.people.proposals import Proposals
from scheduler.district.people.skills import Skills
from scheduler.district.people.weeks import Weeks
from scheduler.formats.district.reports import Cell, ReportTable
from scheduler.model.problem import Problem
from scheduler.model.settings.district import DistrictSettings
from scheduler.model.text import Text, weekday

TEACHER, SCHOOL = Text("教师", "teacher"), Text("学校", "school")
SUBJECT, MINUTES = Text("学科", "subject"), Text("分钟", "minutes")
_LESSONS = Text("每周课时", "lessons a week")
WEEK_NAMES = {
    "every": Text("每周", "every"),
    "odd": Text("单周", "odd"),
    "even": Text("双周", "even"),
}
VENUE = Text("场地", "venue")
VENUE_WEEK = (
    ("venue", VENUE),
    ("day", Text("星期", "day")),
    ("time", Text("时间", "time")),
    ("week", Text("单双周", "weeks")),
    ("school", SCHOOL),
    ("classes", Text("班级", "classes")),
    ("subject", SUBJECT),
)
"""Columns of a week of a venue with all schools in it."""


class StaffTables:
    """Tables with the names that people use."""

    def __init__(self, skills: Skills) -> None:
        self._skills, self._problem = skills, skills.problem

    def shortages(self, key: str, title: Text, found: Iterable[Any]) -> ReportTable:
        """Need against posts by school and subject, what is missing first."""
        rows = [
            (self._school(r.school), self._subject(r.subject), *map(float, numbers))
            for r in found
            for numbers in [(r.needed, r.available, r.missing, r.posts)]
        ]
        columns = (
            ("school", SCHOOL),
            ("subject", SUBJECT),
            ("needed", Text("需要课时", "lessons needed")),
            ("available", Text("可承担课时", "lessons available")),
            ("missing", Text("缺课时", "lessons missing")),
            ("posts", Text("缺岗位", "posts missing")),
        )
        note = Text(
            "课时按每周计；“可承担”按岗位标准，不超过各教师的周课时上限。",
            "Lessons a week; available by the norm of a post, within each one's limit.",
        )
        return ReportTable(key, title, columns, rows, note)

    def proposals(self, found: Proposals) -> ReportTable:
        """Who could go where, and what it costs on the road."""
        rows = [
            (
                self._teacher(p.teacher_id),
                self._school(self._problem.teacher[p.teacher_id].school_id),
                self._school(p.school_id),
                "、".join(f"{self._subject(s)}{n}" for s, n in p.lessons.items()),
                sum(p.lessons.values()),
                p.visits,
                p.minutes,
            )
            for p in found.proposals
        ]
        columns = (
            ("teacher", TEACHER),
            ("from", Text("任职学校", "own school")),
            ("to", Text("支援学校", "goes to")),
            ("subjects", SUBJECT),
            ("lessons", _LESSONS),
            ("visits", Text("每周次数", "visits a week")),
            ("minutes", Text("每周路程分钟", "minutes on the road a week")),
        )
        return ReportTable("proposals", PROPOSALS, columns, rows, _proven(found))

    def many(self, found: Sequence[ManySubjects]) -> ReportTable:
        """Courses to hand over, and to whom."""
        nobody = Text("暂无人可接", "nobody can")
        rows: list[Sequence[Cell]] = [
            (
                self._teacher(h.teacher_id),
                "、".join(map(self._subject, each.subjects)),
                self._classes(h.requirement.class_ids),
                self._subject(h.requirement.subject_id),
                float(h.requirement.per_week),
                nobody if h.to is None else self._teacher(h.to),
                h.minutes,
            )
            for each in found
            for h in each.handovers
        ]
        columns = (
            ("teacher", TEACHER),
            ("subjects", Text("任教学科", "subjects taught")),
            ("classes", Text("班级", "classes")),
            ("subject", Text("建议移交", "to hand over")),
            ("lessons", _LESSONS),
            ("to", Text("接任教师", "who could")),
            ("minutes", Text("每周路程分钟", "minutes on the road a week")),
        )
        return ReportTable("many_subjects", MANY, columns, rows)

    def weeks(self, weeks: Weeks) -> ReportTable:
        """The weeks of travelling teachers by the clock."""
        rows = [
            (
                self._teacher(r.teacher),
                weekday(r.day),
                WEEK_NAMES[r.week],
                f"{r.start}–{r.end}",
                self._school(r.school),
                self._classes(r.classes.split(";")),
                self._subject(r.subject),
                r.needs,
                r.has,
            )
            for r in weeks.table().rename(columns={"class": "classes"}).itertuples()
        ]
        columns = (
            ("teacher", TEACHER),
            ("day", Text("星期", "day")),
            ("week", Text("单双周", "weeks")),
            ("time", Text("时间", "time")),
            ("school", SCHOOL),
            ("classes", Text("班级", "classes")),
            ("subject", SUBJECT),
            ("needs", Text("路上需要（分钟）", "way takes (minutes)")),
            ("has", Text("路上可用（分钟）", "time for it (minutes)")),
        )
        return ReportTable("weeks", WEEKS, columns, rows)

    def travellers(self, weeks: Weeks) -> ReportTable:
        """Schools, visits and minutes of each travelling teacher, against limits."""
        settings = DistrictSettings.of(self._problem.rules)
        rows = [
            (
                self._teacher(t.teacher_id),
                "、".join(map(self._school, t.schools)),
                t.most_a_day,
                len(t.schools),
                t.visits,
                t.minutes,
                t.late,
            )
            for t in weeks.travellers()
        ]
        columns = (
            ("teacher", TEACHER),
            ("schools", SCHOOL),
            ("a_day", Text("一天最多学校数", "schools on one day")),
            ("a_term", Text("本学期学校数", "schools this term")),
            ("visits", Text("每周走教次数", "visits a week")),
            ("minutes", Text("每周路程分钟", "minutes on the road a week")),
            ("late", Text("来不及的路程", "ways too short")),
        )
        day, term = settings.schools_a_day, settings.schools_a_term
        note = Text(
            f"一天最多{day}所、一学期最多{term}所。",
            f"At most {day} schools a day and {term} a term.",
        )
        return ReportTable("travellers", TRAVELLERS, columns, rows, note)

    def _teacher(self, name: str) -> str:
        return self._problem.teacher[name].name

    def _school(self, name: str) -> str:
        return self._problem.school[name].name

    def _subject(self, name: str) -> str:
        return self._problem.subject[name].name

    def _classes(self, names: Sequence[str]) -> str:
        known: Mapping[str, str] = self._problem.class_name
        return "、".join(known.get(n, n) for n in names)


def too_many_sentences(problem: Problem, weeks: Weeks) -> Iterator[Text]:
    """Teachers at more schools than allowed, and ways that cannot be made."""
    for name, a_day, a_term in weeks.too_many():
        who = problem.teacher[name].name
        yield Text(
            f"{who}一天到{a_day}所、一学期到{a_term}所学校，超过规定。",
            f"{who} teaches at {a_day} schools on one day and {a_term} in the term, "
            "more than allowed.",
        )
    for t in weeks.travellers():
        if t.late:
            who = problem.teacher[t.teacher_id].name
            yield Text(
                f"{who}有{t.late}段路来不及。",
                f"{who} has {t.late} ways with too little time.",
            )


def missing_sentence(problem: Problem, row: Any) -> Text:
    """One line of a shortage."""
    school = problem.school[row.school].name
    subject = problem.subject[row.subject]
    lessons, posts = row.missing, row.posts
    few = not posts
    return Text(
        f"{school}缺{subject.name}{lessons:g}节"
        + ("（不到0.1个岗位）。" if few else f"（约{posts:g}个岗位）。"),
        f"{school} lacks {lessons:g} lessons of {subject.name_en or subject.name} "
        + ("(less than 0.1 posts)." if few else f"(about {posts:g} posts)."),
    )


def _proven(found: Proposals) -> Text:
    if found.proven:
        return Text(
            "已证明：没有更公平的分法；同样公平的分法里路程最短（误差不超过0.2 %）。",
            "Proven: no division is fairer; among those as fair travel is least, "
            "within 0.2 %.",
        )
    return Text("时间内尚未证明是最好的。", "Not proven to be the best in time.")


PROPOSALS = Text("共享教师建议", "Sharing proposals")
MANY = Text("多头带课", "Too many subjects")
WEEKS = Text("走教教师一周", "Travelling teachers' weeks")
TRAVELLERS = Text("走教统计", "Travelling teachers")
