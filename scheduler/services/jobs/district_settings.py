"""Settings of a bureau: what it wishes of the division of its schools.

They are told of schools and agreements by what stays the same when offices are joined.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from scheduler.formats.district.plan_reading import parsed, plan_of
from scheduler.model.district import District
from scheduler.model.settings import with_parameter
from scheduler.model.settings.district import SETTINGS
from scheduler.model.staff_plan import StaffPlan
from scheduler.model.venues import Agreement

FIRM, WISH, PLAIN = "firm", "wish", "plain"


@dataclass(frozen=True, slots=True)
class BureauSettings:
    """What a bureau has settled; what it has not is as the schools' data say.

    ``priority`` is by school, ``agreements`` are firm, wishes or plain by
    :func:`key_of`; ``plan`` is the text of a district.toml.
    """

    schools_a_day: int | None = None
    schools_a_term: int | None = None
    priority: Mapping[str, int] = field(default_factory=dict)
    agreements: Mapping[str, str] = field(default_factory=dict)
    plan: str = ""

    def to_json(self) -> str:
        """As an office keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @staticmethod
    def of_json(text: str) -> "BureauSettings":
        """What was kept; the default of nothing."""
        return BureauSettings(**json.loads(text or "{}"))

    def applied(self, district: District) -> tuple[District, StaffPlan]:
        """The district under these settings, and its plan.

        Raises:
            InputError: the plan is wrong.
        """
        whole = district.problem
        rules = whole.rules
        for key in ("schools_a_day", "schools_a_term"):
            if (value := getattr(self, key)) is not None:
                rules = with_parameter(rules, SETTINGS, key, value)
        changed = replace(
            whole,
            rules=rules,
            schools=tuple(
                replace(s, priority=self.priority.get(s.school_id, s.priority))
                for s in whole.schools
            ),
            agreements=tuple(map(self._settled, whole.agreements)),
        )
        plan = plan_of(parsed(self.plan), changed)
        return district.with_problem(changed), plan

    def _settled(self, agreement: Agreement) -> Agreement:
        said = self.agreements.get(key_of(agreement))
        if said is None:
            return agreement
        return replace(agreement, firm=said == FIRM, wish=said == WISH)


def key_of(agreement: Agreement) -> str:
    """What tells an agreement of a district: school, day, begin, and the venue."""
    school, day = agreement.school_id, agreement.day
    return f"{school} {day} {agreement.start} {agreement.venue_id}"


def said_of(agreement: Agreement) -> str:
    """What an agreement's own data say."""
    return FIRM if agreement.firm else WISH if agreement.wish else PLAIN


def settings_of(given: Mapping[str, Any]) -> BureauSettings:
    """Those that a job was asked with."""
    return BureauSettings.of_json(str(given.get("bureau", "")))
