"""A command run in this process, the rows of what it wrote, and a database for it."""

import csv

from scheduler.cli import main
from scheduler.services.offices import Store


def run(capsys, *arguments):
    """Exit code, standard output and standard error of one command."""
    return main(list(map(str, arguments))), *capsys.readouterr()


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def published(folder, table):
    """The URL of a database in which an office has published a timetable."""
    url = f"sqlite:///{folder / 'school.db'}"
    store = Store.open(url)
    store.add_office("s", "铁山路学校").publish(table.problem, table, "秋季", "{}")
    store.close()
    return url
