"""What was understood of a problem, against numbers counted by hand."""

from dataclasses import replace
from fractions import Fraction

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.standards import read_standard
from scheduler.services.school.understood import understood
from scheduler.services.school.understood_text import as_json, lines
from tests.formats.primary_school import EXAMPLE, Folder


def test_example_is_understood_as_counted_by_hand():
    facts = understood(read_problem(EXAMPLE).problem, read_standard())

    low = [((grade, 27, 28), 2) for grade in (1, 2)]
    assert list(facts.grades) == low + [((grade, 32, 33), 2) for grade in range(3, 7)]
    # Two halves of the field and the gym, 33 periods; two afternoons of three
    # periods in the park, one class by the agreement: 3 x 33 + 2 x 3.
    assert facts.pe == (Fraction(60), 105)
    assert [x.need for x in facts.teachers[:5]] == [20] * 5
    assert not any(x.is_over for x in facts.teachers)
    assert facts.hours == ()


def test_missing_lessons_and_loads_over_the_limit_are_named(tmp_path):
    folder = Folder(tmp_path)
    rows = folder.rows("requirements")
    at = {name: rows[0].index(name) for name in rows[0]}
    kept = [
        r for r in rows if (r[at["class_ids"]], r[at["subject_id"]]) != ("G1C01", "MUS")
    ]
    folder.write("requirements", kept)
    problem = read_problem(folder.path).problem
    most = understood(problem, read_standard()).teachers[0]
    teachers = tuple(
        replace(t, max_per_week=19) if t.name == most.name else t
        for t in problem.teachers
    )
    problem = replace(problem, teachers=teachers)
    facts = understood(problem, read_standard())
    told = [line.zh for line in lines(problem, facts)]

    assert f"超过上限的教师：{most.name}20节（上限19）。" in told
    assert any(x.startswith("音乐计划0节，少于课程方案的") for x in told)
    music = next(x for x in as_json(facts)["hours"] if x["subject"]["zh"] == "音乐")
    assert (music["planned"], music["classes"]) == (0.0, ["G1C01"])
