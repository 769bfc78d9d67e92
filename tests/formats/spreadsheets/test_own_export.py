"""The workbook that Cuofeng prints is read back: master, class, teacher, venue."""

from collections import Counter

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.spreadsheets.reading import read_school
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.formats.xlsx.export import export_workbook
from scheduler.model.times import WEEK_OF_LAYER
from tests.formats.primary_school import EXAMPLE


def truth(timetable):
    """Code and teachers of every class, day, period and single week."""
    problem, found = timetable.problem, {}
    for meeting in timetable.meetings:
        subject = problem.subject[meeting.lesson.requirement.subject_id]
        names = {problem.teacher[t].name for t in meeting.placement.teacher_ids}
        for class_id in meeting.class_ids:
            group = problem.class_group[class_id]
            number = int(group.name.partition("(")[2].partition(")")[0])
            for layer in meeting.placement.week.layers:
                for k in range(meeting.placement.length):
                    slot = (group.grade, number), meeting.placement.day
                    key = (*slot, meeting.placement.period + k, WEEK_OF_LAYER[layer])
                    found[key] = subject.standard_code, names
    return found


def test_every_sheet_of_the_export_says_what_the_timetable_says(tmp_path):
    problem = read_problem(EXAMPLE).problem
    timetable = read_timetable(problem, EXAMPLE / "timetable.csv").timetable
    export_workbook(timetable, tmp_path / "课表.xlsx")
    expected = truth(timetable)
    read = read_school([tmp_path / "课表.xlsx"])

    layouts = Counter()
    for cell in read.cells:
        if cell.kind != "lesson" or not cell.class_name.printed:
            continue
        for layer in cell.week.layers:
            group = cell.class_name.grade, cell.class_name.number
            code, teachers = expected[
                group, cell.day, cell.period, WEEK_OF_LAYER[layer]
            ]
            assert cell.subject == code
            assert set(cell.teachers) <= teachers
            layouts[cell.layout] += 1
    # Classes, masters with and without teachers, teachers, venues; a lesson of two
    # teachers counts twice in L4.
    assert layouts["L1"] == len(expected)
    assert layouts["L2"] == 2 * len(expected)
    assert layouts["L4"] >= len(expected)
    assert layouts["L5"] > 0
    assert read.disagreements == ()
