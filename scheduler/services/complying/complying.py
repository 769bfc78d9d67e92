"""Complied: the nearest timetable that an audit passes, judged anew by that audit."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from time import monotonic

from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.inputs.school import Facts
from scheduler.audit.profile import Profile
from scheduler.audit.ruling.rule import Found
from scheduler.audit.running.audit import Audit, Result, audit
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.complying.adjusting import Adjusted, adjust
from scheduler.services.complying.nearest import nearest
from scheduler.solver.progress import OnProgress, silent
from scheduler.solver.repair.repairing import RepairLimits
from scheduler.solver.repair.result import Budget, Repair, RepairOption

_TITLES = Text(
    "校本、地方课程的名称要由学校自己写明", "the school itself names such courses"
)
_LEFT = {
    "B02": _TITLES,
    "B": Text(
        "课程名称和公示由学校改", "names and publication are the school's to change"
    ),
    "C": Text(
        "由作息时间或各课的时段决定，不在课时调整之内",
        "it comes from the bell or the hours of the day, not from the plan",
    ),
    "D": Text("由师资和场地决定", "it comes from staff and places"),
    "E": Text("按实授记录，不由排课改变", "it comes from what was delivered"),
    "F": Text("由师资、班额和场地决定", "it comes from staff, sizes and places"),
}
_HOURS_LEFT = Text(
    "现有课时和节次内无法做到", "it cannot be done within the hours and rows there are"
)


@dataclass(frozen=True)
class Complied:
    """What was wrong, what was changed, and what an audit says of the result.

    ``before`` and ``after`` are audits of the same school; ``after`` is None where no
    timetable was found.
    """

    before: Audit
    adjusted: Adjusted
    repair: Repair
    after: Audit | None

    @property
    def option(self) -> RepairOption | None:
        """The timetable with the fewest changes."""
        return next(iter(self.repair.options), None)

    @cached_property
    def left(self) -> tuple[tuple[Result, Found, Text], ...]:
        """Findings that remain, each with why."""
        found = self.after.findings if self.after is not None else ()
        return tuple((r, f, why_left(r.rule.id)) for r, f in found)

    @property
    def passes(self) -> bool:
        """Whether no curriculum rule, and nothing critical, is broken any more."""
        return self.after is not None and not any(
            r.severity(f).fails and (r.rule.chapter == "A" or r.rule.id == "D01")
            for r, f in self.after.findings
        )

    def counts(self) -> Iterator[tuple[str, int, int]]:
        """Findings of each rule before and after."""
        old = Counter(r.rule.id for r, _ in self.before.findings)
        after = self.after.findings if self.after is not None else ()
        new = Counter(r.rule.id for r, _ in after)
        for name in sorted({*old, *new}):
            yield name, old[name], new[name]


def why_left(rule_id: str) -> Text:
    """Why a rule's findings are not mended by other hours and places in the week."""
    return _LEFT.get(rule_id, _LEFT.get(rule_id[0], _HOURS_LEFT))


def comply(
    timetable: Timetable,
    profile: Profile,
    facts: Facts | None = None,
    budget: Budget | None = None,
    limits: RepairLimits | None = None,
    on_progress: OnProgress = silent,
) -> Complied:
    """Change hours to what the profile demands, then as few placements as can be.

    Raises:
        InputError: the rule settings are wrong.
    """
    facts, began = facts or Facts(), monotonic()
    before = audit(schools_of(timetable, profile, facts=facts), profile)
    adjusted = adjust(timetable, profile, facts)
    limits = limits or RepairLimits(options=1)
    # The audit of the result will take as long as that of what there is.
    seconds = max(1.0, limits.seconds - 2 * (monotonic() - began))
    limits = replace(limits, seconds=seconds)
    adjusted, found = nearest(
        adjusted, profile, budget or Budget(), limits, on_progress
    )
    after = None
    if found.options:
        made = found.options[0].timetable
        after = audit(schools_of(made, profile, facts=facts), profile)
    return Complied(before, adjusted, found, after)
