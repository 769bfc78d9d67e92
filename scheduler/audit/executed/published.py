"""E01: one timetable, not one on the wall and another in class."""

from collections.abc import Iterator

from scheduler.audit.findings import Severity
from scheduler.audit.ruling.documents import MINISTRY_2026, NANCHANG, cited
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, Scope, rule
from scheduler.model.text import Text


@rule(
    "E01",
    Severity.CRITICAL,
    "T",
    Text(
        "公布、张贴和系统中的课表一致", "published, posted and system timetables agree"
    ),
    wording="严禁“阴阳课表”",
    source=cited(MINISTRY_2026, NANCHANG),
    mend=Text(
        "以批准的课表为准，统一各份", "make all copies agree with the approved one"
    ),
    scope=Scope.SCHOOL,
)
def one_timetable(case: Case) -> Iterator[Item]:
    """Cells of several sources that say different things of one lesson."""
    school = case.school
    if school.sources < 2:
        text = Text(
            "只有一份课表，没有可以比对的公布、张贴或系统课表",
            "there is one timetable only, nothing to compare it with",
        )
        yield NotChecked("one_source", text)
        return
    proven = [d for d in school.differences if d.proven]
    for difference in proven:
        yield Found(
            difference.text,
            "2",
            "1",
            school.class_of.get(difference.class_key),
            subject=difference.subject,
            day=str(difference.day),
            period=str(difference.period),
        )
    if not proven:
        yield MET
