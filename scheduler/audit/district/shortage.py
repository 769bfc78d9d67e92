"""F04 and F06: whether there are teachers enough, this year and next."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.findings import Severity, number
from scheduler.audit.inputs.school import Staff, Use
from scheduler.audit.profile import is_primary
from scheduler.audit.ruling.documents import ASSUMED, DISTRICT, SHANXI, cited
from scheduler.audit.ruling.rule import (
    MET,
    Case,
    Found,
    Item,
    NotChecked,
    Scope,
    rule,
)
from scheduler.audit.ruling.saying import course
from scheduler.audit.staff.loads import load_of
from scheduler.model.text import Text

_STAFF = Text("招聘、调配或校际共享", "recruit, transfer or share teachers")


@dataclass(frozen=True, slots=True)
class Shortage:
    """Lessons a week of a course that are due, and what its teachers can give.

    ``able`` is what they could give if nothing else were theirs. ``posts`` are full
    posts missing.
    """

    code: str
    due: Fraction
    capacity: Fraction
    able: Fraction
    posts: Fraction
    teachers: tuple[str, ...]

    @property
    def percent(self) -> Fraction | None:
        """Lessons due in per cent of the capacity; None where there is none."""
        return 100 * self.due / self.capacity if self.capacity else None

    @property
    def cause(self) -> str:
        """``staff`` where there are too few teachers, ``deployment`` where they
        teach other courses."""
        return "staff" if self.able < self.due else "deployment"


def shortages(case: Case) -> list[Shortage]:
    """Every course taught in the school against its teachers' capacity."""
    school = case.school
    due: dict[str, Fraction] = defaultdict(Fraction)
    for lesson in school.lessons:
        if lesson.use is Use.LESSON and lesson.code:
            due[_family(lesson.code)] += Fraction(len(lesson.week.layers), 2)
    grades = [c.grade or 1 for c in school.classes]
    stage = "primary" if 2 * sum(map(is_primary, grades)) >= len(grades) else "junior"
    found = []
    for code in sorted(due):
        able = [s for s in school.staff or () if code in s.codes]
        norms = {s.key: Fraction(case.profile.norm(stage, s.codes[0])) for s in able}
        free = {
            s.key: max(Fraction(), norms[s.key] - _elsewhere(case, s, code))
            for s in able
        }
        capacity = sum(free.values(), Fraction())
        lack = max(Fraction(), due[code] - capacity)
        found.append(
            Shortage(
                code,
                Fraction(due[code]),
                capacity,
                sum(norms.values(), Fraction()),
                lack / case.profile.norm(stage, code),
                tuple(s.name for s in able),
            )
        )
    return found


def _family(code: str) -> str:
    """The course whose teachers give another: calligraphy is taught by Chinese."""
    return {"PEA": "PE", "CAL": "CN", "XJP": "ME"}.get(code, code)


def _elsewhere(case: Case, member: Staff, code: str) -> Fraction:
    """Lessons a week that a teacher gives of other courses."""
    own = {
        (x.meeting, x.day, x.period, x.week): x.share
        for x in case.school.by_teacher.get(member.key, ())
        if x.use is Use.LESSON and _family(x.code) == code
    }
    return load_of(case.school, member.key) - sum(own.values(), Fraction())


@rule(
    "F04",
    Severity.ERROR,
    "TS",
    Text("各科师资够用（超100%黄色、超120%红色）", "enough teachers for each subject"),
    wording="预警",
    source=cited(SHANXI, DISTRICT, ASSUMED),
    mend=_STAFF,
    scope=Scope.SCHOOL,
)
def enough_teachers(case: Case) -> Iterator[Item]:
    """Lessons due over what teachers of the subject can give beside their others."""
    values = case.profile.values
    if not any(s.codes for s in case.school.staff or ()):
        text = Text("没有教师任教学科的登记", "the subjects of teachers are not known")
        yield NotChecked("no_staff", text)
        return
    for shortage in shortages(case):
        percent = shortage.percent
        if percent is not None and percent <= values.shortage_warning:
            yield MET
            continue
        red = percent is None or percent > values.shortage_error
        yield _shortage_found(case, shortage, red)


_CAUSES = {
    "staff": Text("缺编缺人", "too few teachers"),
    "deployment": Text("有教师但在教别的科", "its teachers teach other courses"),
}


def _shortage_found(case: Case, shortage: Shortage, red: bool) -> Found:
    values, name = case.profile.values, course(case, shortage.code)
    percent, share = "∞", Text("", "")
    if shortage.percent is not None:
        percent = number(shortage.percent)
        share = Text(f"（{percent}%）", f" ({percent} %)")
    bound = values.shortage_error if red else values.shortage_warning
    why = _CAUSES[shortage.cause]
    due, able = number(shortage.due), number(shortage.capacity)
    lack = number(shortage.due - shortage.capacity)
    posts = number(shortage.posts)
    return Found(
        Text(
            f"{name.zh}每周要上{due}节，现有教师能上{able}节{share.zh}，缺{lack}节，"
            f"约{posts}个岗位；原因：{why.zh}。",
            f"{name.en}: {due} lessons a week, its teachers can give {able}"
            f"{share.en}, {lack} short, about {posts} posts; {why.en}.",
        ),
        percent,
        str(bound),
        subject=shortage.code,
        severity=Severity.ERROR if red else Severity.WARNING,
        cause=shortage.cause,
    )


@rule(
    "F06",
    Severity.INFORMATION,
    "S",
    Text("来年师资缺口", "staffing gap expected next year"),
    wording="预警",
    source=DISTRICT,
    mend=_STAFF,
    scope=Scope.SCHOOL,
)
def next_year(case: Case) -> Iterator[Item]:
    """This year's lessons scaled to next year's classes, less who retires."""
    facts = case.school.facts
    if not facts.next_year and not facts.retiring:
        text = Text(
            "没有来年班数和退休人数",
            "next year's classes and retirements are not known",
        )
        yield NotChecked("no_forecast", text)
        return
    now = Counter(c.grade for c in case.school.classes)
    planned = dict(facts.next_year)
    before = len(case.school.classes)
    after = sum(planned.get(g or 0, n) for g, n in now.items()) + sum(
        n for g, n in planned.items() if g not in now
    )
    leaving = dict(facts.retiring)
    for shortage in shortages(case):
        if not shortage.teachers:
            continue
        due = shortage.due * after / before
        norm = shortage.able / len(shortage.teachers)
        capacity = shortage.capacity - leaving.get(shortage.code, 0) * norm
        if due <= capacity:
            yield MET
            continue
        name = course(case, shortage.code)
        yield Found(
            Text(
                f"来年{after}个班，{name.zh}每周要上{number(due)}节，教师能上"
                f"{number(capacity)}节，缺{number((due - capacity) / norm)}个岗位。",
                f"next year {after} classes need {number(due)} lessons of {name.en} a "
                f"week, teachers can give {number(capacity)}: "
                f"{number((due - capacity) / norm)} posts short.",
            ),
            number(due),
            number(capacity),
            subject=shortage.code,
            cause="staff",
        )
