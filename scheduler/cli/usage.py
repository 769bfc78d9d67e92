"""Faults of the command line in both languages, from the sentences of argparse."""

import re
from collections.abc import Callable

from scheduler.model.errors import DataError
from scheduler.model.text import Text

_WORDS = {
    "DATA": "数据",
    "TIMETABLE": "课表",
    "FILE": "文件",
    "FILE.xlsx": "文件名（.xlsx）",
    "LESSON_ID": "课次编号",
    "SCENARIO": "方案",
    "--out": "结果文件夹（--out）",
}
"""What stands for the names of arguments in Chinese."""
_Told = tuple[str, str, Text]
"""Option, value (both may be empty), what is wrong."""


def usage_fault(program: str, message: str) -> DataError:
    """One fault: the command, the option and value where there are any, advice.

    A sentence that is not known here (another version of Python) is quoted whole.
    """
    for pattern, tell in _KNOWN:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            option, value, problem = tell(found)
            break
    else:
        problem = Text(f"命令行不能这样写（{message}）", message)
        option = value = ""
    advice = Text(f"用法见 {program} --help。", f"See {program} --help.")
    return DataError(
        f"{program} {option}".rstrip(), problem, advice, value=value or None
    )


def _required(found: re.Match[str]) -> _Told:
    names = found[1].split(", ")
    listed = "、".join(_WORDS.get(name, name) for name in names)
    return "", "", Text(f"没有给出{listed}", f"{found[1]} is missing")


def _unknown(found: re.Match[str]) -> _Told:
    return "", found[1], Text("没有这个选项或参数", "unrecognized arguments")


def _choice(found: re.Match[str]) -> _Told:
    allowed = re.sub(r"'", "", found[3])
    zh = f"只能是 {allowed.replace(', ', '、')} 之一"
    return found[1], found[2], Text(zh, f"is none of {allowed}")


def _no_value(found: re.Match[str]) -> _Told:
    return found[1], "", Text("后面缺少值", "needs a value")


def _no_flag(found: re.Match[str]) -> _Told:
    return found[1], found[2], Text("这个选项不带值", "the option takes no value")


def _together(found: re.Match[str]) -> _Told:
    zh, en = f"不能与 {found[2]} 同时使用", f"is not allowed with {found[2]}"
    return found[1], "", Text(zh, en)


def _value(found: re.Match[str]) -> _Told:
    return found[1], found[2], Text(found[4], found[3])


_OPTION = r"argument ([^:]+): "
_KNOWN: tuple[tuple[str, Callable[[re.Match[str]], _Told]], ...] = (
    (r"the following arguments are required: (.*)", _required),
    (r"unrecognized arguments: (.*)", _unknown),
    (_OPTION + r"invalid choice: '?(.*?)'? \(choose from (.*)\)", _choice),
    (_OPTION + r"expected (?:one|at least one|\d+) arguments?", _no_value),
    (_OPTION + r"ignored explicit argument '(.*)'", _no_flag),
    (_OPTION + r"not allowed with argument (.*)", _together),
    (_OPTION + r'"(.*)" (is .*)\. 〔(.*)。〕', _value),
)
