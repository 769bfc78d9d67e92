"""Shapes of forms and packages: what stands around a class's timetable."""

from collections.abc import Callable

from tests.formats.spreadsheets.corpus.layouts import DAYS, cell_text
from tests.formats.spreadsheets.corpus.page import Page

HAN = "一二三四五六七八九"
YEAR = 2026


def _body(page, rng, school, s, c, top, stub, first):
    """Days across in a row, the lessons of a class below; the row behind the last."""
    for day in DAYS:
        page.put(top, first + day - 1, s.day(day))
    for k, period in enumerate(school.periods, start=1):
        page.put(top + k, stub, f"第{period}节")
        for day in DAYS:
            text = cell_text(rng, s, school.lessons[c, day, period], "none")
            page.put(top + k, first + day - 1, text)
    return top + len(school.periods) + 1


def _taught(school, c):
    """The only teacher of each course of a class, in the order of the week."""
    return {
        code: teacher
        for (group, _, _), slot in sorted(school.lessons.items())
        for _, code, teacher in slot
        if group == c
    }


def forms(rng, school, s, flat=False):
    """A bureau's form: school, grade, class, size and head in cells of their own."""
    pages = []
    for c in school.classes:
        page = Page(f"表{len(pages) + 1}")
        page.put(0, 0, "义务教育学校课程表（备案）")
        grade, number = f"{HAN[c[0] - 1]}年级", f"{c[1]}班"
        cells = ["学校", school.name, "", "年级", grade, "", "班级", number]
        for k, text in enumerate(cells):
            page.put(1, k, text)
        for k, text in enumerate(["班额", "43", "", "班主任", school.heads[c]]):
            page.put(2, k, text)
        page.put(3, 0, "节次")
        bottom = _body(page, rng, school, s, c, 3, 0, 1)
        page.put(bottom, 0, "填表人：")
        page.put(bottom, 3, "审核人：")
        pages.append(page)
    return pages, "none"


def footers(rng, school, s, flat=False):
    """The class and its teachers only below the timetable."""
    pages = []
    for c in school.classes:
        page = Page(f"表{len(pages) + 1}")
        page.put(0, 0, "课程表")
        page.put(1, 0, "节次")
        bottom = _body(page, rng, school, s, c, 1, 0, 1)
        page.put(bottom, 0, f"班级：{HAN[c[0] - 1]}（{c[1]}）班")
        page.put(bottom, 3, f"班主任：{school.heads[c]}")
        said = [f"{s.subject(code)}：{who}" for code, who in _taught(school, c).items()]
        page.put(bottom + 1, 0, rng.choice(["；", " ", "，"]).join(said))
        pages.append(page)
    return pages, "none"


def stub_between(rng, school, s, flat=False):
    """Two classes that share the column of periods between them."""
    pages = []
    for first, second in zip(school.classes[::2], school.classes[1::2], strict=False):
        page = Page(f"表{len(pages) + 1}")
        for c, left in ((first, 0), (second, 6)):
            page.put(0, left, f"{HAN[c[0] - 1]}（{c[1]}）班")
            page.merge(0, left, 1, left + 5)
            _body(page, rng, school, s, c, 1, 5, left)
        page.put(1, 5, "节次")
        pages.append(page)
    shown = {c for k, c in enumerate(school.classes) if k < 2 * len(pages)}
    for slot in [x for x in school.lessons if x[0] not in shown]:
        del school.lessons[slot]
    return pages, "none"


def small_tables(rng, school, s, flat=False):
    """A table of courses and teachers at the right of each timetable, or below."""
    pages = []
    for c in school.classes:
        page = Page(f"表{len(pages) + 1}")
        page.put(0, 0, f"{HAN[c[0] - 1]}（{c[1]}）班课程表")
        page.put(1, 0, "节次")
        bottom = _body(page, rng, school, s, c, 1, 0, 1)
        taught = [(s.subject(code), who) for code, who in _taught(school, c).items()]
        if rng.random() < 0.5:
            for k, pair in enumerate([("学科", "任课教师"), *taught], start=1):
                page.put(k, 7, pair[0])
                page.put(k, 8, pair[1])
        else:
            for k in range(0, len(taught), 5):
                for row, head in enumerate(("学科", "教师")):
                    page.put(bottom + row, 0, head)
                    for column, pair in enumerate(taught[k : k + 5], start=1):
                        page.put(bottom + row, column, pair[row])
                bottom += 2
        pages.append(page)
    return pages, "none"


def years(rng, school, s, flat=False):
    """Classes named by the year in which they entered."""
    pages = []
    for c in school.classes:
        entered = YEAR - (c[0] - 1 if c[0] <= 6 else c[0] - 7)
        name = f"{entered}级{c[1]}班"
        page = Page(name)
        page.put(0, 0, f"{YEAR}-{YEAR + 1}学年第一学期{name}课程表")
        page.put(1, 0, "节次")
        _body(page, rng, school, s, c, 1, 0, 1)
        pages.append(page)
    return pages, "none"


SHAPES: dict[str, Callable] = {
    f.__name__: f for f in (forms, footers, stub_between, small_tables, years)
}
