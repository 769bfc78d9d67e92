"""worker: does the jobs of a database until it is told to end."""

import argparse
import signal
import threading
from argparse import Namespace
from contextlib import closing

from scheduler.cli.console import tell
from scheduler.cli.numbers import few
from scheduler.services.jobs.worker import Worker
from scheduler.services.notices.sending import Sender
from scheduler.services.offices import Store


def add_options(command: argparse.ArgumentParser) -> None:
    """The database, and how many jobs at once."""
    command.add_argument(
        "--database",
        metavar="URL",
        required=True,
        help="数据库，如 sqlite:///school.db / whose jobs are done",
    )
    command.add_argument(
        "--jobs",
        type=few,
        default=1,
        metavar="N",
        help="同时做几个任务 / jobs done at once (default: %(default)d)",
    )


def run(options: Namespace) -> int:
    """Work until Ctrl+C or a signal to end; jobs that run go back to the queue."""
    with closing(Store.connect(options.database, create=False)) as store:
        workers: list[Worker | Sender] = [Sender(store.database)]
        workers += [Worker(store.database) for _ in range(options.jobs)]
        threads = [threading.Thread(target=x.run) for x in workers]
        over = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: over.set())
        for thread in threads:
            thread.start()
        tell("等待任务，Ctrl+C 结束。", "Waiting for jobs; Ctrl+C ends.")
        while any(x.is_alive() for x in threads) and not over.wait(0.5):
            pass
        for worker in workers:
            worker.end()
        for thread in threads:
            thread.join()
    return 0
