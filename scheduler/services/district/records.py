"""What sharing and solving a district say of themselves: as JSON, as tables."""

from collections.abc import Mapping
from typing import Any

from scheduler import __version__
from scheduler.district.sharing.fairness import fairness, met_by
from scheduler.district.sharing.shares import Shares
from scheduler.district.sharing.telling import (
    percent_of,
    school_sentences,
    teacher_sentences,
    worst_sentence,
)
from scheduler.model.times import format_clock
from scheduler.services.district.solving import DistrictSolution, Solved
from scheduler.solver.sharing.division import Divided

Row = Mapping[str, Any]


def share_facts(shares: Shares) -> dict[str, Any]:
    """The content of shares.json."""
    sentences = dict(school_sentences(shares))
    return {
        "version": __version__,
        "proven": shares.proven,
        "worst": worst_sentence(shares).both(),
        "schools": [
            {
                "schools": list(need.part.school_ids),
                "name": need.part.name,
                "lacking": need.lacking,
                "met": shares.venues.met(number),
                "sentence": sentences[need.part.key].both(),
            }
            for number, need in enumerate(shares.venues.needs)
            if need.lacking
        ],
        "levels": _levels(shares.venues.divided),
        "teachers": [
            {
                "teacher_id": t.teacher.teacher_id,
                "name": t.teacher.name,
                "schools": list(t.parts),
                "needs": list(t.needs),
                "met": list(t.met),
                "levels": _levels(t.divided),
            }
            for t in shares.teachers
        ],
        "teacher_sentences": [text.both() for _, text in teacher_sentences(shares)],
    }


def _levels(divided: Divided | None) -> list[dict[str, Any]]:
    """What was proven level by level."""
    return [
        {
            "value": str(level.value),
            "percent": percent_of(level.value),
            "stuck": level.stuck,
            "excluded": None if level.excluded is None else str(level.excluded),
            "proven": level.proven,
        }
        for level in (divided.levels if divided else ())
    ]


def window_rows(shares: Shares) -> list[Row]:
    """Windows of venues that each school gets, as rows of a table."""
    whole = shares.district.problem
    return [
        {
            "venue_id": g.window.venue_id,
            "venue": whole.venue[g.window.venue_id].name,
            "school_id": g.window.agreement.school_id,
            "school": whole.school[g.window.agreement.school_id].name,
            "agreement_id": g.window.agreement.agreement_id,
            "day": g.window.day,
            "start": format_clock(g.window.start),
            "end": format_clock(g.window.end),
            "max_classes": g.classes,
            "zones": ";".join(g.zones),
        }
        for g in sorted(
            shares.venues.grants,
            key=lambda g: (g.window.venue_id, g.window.day, g.window.start),
        )
    ]


def half_day_rows(shares: Shares) -> list[Row]:
    """Half-days of shared teachers, as rows of a table."""
    return [
        {
            "teacher_id": t.teacher.teacher_id,
            "teacher": t.teacher.name,
            "school_id": key,
            "day": half.day,
            "half": ("am", "pm")[half.half],
            "start": format_clock(half.rows[0][0]),
            "end": format_clock(half.rows[-1][1]),
        }
        for t in shares.teachers
        for key, halves in zip(t.parts, t.halves, strict=True)
        for half in sorted(halves, key=lambda h: (h.day, h.half))
    ]


def solution_facts_of(solution: DistrictSolution) -> dict[str, Any]:
    """The content of district.json."""
    judgement = solution.judgement
    schools = [school_facts(x) for x in solution.solved.values()]
    return {
        "version": __version__,
        "sound": judgement.is_sound,
        "hard": judgement.report.hard,
        "conflicts": judgement.report.conflicts,
        "unplaced": len(judgement.unplaced),
        "soft": judgement.soft,
        "seconds": round(solution.seconds, 2),
        "divided_seconds": round(solution.divided_seconds, 2),
        "rounds": [
            {
                "number": r.number,
                "lacking": list(r.lacking),
                "bound": r.bound,
                "crowded": r.crowded,
                "better": r.better,
            }
            for r in solution.rounds
        ],
        "fairness": _fairness(solution.shares),
        "schools": schools,
        "constraints": {
            r.name: {"amount": r.amount, "cost": r.cost}
            for r in judgement.report.results
            if r.amount
        },
    }


def school_facts(solved: Solved) -> dict[str, Any]:
    """One school's line of the record."""
    unplaced, hard, soft = solved.cost
    return {
        "schools": list(solved.part.school_ids),
        "name": solved.part.name,
        "solved": solved.timetable is not None,
        "sound": solved.is_sound,
        "unplaced": unplaced,
        "hard": hard,
        "soft": soft,
        "seconds": solved.facts.get("seconds"),
        "reasons": list(solved.facts.get("reasons", ())),
        "fault": solved.fault,
    }


def _fairness(shares: Shares) -> dict[str, Any]:
    found = fairness(shares, met_by(shares))
    return {"jain": round(found.jain, 4), "least": round(float(found.least), 4)}
