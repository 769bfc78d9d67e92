"""Lessons lie on rows of their bell, blocks in one piece."""

from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Cause, SingleLessonRule, Violation
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.text import Text


class KeepToBell(SingleLessonRule):
    """A lesson takes rows of the right kind, of its full length, in one piece.

    A block has nothing but ``break`` rows between its rows, so it does not cross
    lunch or a big break; classes taught together ring the same clock times.
    Amount: one for a lesson that does not fit, one for each period of length
    missing or too many. Level: hard. Source: data-format.md, "Periods".
    """

    title: ClassVar[Text] = Text("按作息、连堂不拆", "Keep to the bell")
    fault: ClassVar[Text] = Text("不合作息或连堂被拆", "Off the bell or block split")
    structural: ClassVar[bool] = True
    by_layout: ClassVar[bool] = False

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """A wrong length, or rows that do not carry the block."""
        length, given = meeting.lesson.length, meeting.placement.length
        wrong = abs(length - given) + (not meeting.fits)
        if wrong:
            yield Violation(
                wrong,
                (meeting.lesson.lesson_id,),
                meeting.class_ids,
                meeting.day,
                meeting.start,
                meeting.end,
                numbers=(length, given, int(meeting.fits)),
            )

    def cause(self, problem: Problem, violation: Violation, meeting: Meeting) -> Cause:
        """That the bells have no such stretch."""
        length, ids = meeting.lesson.length, meeting.class_ids
        who = describe.classes(problem, ids)
        text = Text(
            f"作息中放不下{length}节连排",
            f"{length} periods in one piece do not fit the bell",
        )
        if length == 1 and len(ids) > 1:
            text = Text(
                f"{who}的作息中没有相同的时间",
                f"the bells of {who} have no such time in common",
            )
        return Cause(self.name, ids, text)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, its time and what is wrong."""
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        time = describe.when(violation.day, violation.start, violation.end)
        length, given, _ = violation.numbers
        if length != given:
            return Text(
                f"{lesson.zh}应为{length}节连排，{time.zh}只按{given}节排。",
                f"{lesson.en} is {length} periods long but has {given} on {time.en}.",
            )
        return Text(
            f"{lesson.zh}（{length}节）在{time.zh}排不下：节次类型不符、跨越午休或大课间，"
            "或合班班级作息不同。",
            f"{lesson.en} ({length} periods) does not fit on {time.en}: wrong kind of "
            "row, across lunch or a big break, or bells of joint classes differ.",
        )
