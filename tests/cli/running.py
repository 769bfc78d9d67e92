"""A command run in this process, and the rows of what it wrote."""

import csv

from scheduler.cli import main


def run(capsys, *arguments):
    """Exit code, standard output and standard error of one command."""
    return main(list(map(str, arguments))), *capsys.readouterr()


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
