"""Every sentence is in one language: no English in Chinese, no Chinese in English."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.declared.problem_tables import TABLES
from scheduler.model.meeting import Placement
from scheduler.model.requirements import HOME
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from tests.architecture import nodes
from tests.formats.primary_school import EXAMPLE

ROOT = Path(__file__).parents[1]
CHINESE = re.compile(r"[一-鿿]")
LATIN = re.compile(r"[A-Za-z][A-Za-z_]+")
# Chinese punctuation of half width beside a Chinese character.
HALF_WIDTH = re.compile(r"[一-鿿}”】][,;:!?](?=[ 一-鿿{“])")
FULL_WIDTH = re.compile(r"[，；：！？。、（）【】]")
COMMANDS = re.compile(
    r"cuofeng [^，。；]*|--[a-z-]+(?: [A-Z]+| [\w.:/]+)?"
    r"|[a-z]+-[a-z]+|\[\[?\w+\]\]?|[\w-]*\.[a-z]{2,4}\b|\w+://[\w./]*|enabled = false"
)
NAMES = frozenset(
    ["Ctrl", "Shift", "Tab", "Enter", "Esc", "Delete", "zip"]
) | frozenset(
    (
        *("Excel", "WPS", "Word", "CSV", "XML", "TOML", "UTF", "GBK", "GB", "KB", "MB"),
        *("FET", "Official", "iCal", "iCalendar", "URL", "http", "https", "webcal"),
        *("AQI", "Asia", "Shanghai", "YYYY", "MM", "DD", "HH", "Internet"),
        *("Dask", "district", "tcp"),
        *("iPhone", "iPad", "Mac", "Outlook", "Thunderbird"),
    )
)
KEYS = frozenset(
    (
        *("true", "false", "hard", "soft", "level", "except_classes", "version"),
        *("red", "amber", "kind", "ref", "add", "replace", "remove"),
    )
)
"""Words of TOML files, which have no others."""
SAID = re.compile(r't\(\s*"([^"]*)"\s*,\s*"([^"]*)"')
"""A sentence of a template, in both languages."""
ENGLISH_MAY_QUOTE = ("待定", "校本", "英语口语", "经典诵读")


@cache
def sentences() -> tuple[tuple[str, str, str], ...]:
    """Where a sentence stands, and its Chinese and English constant parts."""
    return tuple(_sentences())


def _sentences() -> Iterator[tuple[str, str, str]]:
    for folder in ("scheduler", "web"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in nodes(path):
                for chinese, english in _pairs(node):
                    place = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield place, _constant(chinese), _constant(english)
    for path in sorted((ROOT / "web" / "templates").rglob("*.html")):
        for found in SAID.finditer(path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT)), found[1], found[2]


def _pairs(node: ast.AST) -> Iterator[tuple[ast.expr | None, ast.expr | None]]:
    match node:
        case ast.Call(func=ast.Name(id="Text" | "CellError"), args=[zh, en, *_]):
            yield zh, en
        case ast.Call(
            func=ast.Attribute(attr="error" | "warn" | "fault"), args=[_, zh, en, *_]
        ):
            yield zh, en
        case ast.Assign(
            targets=[ast.Tuple(elts=[ast.Name(id="zh"), ast.Name(id="en")])],
            value=ast.Tuple(elts=[zh, en]),
        ):
            yield zh, en
        case ast.Assign(targets=[ast.Name(id="zh")], value=zh):
            yield zh, None
        case ast.Assign(targets=[ast.Name(id="en")], value=en):
            yield None, en


def _constant(node: ast.expr | None) -> str:
    """The words of an expression; what is put in later counts as ``{}``."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_constant(part) or "{}" for part in parts)
        case ast.BinOp(left=left, right=right):
            return _constant(left) + _constant(right)
        case ast.IfExp(body=body, orelse=other):
            return f"{_constant(body)} {_constant(other)}"
    return ""


def test_there_are_sentences():
    assert len(sentences()) > 1500


def test_no_chinese_sentence_has_an_english_word():
    found = {
        f"{place} {word}: {chinese}"
        for place, chinese, _ in sentences()
        if CHINESE.search(chinese)
        for word in LATIN.findall(COMMANDS.sub("", re.sub(r"{\w+}", "{}", chinese)))
        if word not in NAMES | KEYS
    }
    assert sorted(found) == []


def test_no_english_sentence_has_a_chinese_word():
    found = {
        f"{place}: {english}"
        for place, _, english in sentences()
        for quoted in [re.sub("|".join(ENGLISH_MAY_QUOTE), "", english)]
        if CHINESE.search(quoted) or FULL_WIDTH.search(quoted)
    }
    assert sorted(found) == []


def test_chinese_sentences_are_punctuated_as_chinese():
    found = [
        f"{place}: {chinese}"
        for place, chinese, _ in sentences()
        if HALF_WIDTH.search(COMMANDS.sub("", chinese))
    ]
    assert found == []


def test_chinese_sentences_call_tables_by_their_titles():
    files = {table.file_name for table in TABLES if table.file.endswith(".csv")}
    files |= {table.file_name for table in TABLES if not table.file}
    found = [
        f"{place}: {chinese}"
        for place, chinese, _ in sentences()
        if any(file in chinese for file in files)
    ]
    assert found == []


@pytest.fixture(scope="module")
def crowded():
    """Every lesson on Monday's first period, in the first of its places."""
    problem = read_problem(EXAMPLE).problem
    return Timetable(
        problem,
        {
            x.lesson_id: Placement(
                Week.EVERY,
                1,
                1,
                (*problem.allowed_layouts(x.requirement), HOME)[0],
                x.requirement.teacher_ids or x.requirement.teacher_pool[:1],
                x.length,
            )
            for x in problem.lessons
        },
    )


def test_what_rules_say_of_a_bad_timetable_is_in_one_language(crowded):
    report, problem = evaluate(crowded), crowded.problem
    texts = [result.fault for result in report.results]
    for result in report.results:
        texts += [result.explain(violation) for violation in result.violations[:40]]
    assert len({x.zh for x in texts}) > 100
    ids = {x.layout_id for x in problem.layouts} | {x.zone_id for x in problem.zones}
    ids |= {x.agreement_id for x in problem.agreements}
    ids |= {x.bell_id for x in problem.bells} | {x.site_id for x in problem.schools}
    shown = re.compile("|".join(map(re.escape, sorted(ids, key=len, reverse=True))))
    assert [x.zh for x in texts if LATIN.search(shown.sub("", x.zh))] == []
    names = {x.name for x in (*problem.classes, *problem.teachers, *problem.venues)}
    names |= {x.name for x in problem.subjects}
    names |= {x.reason for x in problem.unavailable if x.reason}
    named = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    assert [x.en for x in texts if CHINESE.search(named.sub("", x.en))] == []


@pytest.mark.parametrize(
    ("chinese", "bad"),
    [
        ("教师冲突；共3处", False),
        ("教师冲突; 共3处", True),
        ("请运行 cuofeng explain。", False),
        ("没有 teacher 这一列", True),
    ],
)
def test_the_test_itself_tells_bad_from_good(chinese, bad):
    words = [w for w in LATIN.findall(COMMANDS.sub("", chinese)) if w not in NAMES]
    assert bool(words or HALF_WIDTH.search(chinese)) is bad
