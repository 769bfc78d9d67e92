"""Words about hours that rules on plans and on timetables share."""

from fractions import Fraction

from scheduler.audit.findings import number
from scheduler.model.text import Text


def least(lessons: Fraction) -> Text:
    """What is demanded at least."""
    n = number(lessons)
    return Text(f"应不少于{n}节", f"at least {n} demanded")


def most(lessons: Fraction) -> Text:
    """What is allowed at most."""
    n = number(lessons)
    return Text(f"最多{n}节", f"at most {n}")


def short(lessons: Fraction) -> Text:
    """What is missing."""
    n = number(lessons)
    return Text(f"缺{n}节", f"{n} short")


def over(lessons: Fraction) -> Text:
    """What is too much."""
    n = number(lessons)
    return Text(f"超{n}节", f"{n} too many")


NOT_OF_THE_PLAN = Text("不是课程方案中的课程", "no course of the plan")
