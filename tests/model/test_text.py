"""Sentences in both languages: put together, one by one."""

from scheduler.model.text import Text, joined


def test_joined_parts_stand_apart_as_each_language_has_it():
    days = (Text("周一", "Monday"), Text("周二", "Tuesday"))
    assert joined(days) == Text("周一、周二", "Monday, Tuesday")
    assert joined(iter(days), "；", "; ") == Text("周一；周二", "Monday; Tuesday")
    assert joined([]) == Text("", "")


def test_adding_texts_puts_nothing_between():
    assert Text("固定", "fixed ") + Text("周一", "on Monday") == Text(
        "固定周一", "fixed on Monday"
    )
