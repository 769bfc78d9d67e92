"""audit: timetables of schools against curriculum standards, rule by rule."""

import argparse
import datetime as dt
import json
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from scheduler.audit.inputs.from_reading import flat, schools_read
from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.inputs.school import AuditSchool, Delivery, Facts
from scheduler.audit.profile import Profile, plain
from scheduler.audit.running.audit import Audit, Outcome, audit
from scheduler.cli.arguments import add_json, add_recipe
from scheduler.cli.console import note, say, say_json
from scheduler.cli.folders import make_folder
from scheduler.cli.inputs import load_problem, load_recipe, load_timetable
from scheduler.formats.auditing.corrected import write_corrected
from scheduler.formats.auditing.delivered import (
    DELIVERED_FILE,
    FACTS_FILE,
    read_delivered,
    read_facts,
)
from scheduler.formats.auditing.evidence import EVIDENCE_FILE, write_evidence
from scheduler.formats.auditing.findings_file import (
    FINDINGS_FILE,
    finding_rows,
    write_findings,
)
from scheduler.formats.auditing.page import page
from scheduler.formats.auditing.tables import compared
from scheduler.formats.auditing.workbook import write_workbook
from scheduler.formats.profiles import NATIONAL, read_profile
from scheduler.formats.spreadsheets.cells_file import CELLS_FILE, write_cells
from scheduler.formats.spreadsheets.reading import read_school
from scheduler.formats.spreadsheets.recipe import (
    RECIPE_FILE,
    Recipe,
    recipe_of,
    recipe_toml,
)
from scheduler.model.errors import DataError, InputError
from scheduler.model.read_timetable import ReadTimetable
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable

_SHOWN = 20
_SIDE = (DELIVERED_FILE, FACTS_FILE)


def add_options(command: argparse.ArgumentParser) -> None:
    """Files, data, profile, the audit before, where results go."""
    command.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="+",
        help="学校课表（表格文件或文件夹），或 timetable.csv；也可加 delivered.csv、"
        "audit.toml / spreadsheets, folders of them, or a timetable.csv",
    )
    command.add_argument(
        "--data", type=Path, metavar="DATA", help="timetable.csv 的数据 / its problem"
    )
    command.add_argument(
        "--profile",
        default=NATIONAL,
        metavar="P",
        help="口径：名称或 TOML 文件 / a profile by name or TOML file "
        "(default: %(default)s)",
    )
    add_recipe(command)
    command.add_argument(
        "--against", type=Path, metavar="DIR", help="上次审查的结果 / the audit before"
    )
    command.add_argument(
        "--out", type=Path, metavar="DIR", required=True, help="结果文件夹 / results"
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Audit, write everything, say the counts; 1 on a critical finding or an error."""
    profile = read_profile(options.profile)
    files = list(_expanded(options.files))
    recipe = load_recipe(options.recipe)
    read, schools = _schools(files, options.data, profile, recipe)
    if not schools:
        problem = Text(
            "没有读到一至九年级的班级", "no class of grades 1 to 9 was found"
        )
        raise InputError([DataError(str(files[0]), problem)])
    result = audit(schools, profile)
    changes, trend = None, {}
    if options.against is not None:
        changes, trend = compared(result, options.against)
    make_folder(options.out)
    _write(result, read, (changes, trend), options.out, files)
    if read.cells:
        mapping = recipe_toml(recipe_of(read, recipe))
        (options.out / RECIPE_FILE).write_bytes(mapping.encode())
    left = write_corrected(read.cells, profile, files, options.out / "corrected")
    read = replace(read, notes=(*read.notes, *left))
    if options.json:
        say_json(_facts(result, trend))
    else:
        _say(result, read, trend, options.lang)
    return 1 if result.fails else 0


def _expanded(files: Sequence[Path]) -> list[Path]:
    """Files, and those of folders in the order of their names."""
    found: list[Path] = []
    for path in files:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file())
            found += [p for p in inside if not p.name.startswith((".", "~$"))]
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(2, "No such file or directory", str(path))
    return found


def _schools(
    files: list[Path], data: Path | None, profile: Profile, recipe: Recipe
) -> tuple[ReadTimetable, tuple[AuditSchool, ...]]:
    side = {p.name: p for p in files if p.name in _SIDE}
    if data is not None and data.is_dir():
        for name in _SIDE:
            if (data / name).is_file():
                side.setdefault(name, data / name)
    facts = read_facts(side[FACTS_FILE]) if FACTS_FILE in side else Facts()
    own = [p for p in files if _is_timetable(p)]
    sheets = [p for p in files if p.name not in _SIDE and p not in own]
    read, schools = ReadTimetable(()), []
    if own:
        if data is None:
            problem = Text(
                "这是排课结果，还需要 --data",
                "this is a timetable.csv; --data is needed",
            )
            raise InputError([DataError(str(own[0]), problem)])
        problem_data = load_problem(data)
        for path in own:
            timetable = load_timetable(problem_data, path)
            log = _log_of(timetable, side.get(DELIVERED_FILE), profile)
            schools += schools_of(timetable, profile, log, facts)
    if sheets:
        read = read_school(sheets, recipe, profile.names)
        log = _log_read(read, side.get(DELIVERED_FILE), profile)
        schools += [s for s in schools_read(read, log, facts) if s.classes]
    return read, tuple(schools)


def _is_timetable(path: Path) -> bool:
    """Whether a CSV file is a timetable of a problem, by its first line."""
    if path.suffix.lower() != ".csv":
        return False
    with path.open("rb") as stream:
        first = stream.readline(4096)
    return b"requirement_id" in first and b"lesson_id" in first


def _log_of(
    timetable: Timetable, path: Path | None, profile: Profile
) -> tuple[Delivery, ...] | None:
    if path is None:
        return None
    problem = timetable.problem
    classes = {plain(c.name): c.class_id for c in problem.classes}
    classes |= {plain(c.class_id): c.class_id for c in problem.classes}
    subjects = {
        name: profile.code(s)
        for s in problem.subjects
        for name in (s.subject_id, s.name)
    }
    return read_delivered(path, classes, subjects, profile)


def _log_read(
    read: ReadTimetable, path: Path | None, profile: Profile
) -> tuple[Delivery, ...] | None:
    if path is None:
        return None
    classes = {plain(c.name.printed): flat(c.key) for c in read.classes}
    return read_delivered(path, classes, {}, profile)


def _write(
    result: Audit,
    read: ReadTimetable,
    against: tuple[Any, dict[str, dict[str, int]]],
    out: Path,
    files: list[Path],
) -> None:
    changes, trend = against
    write_cells(read, out / CELLS_FILE)
    write_findings(result, out / FINDINGS_FILE)
    write_workbook(result, trend, changes, out / "report.xlsx")
    day = dt.date.today().isoformat()  # noqa: DTZ011 - the day on the wall
    (out / "report.html").write_text(page(result, trend, day), encoding="utf-8")
    facts = json.dumps(_facts(result, trend), ensure_ascii=False, indent=2)
    (out / "report.json").write_text(facts, encoding="utf-8")
    parts = {
        name: (out / name).read_bytes()
        for name in (CELLS_FILE, FINDINGS_FILE, "report.html", "report.xlsx")
    }
    for number, path in enumerate(files, start=1):
        parts[f"timetables/{number:03d} {path.name}"] = path.read_bytes()
    write_evidence(parts, out / EVIDENCE_FILE)


def _facts(result: Audit, trend: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {
        "profile": {"id": result.profile.id, "version": result.profile.version},
        "outcomes": {o.value: result.count(o) for o in Outcome},
        "findings": result.counts(),
        "schools": [
            {
                "name": s.name,
                "classes": len(s.classes),
                "outcomes": {o.value: result.count(o, s) for o in Outcome},
                "findings": result.counts(s),
                **({"trend": trend.get(s.name, {})} if trend else {}),
            }
            for s in result.schools
        ],
        "rows": list(finding_rows(result)),
    }


def _say(
    result: Audit, read: ReadTimetable, trend: dict[str, dict[str, int]], lang: str
) -> None:
    n = {o: result.count(o) for o in Outcome}
    counts = result.counts()
    say(
        Text(
            f"{len(result.schools)}所学校：符合{n[Outcome.MET]}条，"
            f"不符合{n[Outcome.VIOLATED]}条，未核对{n[Outcome.NOT_CHECKED]}条，"
            f"不适用{n[Outcome.NOT_APPLICABLE]}条。问题：严重{counts['C']}、"
            f"错误{counts['E']}、提醒{counts['W']}、提示{counts['I']}。",
            f"{len(result.schools)} schools: {n[Outcome.MET]} rules met, "
            f"{n[Outcome.VIOLATED]} violated, {n[Outcome.NOT_CHECKED]} not checked, "
            f"{n[Outcome.NOT_APPLICABLE]} not applicable. Findings: {counts['C']} "
            f"critical, {counts['E']} errors, {counts['W']} warnings, {counts['I']} "
            "information.",
        ).in_language(lang)
    )
    for item in read.notes:
        if item.kind in ("failed", "hidden"):
            note(
                Text(f"{item.place}：{item.text.zh}", f"{item.place}: {item.text.en}"),
                lang,
            )
    ranked = sorted(result.findings, key=lambda x: x[0].severity(x[1]).rank)
    for rule_result, found in ranked[:_SHOWN]:
        school = rule_result.school.name if rule_result.school else ""
        label = (
            f"[{rule_result.severity(found).letter}] {rule_result.rule.id} {school} "
        )
        say(label + found.text.in_language(lang))
    if len(ranked) > _SHOWN:
        more = len(ranked) - _SHOWN
        say(
            Text(
                f"另有{more}处，见 {FINDINGS_FILE}。",
                f"{more} more in {FINDINGS_FILE}.",
            ).in_language(lang)
        )
    total = {
        w: sum(t.get(w, 0) for t in trend.values()) for w in ("mended", "still", "new")
    }
    if trend:
        say(
            Text(
                f"回头看：已整改{total['mended']}处，仍存在{total['still']}处，"
                f"新增{total['new']}处。",
                f"Against the audit before: {total['mended']} mended, {total['still']} "
                f"still there, {total['new']} new.",
            ).in_language(lang)
        )
