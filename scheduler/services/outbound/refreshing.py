"""The running service refreshes venues' calendars by itself, if it was told to."""

import threading
from collections.abc import Callable
from pathlib import Path

from scheduler.formats.problem.reading import read_problem
from scheduler.model.errors import InputError, sentences
from scheduler.model.text import Text
from scheduler.services.clock import utc_now
from scheduler.services.outbound.calendars import refresh, statuses

SHOWN = 3
"""Faults of tables that are told in one report."""
Report = Callable[[Text], None]


class CalendarRefresher:
    """Fetches the calendars of the tables at once, then every so many hours.

    Tables with faults, or a calendar that cannot be fetched, is reported and tried
    again the next time; what was fetched before is kept.
    """

    def __init__(
        self, folder: Path, hours: float, allow_private: bool, report: Report
    ) -> None:
        self._folder, self._seconds = folder, hours * 3600
        self._allow_private, self._report = allow_private, report
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End; a fetch that runs is not waited for longer than a second."""
        self._stop.set()
        self._thread.join(1)

    def _run(self) -> None:
        while True:
            self.once()
            if self._stop.wait(self._seconds):
                return

    def once(self) -> None:
        """Fetch every calendar now."""
        try:
            problem = read_problem(self._folder).problem
            if not problem.calendars:
                return
            found = refresh(problem, self._folder, utc_now, self._allow_private)
            for status in statuses(found, self._folder, utc_now()):
                if (fault := status.state.fault) is not None:
                    name = status.calendar.title
                    self._report(
                        Text(f"日历“{name}”{fault.zh}", f'calendar "{name}" {fault.en}')
                    )
        except InputError as error:
            said = (sentences(error.errors, lang)[:SHOWN] for lang in ("zh", "en"))
            zh, en = map(" ".join, said)
            self._report(
                Text(f"数据有误，日历没有更新：{zh}", f"calendars not updated: {en}")
            )
        except OSError as error:
            why = error.strerror or str(error)
            self._report(Text(f"日历没有更新（{why}）", f"calendars: {why}"))
