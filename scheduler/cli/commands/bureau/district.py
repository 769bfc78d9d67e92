"""district: who gets what, all schools solved in parallel, one judgement."""

import argparse
from argparse import Namespace
from pathlib import Path

from scheduler.cli.arguments import add_json, add_time
from scheduler.cli.console import note, rule_line, say, say_json, warn
from scheduler.cli.inputs import load_district
from scheduler.cli.numbers import count, moves, whole
from scheduler.constraints.words import plural
from scheduler.district.checks import errors_of, warnings_of
from scheduler.district.judging import Judgement, judge_whole
from scheduler.district.people.reserving import kept_free
from scheduler.district.sharing.fairness import met_in_turn
from scheduler.district.sharing.shares import Shares, share
from scheduler.district.sharing.telling import school_sentences, teacher_sentences
from scheduler.formats.district.plan_reading import read_plan
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.district import District
from scheduler.model.errors import DataError, InputError
from scheduler.model.staff_plan import StaffPlan
from scheduler.model.text import Text

SHARE, SOLVE, CHECK, STAFF = "share", "solve", "check", "staff"
_DIVIDING = 60.0


def add_options(command: argparse.ArgumentParser) -> None:
    """What is to be done with which district, and where."""
    command.add_argument(
        "act",
        choices=(SHARE, SOLVE, CHECK, STAFF),
        metavar="ACT",
        help="share 分配共用场地和教师，solve 各校排课，check 全区核对，staff 教师调配 "
        "/ share: who gets what; solve: all schools; check: judge all at once; staff: "
        "teachers' weeks, shortages, who could help",
    )
    command.add_argument(
        "problem",
        metavar="DATA",
        type=Path,
        help="数据文件夹或 .xlsx 工作簿，或各校文件夹加 district/ / a folder or "
        "workbook of many schools, or their folders beside district/",
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="结果文件夹；check 和 staff 读其中的 timetable.csv / folder of the "
        "results; check and staff read its timetable.csv",
    )
    command.add_argument(
        "--scheduler",
        default="",
        metavar="URL",
        help="Dask 集群地址；不填则在本机启动 / a Dask scheduler, tcp://host:8786; by "
        "default a cluster on this machine",
    )
    command.add_argument(
        "--workers",
        type=count,
        default=2,
        metavar="N",
        help="本机同时排几所学校 / schools at once on this machine (default: 2)",
    )
    add_time(command, 300)
    command.add_argument(
        "--seed", type=whole, default=0, metavar="N", help="随机种子 / random seed"
    )
    command.add_argument(
        "--iterations",
        type=moves,
        metavar="N",
        help="每校搜索步数；结果可重现 / moves of each search; repeatable",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Share, solve, check or staff a district; 1 where it cannot be used as it is."""
    given = load_district(options.problem).district
    plan = read_plan(options.problem, given.problem)
    district = kept_free(given, plan)
    faults = errors_of(district)
    if faults:
        raise InputError(faults)
    warn(warnings_of(district))
    if options.act == SHARE:
        return _share(district, options)
    if options.act == SOLVE:
        return _solve(district, options)
    if options.act == STAFF:
        return _staff(given, plan, options)
    return _check(district, options)


def _share(district: District, options: Namespace) -> int:
    from scheduler.services.district.records import share_facts
    from scheduler.services.district.writing import write_shares

    shares = share(district, min(_DIVIDING, options.time))
    before = met_in_turn(shares, _DIVIDING)
    write_shares(shares, before, options.out, options.lang)
    if options.json:
        say_json(share_facts(shares))
    else:
        _say_shares(shares, options.lang)
    return 0


def _say_shares(shares: Shares, lang: str) -> None:
    for _, text in (*school_sentences(shares), *teacher_sentences(shares)):
        say(text.in_language(lang))
    if not shares.contested and not shares.teachers:
        say(_NOTHING.in_language(lang))


def _solve(district: District, options: Namespace) -> int:
    from scheduler.cli.district_progress import Board
    from scheduler.services.district.cluster import open_cluster
    from scheduler.services.district.records import solution_facts_of
    from scheduler.services.district.solving import DistrictLimits, solve_district
    from scheduler.services.district.writing import write_district

    limits = DistrictLimits(
        options.time, options.workers, options.seed, options.iterations
    )
    with (
        open_cluster(options.scheduler, options.workers) as client,
        Board(district, options.lang) as board,
    ):
        found = solve_district(district, limits, client, board.tell, board.note)
    before = met_in_turn(found.shares, _DIVIDING)
    write_district(found, before, options.out, options.lang)
    if options.json:
        say_json(solution_facts_of(found))
    else:
        for line in board.lines():
            say(line)
        _say_shares(found.shares, options.lang)
        _say_judgement(found.judgement, options.lang)
        say(f"→ {options.out}")
    return 0 if found.judgement.is_sound else 1


def _check(district: District, options: Namespace) -> int:
    path = options.out / "timetable.csv"
    if not path.is_file():
        raise InputError([DataError(str(path), _NO_TIMETABLE, _SOLVE_FIRST)])
    timetable = read_timetable(district.problem, path).timetable
    judgement = judge_whole(district, timetable)
    if options.json:
        say_json(
            {
                "hard": judgement.report.hard,
                "conflicts": judgement.report.conflicts,
                "unplaced": list(judgement.unplaced),
                "soft": judgement.soft,
            }
        )
    else:
        _say_judgement(judgement, options.lang)
    return 0 if judgement.is_sound else 1


def _staff(district: District, plan: StaffPlan, options: Namespace) -> int:
    from scheduler.services.reports.staff_report import (
        figures,
        short_lines,
        staff_report,
    )

    path = options.out / "timetable.csv"
    timetable = None
    if path.is_file():
        timetable = read_timetable(district.problem, path).timetable
    seconds = min(_DIVIDING, options.time)
    given = figures(district.problem, plan, seconds)
    report = staff_report(given, timetable, seconds)
    report.write(options.out, options.lang)
    if options.json:
        say_json({t.key: t.records() for t in report.tables})
        return 0
    for line in short_lines(report):
        say(line.in_language(options.lang))
    if timetable is None:
        say(_NO_WEEKS.in_language(options.lang))
    say(f"→ {options.out}")
    return 0


def _say_judgement(judgement: Judgement, lang: str) -> None:
    report, lost = judgement.report, len(judgement.unplaced)
    others = report.clashes.conflicts
    if judgement.is_sound:
        told = Text(
            f"全区课表没有冲突：教师、场地、协议都没有重复占用（待改进分{judgement.soft}）。",
            "No conflicts in the whole district: no teacher, venue or agreement is "
            f"taken twice (cost {judgement.soft}).",
        )
    else:
        told = Text(
            f"全区课表还不能用：{lost}节课未排，另有冲突{others}处。",
            f"The district's timetable cannot be used yet: {plural(lost, 'lesson')} "
            f"not placed, {plural(others, 'other conflict')}.",
        )
    say(told.in_language(lang))
    for result in report.results:
        if result.amount and result.level == "hard":
            say(f"  {rule_line(result).in_language(lang)}")
            for violation in result.violations[:3]:
                note(result.explain(violation), lang)


_NOTHING = Text(
    "没有需要分配的场地和教师。", "No venue and no teacher had to be divided."
)
_NO_WEEKS = Text(
    "结果文件夹里还没有课表，所以没有走教教师一周和证明；请先排课。",
    "Without a timetable.csv there are no weeks and certificates of travelling "
    "teachers. Run district solve first.",
)
_NO_TIMETABLE = Text("没有这份课表", "there is no such timetable")
_SOLVE_FIRST = Text("请先运行 cuofeng district solve。", "Run district solve first.")
