"""The code of the standard that a printed course name stands for."""

import re

from scheduler.audit.profile import Profile, plain

_TITLED = (
    (re.compile(r"^校本(课程)?[/·:：\-—]"), "SCH"),
    (re.compile(r"^地方(课程)?[/·:：\-—]"), "LOC"),
    (re.compile(r"^校(本)?/"), "SCH"),
    (re.compile(r"^地(方)?/"), "LOC"),
)


def code_of_name(name: str, profile: Profile) -> str:
    """The code; "" where the name stands for none. A titled course is 校本/经典诵读."""
    known = profile.name(name)
    if known is not None:
        return known.code
    text = plain(name)
    return next((code for pattern, code in _TITLED if pattern.match(text)), "")
