"""Starts of drafts: the version in force, an example school, files of a school."""

from scheduler.constraints.catalogue import check_settings
from scheduler.formats.problem.reading import read_problem
from scheduler.model.shipped import data_folder
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.office import Office
from scheduler.services.school.drafts.rows import Draft

EXAMPLES = {
    "demo-school": Text("示例小学（36个班）", "a primary school of 36 classes"),
    "demo-junior": Text("示例初中（60个班）", "a junior school of 60 classes"),
}


def example(name: str) -> Timetable:
    """The data of an example school, nothing placed.

    Raises:
        KeyError: there is no such example.
    """
    if name not in EXAMPLES:
        raise KeyError(name)
    folder = data_folder() / name
    return Timetable(read_problem(folder, check_settings).problem, {})


def draft_of_version(office: Office, name: str, who: str) -> Draft | None:
    """A draft of the version in force; None where nothing is published."""
    current = office.current()
    if current is None:
        return None
    return office.drafts.new(name, who, current.timetable, current.version)
