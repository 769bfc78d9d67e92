"""audit: timetables of schools against curriculum standards, rule by rule."""

import argparse
import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from scheduler.audit.running.audit import Audit, audit
from scheduler.cli.arguments import add_json, add_office, add_profile, add_recipe
from scheduler.cli.audit_inputs import expanded, read_schools
from scheduler.cli.console import note, say, say_json
from scheduler.cli.folders import make_folder
from scheduler.cli.inputs import load_recipe
from scheduler.formats.auditing.corrected import write_corrected
from scheduler.formats.auditing.evidence import EVIDENCE_FILE, write_evidence
from scheduler.formats.auditing.evidence_tables import evidence_tables
from scheduler.formats.auditing.findings_file import (
    FINDINGS_FILE,
    write_findings,
)
from scheduler.formats.auditing.page import page
from scheduler.formats.auditing.report_file import (
    REPORT_FILE,
    report_facts,
    report_text,
)
from scheduler.formats.auditing.tables import compared
from scheduler.formats.auditing.workbook import write_workbook
from scheduler.formats.profiles import read_profile
from scheduler.formats.spreadsheets.cells_file import CELLS_FILE, write_cells
from scheduler.formats.spreadsheets.importing.building import TIMEZONE
from scheduler.formats.spreadsheets.recipe import (
    RECIPE_FILE,
    recipe_of,
    recipe_toml,
)
from scheduler.formats.spreadsheets.seniors import no_class
from scheduler.model.errors import DataError, InputError
from scheduler.model.read_timetable import ReadTimetable
from scheduler.model.text import Text
from scheduler.services.clock import local_today

_SHOWN = 20
_NOTHING = Text(
    "请给出课表文件，或用 --database 给出数据库",
    "which timetables? Files, or a database by --database",
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Files, data, profile, the audit before, where results go."""
    command.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="*",
        help="学校课表（表格文件或文件夹），或 timetable.csv；也可加 delivered.csv、"
        "audit.toml / spreadsheets, folders of them, or a timetable.csv",
    )
    command.add_argument(
        "--data", type=Path, metavar="DATA", help="timetable.csv 的数据 / its problem"
    )
    command.add_argument(
        "--database",
        metavar="URL",
        help="数据库中已发布的课表；不写 --office 则为全部学校 / the timetables that a "
        "database has in force; without --office those of all offices",
    )
    add_office(command)
    add_profile(command)
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
    if not options.files and options.database is None:
        raise InputError([DataError("cuofeng audit", _NOTHING)])
    files = list(expanded(options.files))
    recipe = load_recipe(options.recipe)
    read, schools = read_schools(files, options, profile, recipe)
    if not schools:
        raise InputError(list(_nothing_read(files, read)))
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
        say_json(report_facts(result, trend))
    else:
        _say(result, read, trend, options.lang)
    return 1 if result.fails else 0


def _nothing_read(files: list[Path], read: ReadTimetable) -> Iterator[DataError]:
    """Of every file that it cannot be read, or what was not found in it."""
    failed = {x.place.file: x.text for x in read.notes if x.kind == "failed"}
    for path in files:
        if (why := failed.get(path.name)) is not None:
            yield DataError(str(path), Text(why.zh.rstrip("。"), why.en.rstrip(".")))
            continue
        own = (c for c in read.classes if path.name in {x.file for x in c.places})
        yield no_class(replace(read, classes=tuple(own)), str(path))
    if not files:
        yield no_class(read, "--database")


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
    day = local_today(TIMEZONE).isoformat()
    (out / "report.html").write_text(page(result, trend, day), encoding="utf-8")
    facts = json.dumps(report_facts(result, trend), ensure_ascii=False, indent=2)
    (out / REPORT_FILE).write_text(facts, encoding="utf-8")
    parts = {
        name: (out / name).read_bytes()
        for name in (CELLS_FILE, FINDINGS_FILE, "report.html", "report.xlsx")
    }
    parts |= evidence_tables(result.schools, result.profile)
    for number, path in enumerate(files, start=1):
        parts[f"timetables/{number:03d} {path.name}"] = path.read_bytes()
    write_evidence(parts, out / EVIDENCE_FILE)


def _say(
    result: Audit, read: ReadTimetable, trend: dict[str, dict[str, int]], lang: str
) -> None:
    say(report_text(report_facts(result)).in_language(lang))
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
