"""load: how full the venues are, how low their peaks can be, what levelling costs."""

import argparse
from argparse import Namespace
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from scheduler.audit.capacity import capacity_checks
from scheduler.audit.moves import moves
from scheduler.cli.arguments import (
    add_json,
    add_office,
    add_problem,
    add_timetable,
)
from scheduler.cli.capacity import capacity_facts, capacity_lines, rounded
from scheduler.cli.console import say, say_json
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.cli.numbers import positive
from scheduler.cli.weekly import records, week_facts, week_lines
from scheduler.constraints.evaluate import Report, evaluate
from scheduler.formats.week_grid import HeatCell, HeatMap
from scheduler.formats.xlsx.tables import export_tables
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.model.timetable import Timetable
from scheduler.model.utilisation import UseLevel
from scheduler.services.jobs.peak_proofs import PeakProofs, prove_peaks
from scheduler.services.views.places.load import VenueLoad, venue_loads
from scheduler.services.views.places.use_report import use_report
from scheduler.services.views.places.weekly_use import weekly_use

PROOF_SECONDS = 10.0
NONE = "–"
SHOWN_BELLS = 3
_MARK = {
    UseLevel.RED: Text("，红", ", red"),
    UseLevel.AMBER: Text("，黄", ", amber"),
    UseLevel.GOOD: Text("", ""),
    None: Text("", ""),
}


def add_options(command: argparse.ArgumentParser) -> None:
    """Data, timetable, another one to compare with."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--against",
        type=Path,
        metavar="TIMETABLE",
        help="与另一份课表比较（错峰前）/ compare with this one, as it was before",
    )
    command.add_argument(
        "--xlsx",
        type=Path,
        metavar="FILE.xlsx",
        help="另存使用率报告 / also write the report on use as a workbook",
    )
    command.add_argument(
        "--weeks",
        action="store_true",
        help="列出每个日历周的使用 / list the use of every calendar week",
    )
    command.add_argument(
        "--database",
        metavar="URL",
        help="从数据库读取已确认的课 / count what was confirmed there, "
        "e.g. sqlite:///school.db",
    )
    command.add_argument(
        "--time",
        type=positive,
        default=PROOF_SECONDS,
        metavar="S",
        help="每项证明最多用时（秒）/ seconds for each proof (default: %(default)g)",
    )
    add_office(command)
    add_json(command)


def run(options: Namespace) -> int:
    """Show the load of a timetable, beside another's where one is given."""
    problem = load_problem(options.problem)
    timetable = load_timetable(problem, options.timetable)
    other = load_timetable(problem, options.against) if options.against else None
    log = records(timetable, options.database, options.office)
    if options.xlsx:
        sheets = ((x.title, x.heads, x.rows) for x in use_report(timetable, *log))
        export_tables(sheets, options.xlsx, options.lang)
    proofs = prove_peaks(timetable, options.time)
    if options.json:
        facts = _facts(timetable, proofs)
        weeks = weekly_use(timetable, venue_loads(timetable), *log)
        facts["weeks"] = [week_facts(x) for x in weeks]
        if other is not None:
            facts["against"] = _facts(other, None)
        say_json(facts)
        return 0
    for line in _lines(timetable, other, proofs):
        say(line.in_language(options.lang))
    if options.weeks:
        loads = venue_loads(timetable)
        for line in week_lines(loads, weekly_use(timetable, loads, *log)):
            say(line.in_language(options.lang))
    return 0


def _facts(timetable: Timetable, proofs: PeakProofs | None) -> dict[str, Any]:
    report, loads = evaluate(timetable), venue_loads(timetable)
    return {
        "hard": report.hard,
        "soft": report.soft,
        "costs": {r.name: r.cost for r in report.results},
        "least_sum_of_peaks": proofs.least_sum if proofs else None,
        "venues": [_venue_facts(x, proofs) for x in loads],
        "capacity": [capacity_facts(x) for x in capacity_checks(timetable.problem)],
        "moves": [
            {
                "school_id": m.school_id,
                "day": m.day,
                "time": format_clock(m.minute),
                "classes": list(m.classes),
            }
            for m in moves(timetable)
        ],
    }


def _venue_facts(load: VenueLoad, proofs: PeakProofs | None) -> dict[str, Any]:
    proof = proofs.of.get(load.venue.venue_id) if proofs else None
    return {
        "venue_id": load.venue.venue_id,
        "name": load.venue.name,
        "peak_classes": load.heat.peak_classes,
        "peak_pupils": load.heat.peak_pupils,
        "least_peak": proof.beside if proof else None,
        "least_peak_alone": proof.alone if proof else None,
        "peak_proven_minimal": proof.minimal if proof else None,
        "flatness": rounded(load.flatness),
        "mean_classes": rounded(load.heat.mean),
        "used_zone_periods": rounded(load.used_zone_periods),
        "open_zone_periods": rounded(load.heat.open_zone_periods),
        "idle_zone_periods": rounded(load.heat.idle_zone_periods),
        "use": rounded(load.use),
        "required_use": rounded(load.required_use),
        "use_level": load.level and load.level.value,
        "square_metres_a_pupil": rounded(load.square_metres_a_pupil),
        "week": [
            {
                "day": day,
                "start": format_clock(cell.start),
                "end": format_clock(cell.end),
                "classes": list(cell.classes),
                "pupils": list(cell.pupils),
                "capacity": cell.capacity,
            }
            for row in load.heat.rows
            for day, cell in zip(load.heat.days, row.cells, strict=True)
            if cell is not None
        ],
    }


def _lines(
    timetable: Timetable, other: Timetable | None, proofs: PeakProofs
) -> Iterator[Text]:
    before = {x.venue.venue_id: x for x in venue_loads(other)} if other else {}
    yield proofs.text
    for load in venue_loads(timetable):
        name = load.venue.venue_id
        yield _venue_line(load, before.get(name))
        if name in proofs.of:
            yield _inset(proofs.of[name].text)
        if load.capacity > 1:
            yield from map(_inset, _map(load.heat))
    yield from _crowds(timetable, other)
    yield from capacity_lines(timetable.problem)
    if other is not None:
        yield from _costs(evaluate(timetable), evaluate(other))


def _inset(text: Text) -> Text:
    return Text(f"    {text.zh}", f"    {text.en}")


def _venue_line(load: VenueLoad, before: VenueLoad | None) -> Text:
    """Figures of a venue; of the other timetable first, where one is given."""

    def change(figure: str, own: VenueLoad) -> str:
        now = figure.format(load=own, flat=_share(own.flatness))
        if before is None:
            return now
        was = figure.format(load=before, flat=_share(before.flatness))
        return now if was == now else f"{was} → {now}"

    peak = change("{load.heat.peak_classes}", load)
    pupils = change("{load.heat.peak_pupils}", load)
    flat = change("{flat}", load)
    used = f"{float(load.used_zone_periods):g}/{float(load.heat.open_zone_periods):g}"
    idle = f"{float(load.heat.idle_zone_periods):g}"
    area = load.square_metres_a_pupil
    zh_area = "" if area is None else f"（人均{float(area):.1f}平方米）"
    en_area = "" if area is None else f", {float(area):.1f} m² a pupil at the peak"
    name, mark = load.venue.name, _MARK[load.level]
    share = _share(load.use)
    return Text(
        f"{name}：最多同时{peak}个班、{pupils}人{zh_area}；"
        f"每周已用{used}场次（{share}{mark.zh}），还空{idle}场次；均衡度{flat}",
        f"{name}: peak {peak} classes, {pupils} pupils, load factor {flat}, "
        f"{used} zone-periods used ({share}{mark.en}), {idle} unused{en_area}",
    )


def _share(value: Fraction | None) -> str:
    return NONE if value is None else f"{100 * float(value):.0f} %"


def _map(heat: HeatMap) -> Iterator[Text]:
    """Classes at once, a line for each band, a column for each day."""
    zh = "".join(f" {weekday(day).zh}" for day in heat.days)
    en = "".join(f"{weekday(day).en[:3]:>5}" for day in heat.days)
    yield Text(f"{'':11}{zh}", f"{'':11}{en}")
    for row in heat.rows:
        time = f"{format_clock(row.start)}-{format_clock(row.end)}"
        cells = "".join(f"{_cell(cell):>5}" for cell in row.cells)
        yield Text(f"{time}{cells}", f"{time}{cells}")


def _cell(cell: HeatCell | None) -> str:
    if cell is None or not (cell.capacity or cell.most_classes):
        return NONE
    return f"{cell.most_classes}/{cell.capacity}"


def _crowds(timetable: Timetable, other: Timetable | None) -> Iterator[Text]:
    schools, now = timetable.problem.school, moves(timetable)
    if other is not None:
        was = max((m.most for m in moves(other)), default=0)
        most = max((m.most for m in now), default=0)
        yield Text(
            f"同一时刻换场地班级最多：{was} → {most}",
            f"classes that change place at one bell, most: {was} → {most}",
        )
    for m in sorted(now, key=lambda m: (-m.most, m.day, m.minute))[:SHOWN_BELLS]:
        at, school = format_clock(m.minute), schools[m.school_id].name
        day = weekday(m.day)
        yield Text(
            f"换场地最集中：{school} {day.zh} {at}，{m.most}个班",
            f"most classes on the move: {school}, {day.en} {at}, {m.most}",
        )


def _costs(now: Report, before: Report) -> Iterator[Text]:
    """What the change costs elsewhere, rule by rule."""
    was = {r.name: r.cost for r in before.results}
    yield Text(
        f"待改进分 {before.soft} → {now.soft}", f"soft cost {before.soft} → {now.soft}"
    )
    for result in now.results:
        if result.cost != was[result.name]:
            numbers = f"{was[result.name]} → {result.cost}"
            yield Text(
                f"    {result.title.zh} {numbers}", f"    {result.title.en} {numbers}"
            )
