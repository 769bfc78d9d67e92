"""Solve with what is seen of it: progress, proofs of peaks, what was found."""

import sys
from argparse import Namespace
from collections.abc import Callable

from scheduler.cli.console import note, rule_line, say
from scheduler.cli.progress import progress
from scheduler.constraints.describe import lesson as lesson_name
from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined, said_of
from scheduler.model.timetable import Timetable
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solution import Solution
from scheduler.solver.solve import solve as find_timetable


def solve_filled(
    problem: Problem, options: Namespace, start: Timetable | None = None
) -> Solution:
    """Solve without holes in a class's day, or with the fewest, and say how many."""
    from scheduler.services.jobs.filling import Filling

    solve_it = solve_levelled if options.level else solve_shown

    def solve_for(given: Problem, seconds: float, begin: Timetable | None) -> Solution:
        return solve_it(given, options, begin, seconds)

    return Filling(problem, options.time, solve_for, _teller(options)).run(start)


def _teller(options: Namespace) -> Callable[[Text], None]:
    """Notes on standard error."""

    def tell(text: Text) -> None:
        note(text, options.lang)

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
    from scheduler.services.jobs.levelling import Levelling, proofs_of

    def solve_for(given: Problem, seconds: float, begin: Timetable | None) -> Solution:
        return solve_shown(given, options, begin, seconds)

    seconds, tell = options.time if seconds is None else seconds, _teller(options)
    solution = Levelling(problem, seconds, solve_for, tell).run(start)
    proofs = proofs_of(problem, solution, seconds)
    if proofs is not None:
        tell(proofs.text)
        for proof in proofs.venues:
            name = problem.venue[proof.venue_id].name
            text = said_of(name, proof.text).in_language(options.lang)
            sys.stderr.write(f"  {text}\n")
    return solution


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
            say(f"  {rule_line(result).in_language(lang)}")
    seconds = f"{solution.seconds:.1f}"
    say(Text(f"用时{seconds}秒", f"{seconds} s").in_language(lang))


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
        parts.append(name + times)
    count = len(solution.unplaced)
    return Text(f"{count}节课未排：", f"{count} lessons not placed: ") + joined(parts)
