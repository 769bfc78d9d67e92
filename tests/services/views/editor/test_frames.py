"""Empty weeks for the editor: rows of bells, places with their closed zones."""

from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.services.views.editor.school import school_facts
from tests.small_school import need, small_problem


def test_frame_of_a_class_has_the_rows_of_its_bell_side_by_side():
    told = school_facts(small_problem(need("R1", "A", "CN")), "zh")
    frame = told["frames"][told["classes"]["A"][1]]
    assert frame["days"] == (1, 5)
    assert [x["label"] for x in frame["rows"]] == [
        *("第1节", "第2节", "大课间", "第3节", "午餐午休", "第4节", "课后服务")
    ]
    # Friday has no fourth lesson, and its break has another number than Monday's.
    assert frame["rows"][2]["cells"] == [[("high", 8)], [("high", 7)]]
    assert frame["rows"][5]["cells"] == [[("high", 4)], []]
    assert [x["idle"] for x in frame["rows"]] == [
        *(False, False, True, False, True, False, True)
    ]


def test_teacher_of_two_bells_has_rows_that_hold_both():
    problem = small_problem(need("R1", "A", "CN"), need("R2", "C", "CN"))
    told = school_facts(problem, "zh")
    frame = told["frames"][told["teachers"]["T1"][1]]
    first = frame["rows"][0]["cells"][0]
    assert first == [("high", 1), ("low", 1)]
    assert told["teachers"]["T1"][1] == "high+low"


def test_place_tells_which_zones_are_closed_when():
    shut = Unavailability(ResourceKind.ZONE, "Z1", 5, period=2)
    problem = small_problem(need("R1", "A", "PE"), unavailable=(shut,))
    name, frame, closed = school_facts(problem, "zh")["venues"]["V-F"]
    assert (name, frame) == ("田径场", "high")
    assert closed == {"Z1": [("high", 5, 2), ("low", 5, 2)]}


def test_names_are_in_the_language_asked_for():
    problem = small_problem(need("R1", "A", "PE", "1/2"))
    zh, en = (school_facts(problem, x) for x in ("zh", "en"))
    assert zh["subjects"]["PE"][0] == "体育与健康"
    assert en["subjects"]["PE"][0] == "PE and health"
    assert en["frames"]["high"]["rows"][0]["label"] == "Lesson 1"
    assert en["lessons"][0][7] == ("odd", "even")
