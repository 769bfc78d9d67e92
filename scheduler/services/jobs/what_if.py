"""What-if: the figures of scenarios, each solved anew, side by side."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

from scheduler.formats.week_grid import venue_load
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable
from scheduler.solver.peaks import PeakModel
from scheduler.solver.solution import TELLING_GAP, Solution, gap_percent

PROOF_SECONDS = 10.0
PRESENT = Text("现状", "as it is")


@dataclass(frozen=True, slots=True)
class VenueCase:
    """A shared venue: peak of the timetable, and the least proven whatever else."""

    name: str
    peak: int
    least: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """The figures of one scenario; counts are a week's mean over odd and even.

    ``least_sum`` is the proven least sum of the shared venues' peaks; ``gap`` the
    certified one of the soft cost, None where nothing was proven.
    """

    name: str
    status: str
    lessons: int
    placed: int
    hard: int
    soft: int
    bound: int | None
    gap: float | None
    peak_sum: int
    least_sum: int | None
    outside_walks: float
    walk_minutes: float
    idle_zone_periods: float
    open_zone_periods: float
    certificate_zh: str
    certificate_en: str
    venues: tuple[VenueCase, ...]

    @property
    def certificate(self) -> Text:
        """What was proven of the soft cost, in words."""
        return Text(self.certificate_zh, self.certificate_en)

    @property
    def unplaced(self) -> int:
        """Lessons without a place."""
        return self.lessons - self.placed

    @property
    def telling_gap(self) -> str | None:
        """The gap, where it says more of the timetable than of the proof."""
        if self.gap is None or self.gap > TELLING_GAP:
            return None
        return f"{gap_percent(self.gap)} %"


def case_of(name: str, solution: Solution) -> Case:
    """Work out the figures of a solved scenario."""
    timetable, report = solution.timetable, solution.report
    model = PeakModel(timetable.problem)
    heats = {v: venue_load(timetable, v) for v in timetable.problem.venue}
    venues = tuple(
        VenueCase(
            timetable.problem.venue[v].name,
            heats[v].peak_classes,
            model.alone(v, PROOF_SECONDS).least,
        )
        for v in model.venues
    )
    walks, minutes = visits_outside(timetable)
    return Case(
        name=name,
        status=solution.status.value,
        lessons=len(timetable.problem.lessons),
        placed=len(timetable.placements),
        hard=report.hard,
        soft=report.soft,
        bound=solution.bound,
        gap=solution.gap,
        peak_sum=sum(v.peak for v in venues),
        least_sum=model.together(PROOF_SECONDS).least,
        outside_walks=float(walks),
        walk_minutes=float(minutes),
        idle_zone_periods=float(sum(h.idle_zone_periods for h in heats.values())),
        open_zone_periods=float(sum(h.open_zone_periods for h in heats.values())),
        certificate_zh=solution.certificate.zh,
        certificate_en=solution.certificate.en,
        venues=venues,
    )


def visits_outside(timetable: Timetable) -> tuple[Fraction, Fraction]:
    """Visits of classes to places under agreements, and the minutes there and back."""
    walks, minutes = Fraction(), Fraction()
    for meeting in timetable.meetings:
        share = Fraction(len(meeting.layers), len(LAYERS))
        for use in meeting.uses:
            if use.agreement is not None:
                walks += len(use.class_ids) * share
                minutes += 2 * len(use.class_ids) * use.walk * share
    return walks, minutes


def compare(
    cases: Sequence[tuple[str, Problem]],
    solve: Callable[[str, Problem], Solution],
) -> tuple[Case, ...]:
    """Solve each named problem and work out its figures, in the order given."""
    return tuple(case_of(name, solve(name, problem)) for name, problem in cases)


def cases_json(cases: Sequence[Case]) -> str:
    """The comparison as JSON, the present state first."""
    content = {"cases": [asdict(case) for case in cases]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def read_cases(text: str) -> tuple[Case, ...]:
    """What :func:`cases_json` wrote."""
    return tuple(
        Case(**{**case, "venues": tuple(VenueCase(**v) for v in case["venues"])})
        for case in json.loads(text)["cases"]
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of all cases; ``better`` of a case: None, or whether it improves."""

    title: Text
    cells: tuple[str, ...]
    better: tuple[bool | None, ...]


_FIGURES = (
    ("placed", 1, "已排课节", "lessons placed"),
    ("unplaced", -1, "未排课节", "lessons not placed"),
    ("peak_sum", -1, "多班场地高峰合计", "sum of peaks, shared venues"),
    ("least_sum", -1, "高峰合计的理论最低（已证明）", "its proven lower bound"),
    ("outside_walks", -1, "校外往返（班次/周）", "visits outside (classes a week)"),
    ("walk_minutes", -1, "校外步行（班·分钟/周）", "minutes walked there and back"),
    ("idle_zone_periods", 0, "每周空闲场次", "unused zone-periods a week"),
    ("soft", -1, "待改进分", "soft cost"),
    ("telling_gap", 0, "已证差距", "certified gap"),
)
"""Of a case, and whether more (1) or less (-1) is better, or neither."""


def comparison(cases: Sequence[Case]) -> tuple[Line, ...]:
    """The figures side by side; the first case is what the others are held against."""
    lines = [
        _line(Text(zh, en), [getattr(case, figure) for case in cases], sense)
        for figure, sense, zh, en in _FIGURES
    ]
    names = dict.fromkeys(v.name for c in cases for v in c.venues)
    for name in names:
        found = [{v.name: v for v in c.venues}.get(name) for c in cases]
        title = Text(f"{name}高峰（班）", f"peak of {name} (classes)")
        lines.append(_line(title, [v.peak if v else None for v in found], -1))
    return tuple(lines)


def _line(title: Text, values: Sequence[int | float | str | None], sense: int) -> Line:
    first = values[0]
    better: list[bool | None] = []
    for value in values:
        numbers = isinstance(value, int | float) and isinstance(first, int | float)
        change = value - first if numbers else 0  # type: ignore[operator]
        better.append(sense * change > 0 if sense and change else None)
    return Line(title, tuple(map(_text, values)), tuple(better))


def _text(value: int | float | str | None) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:g}"
