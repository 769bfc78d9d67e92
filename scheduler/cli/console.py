"""The console: lines for people and programs, notes and warnings beside them."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TextIO

from scheduler.constraints.evaluate import RuleResult
from scheduler.model.errors import DataError, sentences
from scheduler.model.resources import Level
from scheduler.model.text import Text

SHOWN_VIOLATIONS = 20
"""Of a list that could fill the screen."""


def say(text: str = "") -> None:
    """One line to standard output."""
    sys.stdout.write(f"{text}\n")


def tell(zh: str, en: str) -> None:
    """One line to standard output, in the language that is spoken."""
    say(Text(zh, en).in_language(SPOKEN.get()))


def say_json(value: Any) -> None:
    """One JSON document to standard output."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def level_name(level: Level) -> Text:
    """Hard or soft, for people."""
    return Text("必须", "hard") if level is Level.HARD else Text("尽量", "soft")


def rule_line(result: RuleResult) -> Text:
    """What is wrong by one rule, how often, and what it costs where it is soft."""
    count, fault, hard = (
        len(result.violations),
        result.fault,
        result.level is Level.HARD,
    )
    cost = Text("", "")
    if not hard:
        cost = Text(f"，扣{result.cost}分", f", cost {result.cost}")
    level = level_name(result.level)
    return Text(
        f"[{level.zh}] {fault.zh}：{count}处{cost.zh}",
        f"[{level.en}] {fault.en}: {count}{cost.en}",
    )


SPOKEN: ContextVar[str] = ContextVar("spoken", default="zh")
"""The language that the command was asked to speak."""
ONE_SCHOOL: ContextVar[str] = ContextVar("one_school", default="")
"""The school of a district that the command is about; empty: all of the data."""


def usual_language() -> str:
    """What is spoken where the command line does not say it."""
    return "en" if os.environ.get("CUOFENG_LANG") == "en" else "zh"


def language_of(arguments: Sequence[str]) -> str:
    """The language a command line asks for, whatever else is wrong with it."""
    joined = " ".join(map(str, arguments)).replace("--lang=", "--lang ")
    asked = joined.rpartition("--lang ")[2][:2] if "--lang " in joined else ""
    return asked if asked in ("zh", "en") else usual_language()


def warn(warnings: Iterable[DataError]) -> None:
    """Print what may be a mistake, equal ones once with their rows."""
    for line in sentences(tuple(warnings), SPOKEN.get()):
        warn_of(line)


def warn_of(line: str) -> None:
    """One line of what may be a mistake, to standard error."""
    head = Text("提示：", "warning: ").in_language(SPOKEN.get())
    sys.stderr.write(f"{head}{line}\n")


def note(text: Text, lang: str) -> None:
    """A line to standard error, beside what was asked for."""
    head = Text("说明：", "note: ").in_language(lang)
    sys.stderr.write(f"{head}{text.in_language(lang)}\n")


class PatientStream:
    """A stream whose reader (head, less) may leave: that changes no answer.

    What nobody reads any more goes nowhere, and the exit code stays what it is.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        if hasattr(stream, "reconfigure"):
            # Chinese must not fail on a console with another encoding.
            stream.reconfigure(encoding="utf-8", errors="replace")

    def write(self, text: str) -> int:
        """Write, or drop what nobody reads."""
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._turn_away()
            return len(text)

    def flush(self) -> None:
        """Hand over what was written."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._turn_away()

    def _turn_away(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        """All else as the stream has it."""
        return getattr(self._stream, name)


@contextmanager
def patient_streams() -> Iterator[None]:
    """Both standard streams patient, handed over whole in the end."""
    before = sys.stdout, sys.stderr
    ours = PatientStream(sys.stdout), PatientStream(sys.stderr)
    sys.stdout, sys.stderr = ours  # type: ignore[assignment]
    try:
        yield
    finally:
        for stream in ours:
            stream.flush()
        sys.stdout, sys.stderr = before
