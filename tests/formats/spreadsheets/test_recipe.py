"""A recipe keeps what was settled and is applied to the next file."""

import pytest

from scheduler.formats.spreadsheets.labels.vocabulary import read_vocabulary
from scheduler.formats.spreadsheets.recipe import (
    NO_RECIPE,
    Recipe,
    read_recipe,
    recipe_of,
    recipe_toml,
)
from scheduler.model.errors import InputError
from tests.formats.spreadsheets.sheets import DAYS, grid, read_all

ROWS = [
    ["下陆小学三(1)班课程表"],
    ["节次", *DAYS],
    ["1", "小实验", "语闻", "值日生", "数学", "小 实 验"],
]


def saved(tmp_path, text):
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_unknown_names_wait_in_the_recipe_with_a_proposal():
    recipe = recipe_of(read_all([grid(ROWS)]))

    assert recipe.school == "下陆小学"
    assert recipe.unknown == {"小实验": "", "语闻": "是否为语文？", "值日生": ""}


def test_settled_names_are_applied_to_the_next_file(tmp_path):
    text = 'version = 1\n[names]\n"小实验" = "SC"\n"语闻" = "CN"\n"值日生" = "-"\n'
    recipe = read_recipe(saved(tmp_path, text), read_vocabulary())
    cells = read_all([grid(ROWS)], recipe).cells

    assert [(c.subject, c.kind.value, c.status.value) for c in cells] == [
        ("SC", "lesson", "corrected"),
        ("CN", "lesson", "corrected"),
        ("", "not_lesson", "read"),
        ("MA", "lesson", "read"),
        ("SC", "lesson", "corrected"),
    ]


def test_a_recipe_is_written_and_read_alike(tmp_path):
    recipe = Recipe("下陆小学", ("旧",), {"小实验": "SC"}, {"语闻": "是否为语文？"})

    path = saved(tmp_path, recipe_toml(recipe))
    assert read_recipe(path, read_vocabulary()) == recipe


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = 2\n", "version must be 1"),
        ("not toml", "is not TOML"),
        ('version = 1\n[names]\n"小实验" = "XX"\n', "is no code of a subject"),
        ("version = 1\nskip = 3\n", "not written as it should be"),
    ],
)
def test_faults_of_a_recipe_are_said(tmp_path, text, said):
    with pytest.raises(InputError, match=said):
        read_recipe(saved(tmp_path, text), read_vocabulary())


def test_the_recipe_names_the_school_of_files_that_do_not():
    rows = [["三(1)班课程表"], *ROWS[1:]]

    found = read_all([grid(rows)], Recipe(school="詹爱宇小学"))
    assert found.schools == ("詹爱宇小学",)
    assert read_all([grid(rows)], NO_RECIPE).schools == ("",)
