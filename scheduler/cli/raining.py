"""rain: the plan for bad weather, prepared for the whole term."""

from argparse import Namespace
from typing import Any

from scheduler.cli.folders import make_folder
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.cli.judging import say, say_json
from scheduler.formats.tables.rain_writing import write_rain_plan
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.weather import BadWeather, RainPlan, RainSlot
from scheduler.services.views.rain import slot_title, summary, totals
from scheduler.solver.rain.planning import rain_plan

PLAN = "rain_plan.csv"


def rain(options: Namespace) -> int:
    """Prepare the plan; 1 where some turn of it is not proven optimal."""
    problem = load_problem(options.problem)
    timetable = load_timetable(problem, options.timetable)
    make_folder(options.out)
    plan = rain_plan(timetable)
    write_rain_plan(timetable, plan, options.out / PLAN)
    if options.json:
        say_json(plan_facts(problem, plan))
    else:
        for slot in plan.slots:
            say(_slot_line(slot).in_language(options.lang))
        for sentence in summary(problem, plan):
            say(sentence.in_language(options.lang))
        say(f"→ {options.out / PLAN}")
    return 0 if plan.proven else 1


def _slot_line(slot: RainSlot) -> Text:
    """How many go where, and how many bad days until it begins anew."""
    title, count = slot_title(slot), len(slot.lesson_ids)
    most, turns = slot.most_indoors, len(slot.turns)
    mark = Text("", "")
    if not all(turn.proven for turn in slot.turns):
        mark = Text("（未证明最优）", " (not proven optimal)")
    return Text(
        f"{title.zh}：室外{count}节 → 室内活动{most}，理论课{count - most}；"
        f"{turns}轮一循环{mark.zh}",
        f"{title.en}: {count} outdoors -> {most} active indoors, "
        f"{count - most} theory; "
        f"begins anew after {turns}{mark.en}",
    )


def plan_facts(problem: Problem, plan: RainPlan) -> dict[str, Any]:
    """The plan's numbers, slot by slot."""
    t, settings = totals(plan), BadWeather.of(problem)
    return {
        "slots": t.slots,
        "lessons": t.lessons,
        "turns": t.turns,
        "proven": t.proven,
        "active": t.active,
        "theory": t.theory,
        "seconds": round(t.seconds, 3),
        "triggers": {
            "rain": settings.rain,
            "heat": settings.heat,
            "aqi": settings.aqi,
        },
        "plan": [
            {
                "slot_id": slot.slot_id,
                "lesson_ids": list(slot.lesson_ids),
                "turns": [
                    {"layout_ids": list(turn.layout_ids), "proven": turn.proven}
                    for turn in slot.turns
                ],
            }
            for slot in plan.slots
        ],
    }
