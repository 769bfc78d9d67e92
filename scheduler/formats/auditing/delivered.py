"""delivered.csv and audit.toml: lessons as given, and facts no timetable says.

``delivered.csv`` has the columns date, class, period, planned, given, teacher, reason
(``subject planned`` and ``subject given`` are read too), and may have form, entered,
made_up_on. Classes and subjects are named as in the timetable, or by id.
"""

import csv
import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scheduler.audit.inputs.school import Delivery, Facts, ResearchTime
from scheduler.audit.profile import Profile, plain
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.model.times import parse_clock

DELIVERED_FILE = "delivered.csv"
FACTS_FILE = "audit.toml"
_TITLES = {
    "date": ("date", "日期"),
    "class": ("class", "class_id", "班级"),
    "period": ("period", "节次"),
    "planned": ("planned", "subject planned", "subject_planned", "计划课程"),
    "given": ("given", "subject given", "subject_given", "实上课程"),
    "teacher": ("teacher", "教师"),
    "reason": ("reason", "原因"),
    "form": ("form", "form number", "单号"),
    "entered": ("entered", "登记时间"),
    "made_up_on": ("made_up_on", "补课日期"),
}
_NEEDED = ("date", "class", "period", "planned", "given")


def read_delivered(
    path: Path,
    classes: Mapping[str, str],
    subjects: Mapping[str, str],
    profile: Profile,
) -> tuple[Delivery, ...]:
    """Read the log of delivered lessons.

    Parameters:
        classes: Keys of classes by every name they have.
        subjects: Codes of subjects by id and name; other names go by the profile.

    Raises:
        InputError: columns are missing or rows cannot be read; all of them.
        OSError: the file cannot be read.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        titles = {t.strip().lower(): t for t in reader.fieldnames or ()}
        column = {
            name: next((titles[t] for t in spellings if t in titles), None)
            for name, spellings in _TITLES.items()
        }
        missing = [n for n in _NEEDED if column[n] is None]
        if missing:
            problem = Text("缺少此列", "the column is missing")
            raise InputError(
                [DataError(path.name, problem, row=1, column=n) for n in missing]
            )
        found, faults = [], []
        for number, cells in enumerate(reader, start=2):
            row = {
                n: None if c is None else (cells[c] or "").strip()
                for n, c in column.items()
            }
            try:
                found.append(_delivery(row, classes, subjects, profile))
            except ValueError as fault:
                problem = Text(f"读不懂（{fault}）", f"cannot be read ({fault})")
                faults.append(DataError(path.name, problem, row=number))
            except KeyError as fault:
                problem = Text("课表里没有这个班", "no such class in the timetable")
                value = str(fault.args[0])
                faults.append(
                    DataError(
                        path.name, problem, row=number, column="class", value=value
                    )
                )
    if faults:
        raise InputError(faults)
    return tuple(found)


def _delivery(
    row: Mapping[str, str | None],
    classes: Mapping[str, str],
    subjects: Mapping[str, str],
    profile: Profile,
) -> Delivery:
    def code(name: str) -> str:
        if name in subjects:
            return subjects[name]
        known = {r.code for r in profile.standard.rows}
        return name if name in known else profile.names.code_of(name)

    entered, back = row["entered"], row["made_up_on"]
    return Delivery(
        dt.date.fromisoformat(row["date"] or ""),
        classes[plain(row["class"] or "")],
        int(row["period"] or ""),
        code(row["planned"] or ""),
        code(row["given"] or ""),
        row["teacher"] or "",
        row["reason"] or "",
        row["form"],
        dt.datetime.fromisoformat(entered) if entered else None,
        dt.date.fromisoformat(back) if back else None,
    )


def read_facts(path: Path) -> Facts:
    """Read audit.toml: published_on, filed, [[research]], [next_year], [retiring].

    Raises:
        InputError: it cannot be read.
        OSError: the file cannot be read.
    """
    try:
        return _facts(tomllib.loads(path.read_text(encoding="utf-8")))
    except (
        tomllib.TOMLDecodeError,
        UnicodeDecodeError,
        KeyError,
        TypeError,
        ValueError,
    ) as fault:
        problem = Text(f"读不懂（{fault}）", f"cannot be read ({fault})")
        raise InputError([DataError(path.name, problem)]) from fault


def _facts(given: Mapping[str, Any]) -> Facts:
    published = given.get("published_on")
    if published is not None and not isinstance(published, dt.date):
        published = dt.date.fromisoformat(published)
    return Facts(
        published,
        tuple(map(str, given.get("filed", ()))),
        tuple(
            ResearchTime(
                r["code"], int(r["day"]), parse_clock(r["start"]), parse_clock(r["end"])
            )
            for r in given.get("research", ())
        ),
        tuple((int(g), int(n)) for g, n in given.get("next_year", {}).items()),
        tuple((str(c), int(n)) for c, n in given.get("retiring", {}).items()),
    )
