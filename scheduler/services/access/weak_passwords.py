"""Passwords that whoever guesses tries first: common ones, and names of what is here.

The list is the 8,359 of at least eight characters of the 20,000 most common passwords
that Django's validator of passwords ships (by Royce Williams, from breached sites).
"""

import re
import string
from functools import cache
from importlib.resources import files

_WORDS = """
cuofeng kebiao kechengbiao paike jiaowu jiaowuchu jiaoyuju xuexiao school office teacher
timetable schedule bureau partner admin
错峰 课表 课程表 排课 教务 教务处 教育局 学校 教师 老师 管理员
"""
OWN_WORDS = frozenset(_WORDS.split())
"""What the program, its roles and its users are called: nobody's secret."""
_AROUND = string.digits + string.punctuation + string.whitespace
_LIST = "common_passwords.txt"


def is_weak(password: str, name: str) -> bool:
    """Whether a password is a common one, or is made of a word known to everybody.

    Digits and signs around such a word, and the word said again, add nothing, as in
    教务处2026 and cuofeng-cuofeng; nor do capitals.

    Parameters:
        name: The account's own, which is such a word.
    """
    plain = password.casefold()
    if plain in _common() or plain[::-1] in _common() or len(set(plain)) == 1:
        return True
    known = "|".join(map(re.escape, {*OWN_WORDS, name.casefold()} - {""}))
    between = f"[{re.escape(_AROUND)}]*"
    return bool(re.fullmatch(f"{between}(?:(?:{known}){between})+", plain))


@cache
def _common() -> frozenset[str]:
    listed = files(__package__).joinpath(_LIST).read_text(encoding="utf-8")
    return frozenset(listed.split("\n"))
