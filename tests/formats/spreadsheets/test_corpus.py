"""The corpus of known timetables is read right, and never wrong in silence."""

import pytest

from scheduler.formats.spreadsheets.reading import read_school
from tests.formats.spreadsheets.corpus.layouts import LAYOUTS
from tests.formats.spreadsheets.corpus.score import (
    Score,
    corpus_file,
    read_and_score,
)
from tests.formats.spreadsheets.corpus.shapes import SHAPES
from tests.thorough import times

ENDINGS = (".xlsx", ".xls", ".html", ".csv", ".xlsx", ".txt")
SEEDS = range(times(11))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_of_a_layout_are_read_right_or_in_doubt(tmp_path, layout):
    total = Score()
    for seed in SEEDS:
        ending = ENDINGS[seed % len(ENDINGS)]
        total.add(read_and_score(tmp_path, seed, layout, ending))

    assert total.wrong == 0, total.examples[:20]
    assert total.right >= 0.995 * total.lessons, total.examples[:20]
    assert total.teachers >= 0.99 * total.shown, total.examples[:20]


@pytest.mark.parametrize("shape", SHAPES)
def test_forms_with_words_around_a_timetable_are_read_right_or_in_doubt(
    tmp_path, shape
):
    total = Score()
    for seed in range(4):
        ending = (".xlsx", ".xls", ".html")[seed % 3]
        total.add(read_and_score(tmp_path, seed, shape, ending))

    assert total.wrong == 0, total.examples[:20]
    assert total.right >= 0.995 * total.lessons, total.examples[:20]


@pytest.mark.parametrize("shape", ["footers", "small_tables"])
def test_lines_and_tables_around_a_timetable_name_its_teachers(tmp_path, shape):
    for seed in range(4):
        school, path, _ = corpus_file(tmp_path, seed, shape, ".xlsx")
        read = read_school([path])
        named = [
            (read.teachers_of(x), school.lessons[x.class_key[2:], x.day, x.period])
            for x in read.lessons
            if x.subject
        ]
        right = sum(who in {(t,) for _, _, t in slot} for who, slot in named)
        assert right >= 0.99 * len(named)
