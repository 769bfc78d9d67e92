"""C01-C05 and C07: what bells must keep to."""

from collections.abc import Callable, Iterator

from scheduler.audit.findings import Severity, number
from scheduler.audit.inputs.school import AuditClass, Use
from scheduler.audit.profile import Values, is_primary
from scheduler.audit.ruling.documents import (
    BIG_BREAK,
    EYES,
    GUANGDONG,
    MINISTRY_2026,
    NEGATIVE_LIST,
    PLAN,
    SICHUAN,
    SLEEP,
    STUDY_HOURS,
    TEN_MEASURES,
    cited,
)
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, Scope, rule
from scheduler.audit.ruling.saying import joined
from scheduler.audit.standard import TOTAL
from scheduler.audit.taught import lesson_minutes
from scheduler.audit.time.bells import Ringing, pauses, ringings
from scheduler.model.text import Text, weekday
from scheduler.model.times import LESSON_ROWS, RowKind, format_clock

_BELL = Text("调整作息时间", "change the bell times")


def _each(
    case: Case, judge: Callable[[Case, Ringing], Iterator[Item]]
) -> Iterator[Item]:
    """Judge every bell; classes without one are not checked."""
    for ringing in ringings(case):
        if isinstance(ringing, NotChecked):
            yield ringing
        else:
            yield from judge(case, ringing)


@rule(
    "C01",
    Severity.ERROR,
    "B",
    Text(
        "第一节课不早于8:20（小学）／8:00（初中）", "the first lesson's earliest start"
    ),
    wording="不得早于",
    source=cited(GUANGDONG, SLEEP),
    mend=_BELL,
    scope=Scope.SCHOOL,
)
def first_lesson(case: Case) -> Iterator[Item]:
    """The earliest lesson row of any day."""
    return _each(case, _first_lesson)


def _first_lesson(case: Case, ringing: Ringing) -> Iterator[Item]:
    values = case.profile.values
    least = (
        values.first_lesson_primary
        if is_primary(ringing.grade)
        else values.first_lesson_junior
    )
    firsts = {d: ringing.bell.rows(d, LESSON_ROWS)[0] for d in ringing.days}
    early = {d: row for d, row in firsts.items() if row.start < least}
    if not early:
        if firsts:
            yield MET
        return
    start = format_clock(min(row.start for row in early.values()))
    yield Found(
        Text(
            f"{ringing.who.zh}第1节{start}上课，不得早于{format_clock(least)}。",
            f"{ringing.who.en}: the first lesson starts at {start}, not before "
            f"{format_clock(least)} is allowed.",
        ),
        start,
        format_clock(least),
        ringing.group,
        ringing.grade,
        day=joined(early),
        period=joined(dict.fromkeys(row.number for row in early.values())),
    )


@rule(
    "C02",
    Severity.WARNING,
    "B",
    Text("课时长度和周总分钟数合规", "lesson length and weekly minutes"),
    wording="小学40分钟、初中45分钟；可调整长度，周总分钟数不变",
    source=PLAN,
    mend=Text(
        "调整课时长度或节数，使周总分钟数不变",
        "change the length or the number of lessons until the weekly minutes are right",
    ),
    scope=Scope.SCHOOL,
)
def lesson_length(case: Case) -> Iterator[Item]:
    """Another length is fine where the week's minutes come to the same."""
    return _each(case, _lesson_length)


def _lesson_length(case: Case, ringing: Ringing) -> Iterator[Item]:
    standard, usual = case.profile.minutes(ringing.grade), lesson_minutes(ringing.bell)
    if usual == standard:
        yield MET
        return
    for group in ringing.classes:
        row = case.hours[group.key].rows.get(TOTAL)
        if row is None or row.standard is None or not case.school.taught(group):
            continue
        demanded = row.standard.reference or row.standard.minimum
        least = (demanded - case.profile.values.total_tolerance) * standard
        most = (demanded + case.profile.values.total_tolerance) * standard
        firm = row.taught.placed.minutes
        if firm <= most and firm + row.flexible.placed.minutes >= least:
            yield MET
            continue
        yield Found(
            Text(
                f"{group.name}每节{usual}分钟（方案为{standard}分钟），每周"
                f"{number(firm)}分钟，应为{number(demanded * standard)}分钟。",
                f"{group.name}: lessons of {usual} minutes (the plan: {standard}), "
                f"{number(firm)} minutes a week, {number(demanded * standard)} "
                "demanded.",
            ),
            str(usual),
            str(standard),
            group,
        )


@rule(
    "C03",
    Severity.ERROR,
    "B",
    Text("课间不少于10分钟，鼓励15分钟", "breaks of 10 minutes, better 15"),
    wording="不少于10分钟；15分钟为鼓励",
    source=cited(TEN_MEASURES, MINISTRY_2026, NEGATIVE_LIST),
    mend=_BELL,
    scope=Scope.SCHOOL,
)
def short_breaks(case: Case) -> Iterator[Item]:
    """Between neighbouring lessons, lunch apart: under 10 error, under 15 warning."""
    return _each(case, _short_breaks)


def _short_breaks(case: Case, ringing: Ringing) -> Iterator[Item]:
    values = case.profile.values
    found = [
        (other.start - one.end, day, one.number)
        for day in ringing.days
        for one, other in pauses(ringing.bell, day)
    ]
    low = [x for x in found if x[0] < values.break_error]
    short = [x for x in found if values.break_error <= x[0] < values.break_warning]
    for rows, demanded, severity in (
        (low, values.break_error, Severity.ERROR),
        (short, values.break_warning, Severity.WARNING),
    ):
        if rows:
            yield _break_found(ringing, rows, demanded, severity)
    if found and not (low or short):
        yield MET


def _break_found(
    ringing: Ringing,
    rows: list[tuple[int, int, int]],
    demanded: int,
    severity: Severity,
) -> Found:
    least, day, period = min(rows)
    same = [x for x in rows if x[2] == period and x[0] == least]
    zh = "应不少于" if severity is Severity.ERROR else "提倡"
    en = "are demanded" if severity is Severity.ERROR else "are encouraged"
    return Found(
        Text(
            f"{ringing.who.zh}{weekday(day).zh}第{period}节后课间只有{least}分钟，"
            f"{zh}{demanded}分钟（共{len(rows)}处）。",
            f"{ringing.who.en}: {least} minutes after period {period} on "
            f"{weekday(day).en}, {demanded} {en} ({len(rows)} places).",
        ),
        str(least),
        str(demanded),
        ringing.group,
        ringing.grade,
        day=joined(x[1] for x in same),
        period=str(period),
        severity=severity,
    )


@rule(
    "C04",
    Severity.ERROR,
    "B",
    Text("每天有30分钟大课间", "a big break of 30 minutes a day"),
    wording="每天不少于30分钟",
    source=BIG_BREAK,
    mend=_BELL,
    scope=Scope.SCHOOL,
)
def big_break(case: Case) -> Iterator[Item]:
    """The longest big break of a day, or the longest pause where none is named."""
    return _each(case, _big_break)


def _big_break(case: Case, ringing: Ringing) -> Iterator[Item]:
    bell, demanded = ringing.bell, case.profile.values.big_break
    kinds = frozenset({RowKind.BIG_BREAK})
    length = {}
    for day in ringing.days:
        named = [r.minutes for r in bell.rows(day, kinds)]
        free = [other.start - one.end for one, other in pauses(bell, day)]
        length[day] = max(named or free, default=0)
    short = {d: n for d, n in length.items() if n < demanded}
    if not short:
        if length:
            yield MET
        return
    least = min(short.values())
    yield Found(
        Text(
            f"{ringing.who.zh}大课间只有{least}分钟，每天应不少于{demanded}分钟。",
            f"{ringing.who.en}: the big break has {least} minutes, {demanded} a day "
            "are demanded.",
        ),
        str(least),
        str(demanded),
        ringing.group,
        ringing.grade,
        day=joined(short),
    )


@rule(
    "C05",
    Severity.WARNING,
    "B",
    Text("每天两次眼保健操列入课表", "eye exercises twice a day"),
    wording="每天上、下午各一次，列入课表",
    source=cited(EYES, BIG_BREAK, SICHUAN),
    mend=Text("在作息表中写上两次眼保健操", "write both into the bell times"),
    scope=Scope.SCHOOL,
)
def eye_exercises(case: Case) -> Iterator[Item]:
    """Rows whose name speaks of the eyes."""
    return _each(case, _eye_exercises)


def _eye_exercises(case: Case, ringing: Ringing) -> Iterator[Item]:
    demanded = case.profile.values.eye_exercises
    rows = ringing.bell.periods
    names = [n for c in ringing.classes[:1] for n in c.row_names]
    if not names and all(r.kind is RowKind.LESSON for r in rows):
        text = Text(
            f"{ringing.who.zh}只有各节课的时间，没有完整作息",
            f"{ringing.who.en}: only the times of lessons are known",
        )
        yield NotChecked("no_full_bell", text, ringing.group)
        return
    extra = sum("眼" in n for n in names)
    count = {
        day: extra + sum("眼" in r.name for r in ringing.bell.on(day))
        for day in ringing.days
    }
    few = {d: n for d, n in count.items() if n < demanded}
    if not few:
        if count:
            yield MET
        return
    least = min(few.values())
    yield Found(
        Text(
            f"{ringing.who.zh}每天眼保健操{least}次，应为{demanded}次，列入课表。",
            f"{ringing.who.en}: eye exercises {least} times a day, {demanded} "
            "demanded.",
        ),
        str(least),
        str(demanded),
        ringing.group,
        ringing.grade,
        day=joined(few),
    )


@rule(
    "C07",
    Severity.ERROR,
    "B",
    Text("每日学习时间不超标", "study time a day"),
    wording="不超过4／5／6／7小时",
    source=STUDY_HOURS,
    mend=Text("减少当天节数", "take lessons off that day"),
)
def study_time(case: Case, group: AuditClass) -> Iterator[Item]:
    """Lessons and self-study of a day by the clock, in the fuller week."""
    if group.bell is None:
        text = Text(
            f"{group.name}的课表没有作息时间", f"{group.name} shows no clock times"
        )
        yield NotChecked("no_bell", text, group)
        return
    most = _study_limit(case.profile.values, group.grade or 0)
    minutes = {d: _studied(case, group, d) for d in case.school.days(group)}
    long = {d: n for d, n in minutes.items() if n > most}
    if not long:
        if minutes:
            yield MET
        return
    worst = max(long.values())
    yield Found(
        Text(
            f"{group.name}每天学习{worst}分钟，不得超过{most}分钟。",
            f"{group.name}: {worst} minutes of study a day, at most {most}.",
        ),
        str(worst),
        str(most),
        group,
        day=joined(long),
    )


def _studied(case: Case, group: AuditClass, day: int) -> int:
    """Minutes of lesson rows that are taken, in the week with more."""
    rows = [
        x
        for x in case.school.of(group)
        if x.day == day
        and x.minutes
        and (x.use is Use.LESSON or x.row is RowKind.LESSON)
    ]
    return max(
        sum({x.start: x.minutes or 0 for x in rows if layer in x.week.layers}.values())
        for layer in (0, 1)
    )


def _study_limit(values: Values, grade: int) -> int:
    if grade <= 2:
        return values.study_minutes_12
    if grade <= 4:
        return values.study_minutes_34
    return values.study_minutes_56 if is_primary(grade) else values.study_minutes_79
