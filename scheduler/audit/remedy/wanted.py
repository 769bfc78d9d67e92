"""Hours that a class should have: as now, and changed as little as the profile allows.

What is short comes up to its least, what the plan has not goes, what is over its most
goes down to it. The weekly total stays as it is, or goes to the nearest that is
allowed: what comes on top is given by the courses furthest above the reference plan,
what is left free is filled with those furthest below it.
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scheduler.audit.complete.grid import off_plan
from scheduler.audit.findings import number
from scheduler.audit.inputs.school import AuditClass
from scheduler.audit.remedy.balance import HALF, UNLISTED, Balance
from scheduler.audit.remedy.changes import HoursChange
from scheduler.audit.ruling.rule import Case
from scheduler.audit.ruling.saying import course
from scheduler.audit.standard import TOTAL, StandardKind, StandardRow
from scheduler.model.text import Text
from scheduler.model.times import Week

_RULE = {
    "PE": "A05",
    "LAB": "A07",
    "CPA": "A08",
    "IT": "A09",
    "PSY": "A10",
    "AR": "A11",
    "MUS": "A11",
    "FA": "A11",
    "CAL": "A13",
    "CLS": "A14",
    "XJP": "A15",
    "INT": "A16",
}
_ARTS = ("AR", "MUS", "FA")
_READER_GRADES = (3, 5, 8)
_FILLERS = ("SCH", "LOC", "CPA", "LAB")


def wanted_hours(case: Case, group: AuditClass, rows: int) -> tuple[HoursChange, ...]:
    """What a class should have more or fewer of; nothing where all is well.

    Parameters:
        rows: Lesson rows in the class's week: no timetable has more.
    """
    if not case.profile.standard.of_grade(group.grade or 0):
        return ()
    return _Wanted(case, group).changes(Fraction(rows))


class _Wanted:
    """One class on its way to the hours it should have."""

    def __init__(self, case: Case, group: AuditClass) -> None:
        self.case, self.group = case, group
        self.balance = Balance(case, group)
        self.reasons: dict[str, list[tuple[str, Text]]] = defaultdict(list)
        self.taught_by: dict[str, str] = {"CAL": "CN"}
        self.raised: list[str] = []

    def changes(self, rows: Fraction) -> tuple[HoursChange, ...]:
        """All steps, one after the other."""
        total = self.balance.total
        self._drop_unlisted()
        self._calligraphy()
        self._reader()
        self._arts()
        for row in self.balance.rows:
            listed = row.kind in (StandardKind.PLAN, StandardKind.COMPONENT)
            if listed and row.code not in _ARTS:
                self._raise(row, row.code)
        group = self.balance.row.get("INT")
        if group is not None:
            self._raise(group, "SCH")
        self._take_surplus()
        self._meet_total(total, rows)
        return tuple(self._made())

    def _change(self, key: str, amount: Fraction, rule: str, why: Text) -> None:
        if amount:
            self.balance.hours[key] += amount
            self.reasons[key].append((rule, why))

    def _drop_unlisted(self) -> None:
        for lesson in self.case.school.taught(self.group):
            key = self.balance.key(lesson.code, lesson.name)
            if off_plan(self.case, lesson) and self.balance.hours[key]:
                why = Text("不是课程方案中的课程", "no course of the plan")
                self._change(key, -self.balance.hours[key], "A18", why)
        if self.balance.grade <= 2 and self.balance.hours["FL"]:
            why = Text("一、二年级不单设英语", "no English of its own in grades 1-2")
            self._change("FL", -self.balance.hours["FL"], "A19", why)

    def _calligraphy(self) -> None:
        """One of the Chinese lessons becomes calligraphy; their sum stays."""
        row = self.balance.row.get("CAL")
        if row is None:
            return
        lack = self.balance.demanded(row) - self.balance.hours["CAL"]
        if 0 < lack <= self.balance.hours["CN"]:
            why = Text("语文课中单列书法", "one of the Chinese lessons is calligraphy")
            self._change("CN", -lack, "A13", why)
            self._change("CAL", lack, "A13", why)

    def _reader(self) -> None:
        """In term 1 of grades 3, 5, 8 the Student Reader has a lesson of another."""
        here = self.balance.grade in _READER_GRADES and "XJP" in self.balance.row
        if not here or self.case.school.term_number != 1 or self.balance.hours["XJP"]:
            return
        donors = [c for c in ("SCH", "ME", "CLS") if self.balance.hours[c] >= 1]
        if donors:
            name = course(self.case, donors[0])
            why = Text(
                f"第一学期用{name.zh}的1节上学生读本",
                f"in term 1 the Student Reader has one lesson of {name.en}",
            )
            self._change(donors[0], Fraction(-1), "A15", why)
            self._change("XJP", Fraction(1), "A15", why)
            self.taught_by["XJP"] = donors[0]

    def _arts(self) -> None:
        """Music and fine art both, then their total."""
        hours, row = self.balance.hours, self.balance.row.get("AR")
        if row is None:
            return
        for code, other in (("MUS", "FA"), ("FA", "MUS")):
            general = hours["AR"]
            enough = general >= 2 or (general and hours[other])
            both = general if self.balance.grade >= 8 else enough
            if code in self.balance.row and not hours[code] and not both:
                self._raise(self.balance.row[code], code)
        parts = [c for c in ("MUS", "FA") if c in self.balance.row]
        while self.balance.counted(row) < self.balance.demanded(row):
            own = bool(hours["AR"]) and not any(hours[c] for c in parts)
            code = "AR" if own or not parts else min(parts, key=lambda c: hours[c])
            lack = self.balance.demanded(row) - self.balance.counted(row)
            self._add(row, code, min(lack, Fraction(1)), self.balance.demanded(row))

    def _raise(self, row: StandardRow, key: str) -> None:
        demanded = self.balance.demanded(row)
        lack = demanded - self.balance.counted(row)
        if lack > 0:
            self._add(row, key, lack, demanded)

    def _add(
        self, row: StandardRow, key: str, lack: Fraction, demanded: Fraction
    ) -> None:
        have = self.balance.counted(row)
        rule = _RULE.get(row.code, "A03" if have else "A02")
        if row.code == "SC" and self.balance.grade <= 2:
            rule = "A12"
        why = Text(
            f"{row.name.zh}每周{number(have)}节，应不少于{number(demanded)}节",
            f"{row.name.en}: {number(have)} a week, at least {number(demanded)} due",
        )
        self._change(key, lack, rule, why)
        self.raised.append(row.name.zh)

    def _take_surplus(self) -> None:
        """Core courses, local courses and the integrated group to their maximum."""
        core = [c for c in self.case.profile.lists.core if c in self.balance.row]
        for code in (*core, "LOC", "INT"):
            row = self.balance.row.get(code)
            if row is None:
                continue
            most = row.maximum / self.balance.worth
            while self.balance.firm(row) - most >= HALF:
                keys = self._givers(HALF, self.balance.inside(row))
                if not keys:
                    break
                why = Text(
                    f"{row.name.zh}最多{number(row.maximum)}节",
                    f"{row.name.en}: at most {number(row.maximum)} a week",
                )
                rule = "A16" if code in ("LOC", "INT") else "A04"
                self._change(keys[0], -HALF, rule, why)

    def _givers(self, amount: Fraction, keys: tuple[str, ...] = ()) -> list[str]:
        """Courses that can lose so much, who should first comes first."""
        among = keys or tuple(k for k, n in self.balance.hours.items() if n)
        able = [k for k in among if self.balance.can_give(k, amount)]
        return sorted(able, key=self.balance.giving_order)

    def _meet_total(self, before: Fraction, rows: Fraction) -> None:
        row = self.balance.row[TOTAL]
        top, floor = self._bounds(row, before, rows)
        names = "、".join(dict.fromkeys(self.raised))
        room = Text(f"周总课时{number(top)}节", f"{number(top)} lessons a week in all")
        give = (
            Text(f"{room.zh}，为{names}让出", f"{room.en}, gives way")
            if names
            else room
        )
        while self.balance.total > top:
            step = min(Fraction(1), self.balance.total - top)
            keys = self._givers(step) or self._givers(HALF)
            if not keys:
                return
            amount = step if self.balance.can_give(keys[0], step) else HALF
            self._change(keys[0], -amount, "A01", give)
        while self.balance.total < floor:
            step = min(Fraction(1), floor - self.balance.total)
            filler = self._filler(step)
            if filler is None:
                return
            self._change(filler, step, "A01", room)

    def _bounds(
        self, row: StandardRow, before: Fraction, rows: Fraction
    ) -> tuple[Fraction, Fraction]:
        """The most lessons of the week, and the least it is filled up to."""
        balance, spare = self.balance, self.case.profile.values.total_tolerance
        most = HALF * (2 * row.maximum / balance.by_clock // 1)
        if before * balance.by_clock <= row.maximum + spare:
            most = max(most, before)
        most = min(most, rows)
        floor = min(before, most)
        if before * balance.worth < row.minimum - spare:
            floor = min(balance.least(row.minimum), most)
        return most, floor

    def _filler(self, step: Fraction) -> str | None:
        """The course furthest below the reference plan that can have more."""
        plan = [r.code for r in self.balance.rows if r.kind is StandardKind.PLAN]
        young = self.balance.grade <= 2
        able = [
            c
            for c in plan
            if self.balance.can_take(c, step) and not (young and c == "FL")
        ]
        below = [c for c in able if self.balance.excess(c) < 0]
        if below:
            return min(below, key=lambda c: (self.balance.excess(c), plan.index(c)))
        known = [c for c in able if self.balance.hours[c]]
        return next((c for c in (*_FILLERS, *known, *able) if c in able), None)

    def _made(self) -> Iterator[HoursChange]:
        for key, reasons in self.reasons.items():
            before = self.balance.before.get(key, Fraction())
            after = self.balance.hours[key]
            if before == after:
                continue
            unlisted = key.startswith(UNLISTED)
            yield HoursChange(
                self.group.key,
                "" if unlisted else key,
                key.removeprefix(UNLISTED) if unlisted else "",
                before,
                after,
                tuple(dict.fromkeys(r for r, _ in reasons)),
                tuple(dict.fromkeys(t for _, t in reasons)),
                self.taught_by.get(key, "") if after > before else "",
            )


def daily_pe_days(case: Case, group: AuditClass) -> tuple[int, ...]:
    """Weekdays on which a class has PE or a PE activity in odd and in even weeks."""
    weeks: dict[int, set[int]] = defaultdict(set)
    for lesson in case.school.of(group):
        if lesson.code in ("PE", "PEA") and lesson.row != "big_break":
            weeks[lesson.day] |= set(lesson.week.layers)
    return tuple(
        d for d, found in weeks.items() if len(found) == len(Week.EVERY.layers)
    )
