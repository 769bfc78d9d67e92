"""Layouts: known timetables laid out as schools lay them out, one function each."""

from collections.abc import Callable
from random import Random

from tests.formats.spreadsheets.corpus.known import Class, School
from tests.formats.spreadsheets.corpus.page import Page
from tests.formats.spreadsheets.corpus.spelling import Spelling

DAYS = range(1, 6)


def cell_text(rng: Random, s: Spelling, slot: list, who: str) -> str:
    """Subjects of a slot with their teachers: ``who`` is none, line, bracket, space."""
    if not slot:
        return rng.choice(["", "", "-", "无"])
    if len(slot) == 1:
        _, code, teacher = slot[0]
        return named(s.subject(code), teacher, who)
    (_, a, ta), (_, b, tb) = slot
    first, second = s.subject(a), s.subject(b)
    if "/" in first + second:
        first, second = f"{first}(单周)", f"{second}(双周)"
        joined = f"{first}\n{second}"
    else:
        joined = rng.choice(
            [
                f"{first}/{second}",
                f"{first}(单)/{second}(双)",
                f"{first}（单）\n{second}（双）",
                f"单周:{first} 双周:{second}",
                f"{first}(单) {second}(双)",
            ]
        )
    return f"{joined}\n{ta}/{tb}" if who == "line" else joined


def named(subject: str, teacher: str, who: str) -> str:
    form = {
        "line": "{}\n{}",
        "bracket": "{}({})",
        "wide": "{}\n（{}）",
        "space": "{} {}",
    }
    return form[who].format(subject, teacher) if who in form else subject


def class_block(
    rng: Random,
    page: Page,
    school: School,
    s: Spelling,
    c: Class,
    top: int,
    left: int,
    look: dict,
) -> int:
    """One L1 block with days across; returns the row behind it."""
    width = 1 + look["session"] + look["times"] + 5
    title = look["title"].format(
        school=school.name, c=s.class_name(c), head=school.heads[c]
    )
    page.put(top, left, title)
    if look["merged"]:
        page.merge(top, left, top + 1, left + width)
    row = top + 1 + look["gap"]
    first = left + look["session"]
    page.put(row, left, look["corner"])
    if look["session"] and look["merged"]:
        page.merge(row, left, row + 1, left + 2)
    if look["times"]:
        page.put(row, first + 1, "时间")
    body = left + width - 5
    for day in DAYS:
        page.put(row, body + day - 1, s.day(day))
    row += 1
    starts = {}
    for line in school.rows:
        if line.period is None and not look["others"]:
            continue
        if look["session"]:
            part = "下午" if line.afternoon else "上午"
            starts.setdefault(part, row)
        label = (
            s.period(line.period, school.morning, look["session"])
            if line.period
            else line.name
        )
        page.put(row, first, label)
        if look["times"]:
            page.put(row, first + 1, s.span(line.start, line.end))
        if line.period is None:
            text = (
                rng.choice(["", line.name, "语文"])
                if line.name in ("早读", "晨读")
                else ""
            )
            text = text or line.name * rng.choice([0, 1])
            page.put(row, body, text)
            page.merge(row, body, row + 1, body + 5)
        else:
            for day in DAYS:
                page.put(
                    row,
                    body + day - 1,
                    cell_text(rng, s, school.lessons[c, day, line.period], look["who"]),
                )
                if look["who"] == "below":
                    teachers = [t for _, _, t in school.lessons[c, day, line.period]]
                    page.put(row + 1, body + day - 1, "/".join(teachers))
            if look["who"] == "below":
                if look["merged"]:
                    page.merge(row, first, row + 2, first + 1)
                row += 1
        row += 1
    ends = [*list(starts.values())[1:], row][: len(starts)]
    for (part, start), end in zip(starts.items(), ends, strict=True):
        page.put(start, left, part)
        if look["merged"]:
            page.merge(start, left, end, left + 1)
    if look["footer"]:
        page.put(row, left, f"班主任：{school.heads[c]}　自2026年9月1日起执行")
        row += 1
    return row


def look_of(rng: Random, flat: bool) -> dict:
    """How the L1 blocks of a file look."""
    return {
        "title": rng.choice(
            [
                "{c}课程表",
                "{school}{c}课表",
                "2026-2027学年第一学期{c}课程表",
                "班级：{c}   班主任：{head}",
                "{school}2026—2027学年度第一学期 {c} 课程表",
            ]
        ),
        "corner": rng.choice(["节次\\星期", "节次", "", "星期/节次", "时间"]),
        "session": int(rng.random() < 0.3),
        "times": int(rng.random() < 0.4),
        "others": rng.random() < 0.8,
        "merged": not flat,
        "gap": int(rng.random() < 0.3),
        "footer": rng.random() < 0.4,
        "who": rng.choice(
            ["none", "line", "bracket", "wide", "space", "below", "none"]
        ),
    }


def sheets_by_class(rng, school, s, flat=False):
    look = look_of(rng, flat)
    pages = []
    for c in school.classes:
        page = Page(s.class_name(c).replace("/", "-"))
        class_block(
            rng, page, school, s, c, rng.choice([0, 0, 1]), rng.choice([0, 0, 1]), look
        )
        pages.append(page)
    return pages, look["who"]


def blocks_down(rng, school, s, flat=False):
    look = look_of(rng, flat)
    page = Page("班级课表")
    row = 0
    for c in school.classes:
        row = class_block(rng, page, school, s, c, row, 0, look) + rng.choice([0, 1, 2])
    return [page], look["who"]


def side_by_side(rng, school, s, flat=False):
    look = look_of(rng, flat)
    page = Page("课表")
    row = 0
    for index in range(0, len(school.classes), 2):
        pair = school.classes[index : index + 2]
        width = 1 + look["session"] + look["times"] + 5
        ends = [
            class_block(rng, page, school, s, c, row, k * (width + look["gap"]), look)
            for k, c in enumerate(pair)
        ]
        row = max(ends) + 1
    return [page], look["who"]


def days_down(rng, school, s, flat=False):
    """L1 with days down and periods across."""
    who = rng.choice(["none", "line", "bracket"])
    pages = []
    for c in school.classes:
        page = Page(s.class_name(c))
        page.put(0, 0, f"{s.class_name(c)}课程表")
        page.put(1, 0, rng.choice(["星期\\节次", "星期", ""]))
        for k, period in enumerate(school.periods):
            page.put(1, 1 + k, s.period(period, school.morning))
        for day in DAYS:
            page.put(1 + day, 0, s.day(day))
            for k, period in enumerate(school.periods):
                page.put(
                    1 + day,
                    1 + k,
                    cell_text(rng, s, school.lessons[c, day, period], who),
                )
        pages.append(page)
    return pages, who


def two_columns_a_day(rng, school, s, flat=False):
    page = Page("课表")
    row = 0
    for c in school.classes:
        page.put(row, 0, f"{s.class_name(c)}课程表")
        page.put(row + 1, 0, "节次")
        for day in DAYS:
            page.put(row + 1, 2 * day - 1, s.day(day))
            page.merge(row + 1, 2 * day - 1, row + 2, 2 * day + 1)
            page.put(row + 2, 2 * day - 1, "课程")
            page.put(row + 2, 2 * day, "教师")
        page.merge(row + 1, 0, row + 3, 1)
        row += 3
        for period in school.periods:
            page.put(row, 0, s.period(period, school.morning))
            for day in DAYS:
                slot = school.lessons[c, day, period]
                page.put(row, 2 * day - 1, cell_text(rng, s, slot, "none"))
                page.put(row, 2 * day, "/".join(t for _, _, t in slot))
            row += 1
        row += 1
    return [page], "column"


def master_wide(rng, school, s, flat=False):
    """L2: a row a class, days over periods."""
    who = rng.choice(["none", "none", "below", "line"])
    s.subjects = rng.choice(["one", "full"]) if who == "none" else "full"
    style = rng.choice(["two", "one", "unmerged"])
    by_grade = rng.random() < 0.4
    pages = []
    grades = sorted({g for g, _ in school.classes})
    for some in [[g] for g in grades] if by_grade else [grades]:
        page = Page(
            f"{'一二三四五六七八九'[some[0] - 1]}年级" if by_grade else "总课表"
        )
        page.put(0, 0, f"{school.name}总课程表")
        n = len(school.periods)
        head = int(rng.random() < 0.4)
        page.put(1, 0, "班级")
        if head:
            page.put(1, 1, "班主任")
        left = 1 + head
        for day in DAYS:
            at = left + (day - 1) * n
            for k, period in enumerate(school.periods):
                if style == "one":
                    text = s.period(period, school.morning)
                    page.put(1, at + k, f"周{'一二三四五'[day - 1]}{text}")
                else:
                    page.put(2, at + k, period)
            if style != "one":
                page.put(1, at, s.day(day))
                if style == "two":
                    page.merge(1, at, 2, at + n)
        if style == "two":
            page.merge(1, 0, 3, 1)
        row = 2 if style == "one" else 3
        for c in [c for c in school.classes if c[0] in some]:
            page.put(row, 0, s.class_name(c))
            if head:
                page.put(row, 1, school.heads[c])
            for day in DAYS:
                for k, period in enumerate(school.periods):
                    column = left + (day - 1) * n + k
                    slot = school.lessons[c, day, period]
                    page.put(row, column, cell_text(rng, s, slot, who))
                    if who == "below":
                        page.put(row + 1, column, "/".join(t for _, _, t in slot))
            if who == "below":
                page.merge(row, 0, row + 2, 1)
            row += 1 + (who == "below")
        pages.append(page)
    return pages, who


def master_tall(rng, school, s, flat=False):
    """L3: columns of classes, rows of days and periods."""
    who = rng.choice(["none", "below", "space", "line"])
    page = Page("总表")
    page.put(0, 0, f"{school.name}2026-2027学年第一学期总课表")
    page.put(1, 0, "星期")
    page.put(1, 1, "节次")
    counted = rng.random() < 0.4
    for k, c in enumerate(school.classes):
        if counted:
            page.put(
                1, 2 + k, f"{'一二三四五六七八九'[c[0] - 1]}年级" if c[1] == 1 else ""
            )
            page.put(2, 2 + k, f"{c[1]}班")
            if c[1] == 1:
                n = sum(g == c[0] for g, _ in school.classes)
                page.merge(1, 2 + k, 2, 2 + k + n)
        else:
            page.put(1, 2 + k, s.class_name(c))
    row = 2 + counted
    for day in DAYS:
        start = row
        page.put(row, 0, s.day(day))
        for period in school.periods:
            page.put(row, 1, s.period(period, school.morning))
            for k, c in enumerate(school.classes):
                slot = school.lessons[c, day, period]
                page.put(row, 2 + k, cell_text(rng, s, slot, who))
                if who == "below":
                    page.put(row + 1, 2 + k, "/".join(t for _, _, t in slot))
            row += 1
            if who == "below":
                page.merge(row - 1, 1, row + 1, 2)
                row += 1
        page.merge(start, 0, row, 1)
    return [page], who


def days_over_classes(rng, school, s, flat=False):
    """L3: a day over its classes across, periods down."""
    page = Page("总课表")
    page.put(0, 0, "节次")
    n = len(school.classes)
    for day in DAYS:
        page.put(0, 1 + (day - 1) * n, s.day(day))
        page.merge(0, 1 + (day - 1) * n, 1, 1 + day * n)
        for k, c in enumerate(school.classes):
            page.put(1, 1 + (day - 1) * n + k, s.class_name(c))
    page.merge(0, 0, 2, 1)
    for r, period in enumerate(school.periods):
        page.put(2 + r, 0, s.period(period, school.morning))
        for day in DAYS:
            for k, c in enumerate(school.classes):
                text = cell_text(rng, s, school.lessons[c, day, period], "none")
                page.put(2 + r, 1 + (day - 1) * n + k, text)
    return [page], "none"


def _by_teacher(school):
    found = {}
    for (c, day, period), slot in school.lessons.items():
        for week, code, teacher in slot:
            found.setdefault(teacher, {}).setdefault((day, period), []).append(
                (c, week, code)
            )
    return found


def teacher_sheets(rng, school, s, flat=False):
    """L4: a block a teacher, cells with subject and class."""
    form = rng.choice(["{sub}\n({c})", "{c}\n{sub}", "{sub} {c}", "{c}{sub}"])
    blocks = rng.random() < 0.5
    pages, row = [], 0
    page = Page("教师课表")
    for teacher, lessons in _by_teacher(school).items():
        if not blocks:
            page, row = Page(teacher), 0
        title = rng.choice(
            ["{t}课表（周课时：{n}节）", "{t} 周课时：{n}节", "教师：{t}"]
        )
        page.put(row, 0, title.format(t=teacher, n=len(lessons)))
        page.put(row + 1, 0, "节次")
        for day in DAYS:
            page.put(row + 1, day, s.day(day))
        for k, period in enumerate(school.periods):
            page.put(row + 2 + k, 0, s.period(period, school.morning))
            for day in DAYS:
                found = lessons.get((day, period), [])
                texts = []
                for c, week, code in found:
                    text = form.format(sub=s.subject(code), c=s.class_name(c))
                    mark = {"odd": "(单)", "even": "(双)"}.get(week, "")
                    texts.append(text + mark)
                page.put(row + 2 + k, day, "".join(texts))
        row += 3 + len(school.periods)
        if not blocks:
            pages.append(page)
    return pages or [page], "teacher"


def flat_list(rng, school, s, flat=False):
    """L7: a row a lesson."""
    page = Page("课程列表")
    heads = ["班级", "星期", "节次", "课程", "教师", "单双周"]
    for k, text in enumerate(heads):
        page.put(0, k, text)
    row = 1
    marks = {"every": "", "odd": "单周", "even": "双周"}
    for (c, day, period), slot in school.lessons.items():
        for week, code, teacher in slot:
            line = [
                s.class_name(c),
                s.day(day),
                s.period(period, school.morning),
                s.subject(code),
                teacher,
                marks[week],
            ]
            for k, value in enumerate(line):
                page.put(row, k, value)
            row += 1
    return [page], "column"


LAYOUTS: dict[str, Callable] = {
    f.__name__: f
    for f in (
        sheets_by_class,
        blocks_down,
        side_by_side,
        days_down,
        two_columns_a_day,
        master_wide,
        master_tall,
        days_over_classes,
        teacher_sheets,
        flat_list,
    )
}
