"""Small schools that offices were once told too little about, as folders of tables.

Each folder is one situation; tests name it and say what is right.
"""

from dataclasses import replace
from pathlib import Path

from scheduler.constraints.catalogue import check_settings
from scheduler.formats.problem.reading import read_problem
from scheduler.model.problem import Problem
from tests.builders import ANYWHERE

FOLDER = Path(__file__).parent


def case(name: str) -> Problem:
    """The tables of one situation; its few lessons may lie anywhere in the day."""
    read = read_problem(FOLDER / name, check_settings, even_impossible=True).problem
    return replace(read, rules=(*read.rules, ANYWHERE))
