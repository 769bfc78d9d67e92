"""Small schools that offices were once told too little about, as folders of tables.

Each folder is one situation; tests name it and say what is right.
"""

from pathlib import Path

from scheduler.constraints.catalogue import check_settings
from scheduler.formats.tables.reading import read_problem
from scheduler.model.problem import Problem

FOLDER = Path(__file__).parent


def case(name: str) -> Problem:
    """The tables of one situation."""
    read = read_problem(FOLDER / name, check_settings, even_impossible=True)
    return read.problem
