"""solve: a timetable, its proof, and how the search goes on the way."""

import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.live import Live
from rich.text import Text as RichText

from scheduler.cli.folders import make_folder
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.cli.judging import level_name, say, say_json
from scheduler.constraints.describe import lesson as lesson_name
from scheduler.model.errors import DataError, InputError
from scheduler.model.freezing import FREEZABLE, freeze
from scheduler.model.problem import Problem
from scheduler.model.targets import read_targets
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.solving import solution_facts, write_solution
from scheduler.solver.limits import SolveLimits
from scheduler.solver.progress import OnProgress, Progress
from scheduler.solver.solution import Solution, gap_of
from scheduler.solver.solve import solve as find_timetable

PHASES = {
    "compile": Text("整理数据", "compiling"),
    "ready": Text("准备搜索", "getting ready"),
    "first run": Text(
        "首次运行：编译搜索程序（十几秒，仅此一次，不计入时限）",
        "first run: compiling the search (some 15 s, this once, beside the limit)",
    ),
    "count": Text("计数核查", "counting"),
    "partial": Text("尽量多排", "placing as many as can be"),
    "search": Text("搜索并证明", "searching and proving"),
}
Line = Callable[[Progress, str], str]
"""Progress as one line in a language."""
_PLAIN_EVERY = 5.0  # seconds between lines where there is no terminal


def solve(options: Namespace) -> int:
    """Solve a problem; 1 where a hard violation or an unplaced lesson remains."""
    problem = load_problem(options.problem)
    start = load_timetable(problem, options.start) if options.start else None
    problem, start = _frozen(problem, start, options.freeze or [])
    make_folder(options.out)
    solution = solve_filled(problem, options, start)
    write_solution(solution, options.out)
    if options.json:
        say_json(solution_facts(solution))
    else:
        say_solution(solution, options.lang)
        say(f"→ {options.out / 'timetable.csv'}, {options.out / 'solution.json'}")
    return 1 if solution.report.hard or solution.unplaced else 0


def _frozen(
    problem: Problem, start: Timetable | None, texts: list[str]
) -> tuple[Problem, Timetable | None]:
    """Problem and start with what is to stay as it is in the start."""
    targets, errors = read_targets(problem, "--freeze", texts, FREEZABLE)
    if texts and start is None:
        errors.append(_NOTHING_TO_FREEZE)
    if errors:
        raise InputError(errors)
    if start is None or not targets:
        return problem, start
    held = freeze(problem, start, targets)
    return held, Timetable(held, start.placements)


def solve_filled(
    problem: Problem, options: Namespace, start: Timetable | None = None
) -> Solution:
    """Solve without holes in a class's day, or with the fewest, and say how many."""
    from scheduler.services.filling import Filling

    solve_it = solve_levelled if options.level else solve_shown

    def solve_for(given: Problem, seconds: float, begin: Timetable | None) -> Solution:
        return solve_it(given, options, begin, seconds)

    return Filling(problem, options.time, solve_for, _teller(options)).run(start)


def _teller(options: Namespace) -> Callable[[Text], None]:
    """Notes on standard error."""

    def tell(text: Text) -> None:
        sys.stderr.write(f"note: {text.in_language(options.lang)}\n")

    return tell


def solve_levelled(
    problem: Problem,
    options: Namespace,
    start: Timetable | None = None,
    seconds: float | None = None,
) -> Solution:
    """Solve with low peaks of shared venues, and say what is proven of them.

    Parameters:
        seconds: In place of the time that the options give.
    """
    from scheduler.services.levelling import Levelling, proofs_of

    def solve_for(given: Problem, seconds: float, begin: Timetable | None) -> Solution:
        return solve_shown(given, options, begin, seconds)

    seconds, tell = options.time if seconds is None else seconds, _teller(options)
    solution = Levelling(problem, seconds, solve_for, tell).run(start)
    proofs = proofs_of(problem, solution, seconds)
    if proofs is not None:
        tell(proofs.text)
        for proof in proofs.venues:
            name = problem.venue[proof.venue_id].name
            sys.stderr.write(f"  {name}: {proof.text.in_language(options.lang)}\n")
    return solution


_NOTHING_TO_FREEZE = DataError(
    "--freeze",
    Text("没有课表可冻结", "has no timetable to freeze"),
    Text("请用 --start 给出课表。", "Maybe give it with --start?"),
)


def solve_shown(
    problem: Problem,
    options: Namespace,
    start: Timetable | None = None,
    seconds: float | None = None,
) -> Solution:
    """Solve with progress on standard error; Ctrl+C keeps the best so far.

    Parameters:
        seconds: In place of the time that the options give.
    """
    method = getattr(options, "method", "both")
    limits = SolveLimits(
        options.time if seconds is None else seconds,
        getattr(options, "gap", 0.0),
        options.seed,
        options.workers,
        getattr(options, "iterations", None),
        search=method != "exact",
        prove=method != "search",
    )
    with progress(options.lang) as on_progress:
        return find_timetable(problem, limits, start, on_progress)


def say_solution(solution: Solution, lang: str) -> None:
    """What was found and proven, and what stands out."""
    say(solution.certificate.in_language(lang))
    if solution.holes:
        say(solution.holes.text.in_language(lang))
    if solution.unplaced:
        say(unplaced_text(solution).in_language(lang))
        for reason in solution.reasons:
            say(f"  ✗ {reason.in_language(lang)}")
        if not solution.reasons:
            hint = Text("运行 cuofeng explain 查看原因。", "See why: cuofeng explain.")
            say(hint.in_language(lang))
    for result in solution.report.results:
        if result.amount:
            name = f"{result.title.in_language(lang)} {result.name}"
            level = level_name(result.level).in_language(lang)
            count = len(result.violations)
            say(f"  [{level}] {name}: {count} ×, cost {result.cost}")
    say(f"{solution.seconds:.1f} s")


def unplaced_text(solution: Solution) -> Text:
    """Which lessons were left over, by class and subject; all of them."""
    problem = solution.timetable.problem
    alike: dict[str, list[str]] = {}
    for lesson_id in solution.unplaced:
        need = problem.lesson[lesson_id].requirement.requirement_id
        alike.setdefault(need, []).append(lesson_id)
    parts = []
    for ids in alike.values():
        name, many = lesson_name(problem, ids[0]), len(ids) > 1
        times = Text(f"{len(ids)}节", f" × {len(ids)}") if many else Text("", "")
        parts.append(Text(f"{name.zh}{times.zh}", f"{name.en}{times.en}"))
    count = len(solution.unplaced)
    return Text(
        f"{count}节课未排：{'、'.join(p.zh for p in parts)}",
        f"{count} lessons not placed: {', '.join(p.en for p in parts)}",
    )


def describe(at: Progress, lang: str) -> str:
    """Phase, time, best cost, bound and gap in one line."""
    parts = [f"{at.seconds:6.1f} s", PHASES[at.phase].in_language(lang)]
    if at.soft is None and at.hard:
        text = Text(f"冲突 {at.hard}", f"conflicts {at.hard}")
        parts.append(text.in_language(lang))
    if at.soft is not None:
        best = Text(f"最好 {at.soft}", f"best {at.soft}")
        parts.append(best.in_language(lang))
    gap = gap_of(at.soft, at.bound) if at.soft else None
    if gap is not None:
        text = Text(
            f"下界 {at.bound}，差距 {100 * gap:.1f} %",
            f"bound {at.bound}, gap {100 * gap:.1f} %",
        )
        parts.append(text.in_language(lang))
    if at.moves:
        rate = at.moves / max(at.seconds, 1e-9) / 1000
        text = Text(f"每秒{rate:.0f}千步", f"{rate:.0f}k moves/s")
        parts.append(text.in_language(lang))
    return "  ".join(parts)


@contextmanager
def progress(lang: str, line: Line = describe) -> Iterator[OnProgress]:
    """A line that changes on a terminal, else a line every few seconds.

    Ctrl+C asks to stop with the best so far.
    """
    console = Console(file=sys.stderr)
    with _StopOnInterrupt() as asked:
        if not console.is_terminal:
            lines = _Plain(lang, line)
            yield lambda progress: lines.show(progress) or asked.stop
            return
        with Live(console=console, refresh_per_second=4, transient=True) as live:

            def update(progress: Progress) -> bool:
                live.update(RichText(line(progress, lang)))
                return asked.stop

            yield update


class _StopOnInterrupt:
    """The first Ctrl+C asks the solver to stop with its best; the second ends all.

    The solver is compiled code that an exception must not cross.
    """

    stop = False

    def __enter__(self) -> "_StopOnInterrupt":
        self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *exception: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _ask(self, number: int, frame: object) -> None:
        self.stop = True
        signal.signal(signal.SIGINT, self._before)


class _Plain:
    """Progress as lines, for logs."""

    def __init__(self, lang: str, line: Line) -> None:
        self.lang, self.line, self.said, self.phase = lang, line, 0.0, ""

    def show(self, progress: Progress) -> bool:
        """Write a line when the phase changes or some seconds have passed."""
        if progress.phase != self.phase or monotonic() - self.said > _PLAIN_EVERY:
            self.phase, self.said = progress.phase, monotonic()
            sys.stderr.write(self.line(progress, self.lang) + "\n")
            sys.stderr.flush()
        return False
