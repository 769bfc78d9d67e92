"""Refusals of services on the command line: one stop after the problem, then advice."""

import pytest

from scheduler.cli.failing import refusal
from scheduler.model.text import Text


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            Text(
                "【教师】表中没有“T9”。是否改过名？",
                '"T9" is no teacher. Maybe renamed?',
            ),
            "absent：【教师】表中没有“T9”。是否改过名？",
            'absent: "T9" is no teacher. Maybe renamed?',
        ),
        (
            Text("没有这一批改动。", "There is no such batch."),
            "absent：没有这一批改动。",
            "absent: There is no such batch.",
        ),
    ],
)
def test_refusal_ends_with_one_stop_or_its_question(text, zh, en):
    (fault,) = refusal("absent", text).errors
    assert fault.sentence("zh") == zh
    assert fault.sentence("en") == en
