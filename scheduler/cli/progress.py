"""How a search goes on the way: a line that changes, or lines for a log."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from scheduler.model.text import Text
from scheduler.solver.progress import OnProgress, Progress
from scheduler.solver.solution import gap_of

PHASES = {
    "compile": Text("整理数据", "compiling"),
    "ready": Text("准备搜索", "getting ready"),
    "first run": Text(
        "首次运行：编译搜索程序（十几秒，仅此一次，不计入时限），精确求解已开始",
        "first run: compiling the search (some 15 s, this once, beside the limit) "
        "while exact search goes on",
    ),
    "count": Text("计数核查", "counting"),
    "partial": Text("尽量多排", "placing as many as can be"),
    "search": Text("搜索并证明", "searching and proving"),
}
Line = Callable[[Progress, str], str]
"""Progress as one line in a language."""
_PLAIN_EVERY = 5.0  # seconds between lines where there is no terminal


def describe(at: Progress, lang: str) -> str:
    """Phase, time, best cost, bound and gap in one line."""
    parts = [f"{at.seconds:6.1f} s", PHASES[at.phase].in_language(lang)]
    if at.functions and at.phase == "first run":
        text = Text(f"已编译{at.functions}个函数", f"{at.functions} functions compiled")
        parts.append(text.in_language(lang))
    if at.soft is None and at.hard:
        text = Text(f"冲突 {at.hard}", f"conflicts {at.hard}")
        parts.append(text.in_language(lang))
    if at.soft is not None:
        best = Text(f"最好 {at.soft}", f"best {at.soft}")
        parts.append(best.in_language(lang))
    gap = gap_of(at.soft, at.bound) if at.soft else None
    if gap is not None:
        text = Text(
            f"理论最低 {at.bound}，差距 {100 * gap:.1f} %",
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
    with _StopOnInterrupt() as asked:
        if not sys.stderr.isatty():
            lines = _Plain(lang, line)
            yield lambda progress: lines.show(progress) or asked.stop
            return
        from rich.console import Console
        from rich.live import Live
        from rich.text import Text as RichText

        console = Console(file=sys.stderr)
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
