"""The sender: what is released goes to the office's chat robot, whenever that answers.

It works beside the jobs, never in a request: a robot that is slow or dead costs nobody
a moment. What fails is tried again after one minute, two, four, … up to an hour, eight
times in all.
"""

import datetime as dt
import threading

from scheduler.services.access.permissions import Action
from scheduler.services.notices.releasing import message, robot_of
from scheduler.services.office import Office
from scheduler.services.outbound.fetching import FetchError
from scheduler.services.outbound.posting import send
from scheduler.services.store.database import Database
from scheduler.services.store.ledger_tables import NOTICES
from scheduler.services.store.notice_rows import (
    Notice,
    claim_due,
    due_offices,
    settle_notice,
)

MOST_TRIES = 8
_FIRST_WAIT = dt.timedelta(minutes=1)
_LONGEST_WAIT = dt.timedelta(hours=1)
_CLAIMED = dt.timedelta(minutes=2)
"""A sender that dies in the middle leaves its notice to others after this."""
_LOOK_SECONDS = 2.0


class Sender:
    """Sends what is due in all offices of a database until it is told to end."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ended = threading.Event()

    def run(self) -> None:
        """Work until :meth:`end`."""
        while not self._ended.is_set():
            if not self.send_once():
                self._ended.wait(_LOOK_SECONDS)

    def end(self) -> None:
        """Send no more."""
        self._ended.set()

    def send_once(self) -> bool:
        """Send one notice of each office that has one due; whether there was any."""
        with self._database.across_offices(NOTICES.name) as connection:
            offices = due_offices(connection, self._database.now())
        found = [self._send(Office.of(self._database, key)) for key in offices]
        return any(found)

    def _send(self, office: Office) -> bool:
        now = self._database.now()
        with office.database.write(Action.RUN_JOBS) as connection:
            notice = claim_due(connection, now, now + _CLAIMED)
        if notice is None:
            return False
        robot, current = robot_of(office), office.current()
        error, over = "", False
        if robot is None or not robot.on or current is None:
            over = True
        else:
            try:
                send(robot, message(notice, current.problem.schools[0].name))
                over = True
            except FetchError as fault:
                error = fault.text.zh
        self._settle(office, notice, over and robot is not None and robot.on, error)
        return True

    def _settle(self, office: Office, notice: Notice, sent: bool, error: str) -> None:
        now, tries = self._database.now(), notice.tries + 1
        again = now + wait(tries) if error and tries < MOST_TRIES else None
        with office.database.write(Action.RUN_JOBS) as connection:
            settle_notice(
                *(connection, notice.notice_id, now if sent else None, again, error)
            )


def wait(tries: int) -> dt.timedelta:
    """How long to wait after so many tries."""
    return min(_FIRST_WAIT * 2 ** (tries - 1), _LONGEST_WAIT)
