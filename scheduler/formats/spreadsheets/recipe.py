"""Recipe: what a person settled about a school's sheets, kept for next time (TOML).

    version = 1
    school = "下陆小学"          # where the files name none
    skip = ["旧课表"]            # sheets that are not read
    [names]                      # names of subjects as printed, and their codes
    "小实验" = "SC"
    [unknown]                    # names that nobody has settled yet, with a proposal
    "语闻" = "是否为语文？"

A name is settled by moving it from ``[unknown]`` to ``[names]`` with a code of the
curriculum standard, or with ``-`` where it is no lesson.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tomli_w

from scheduler.formats.spreadsheets.labels.vocabulary import Vocabulary
from scheduler.formats.spreadsheets.labels.words import compact
from scheduler.model.errors import NO_ADVICE, DataError, InputError
from scheduler.model.read_timetable import CellKind, ReadTimetable
from scheduler.model.text import Text

VERSION = 1
RECIPE_FILE = "recipe.toml"
NO_LESSON = "-"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Corrections of one school; ``names`` are spelt without spaces."""

    school: str = ""
    skip: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)

    def applied_to(self, vocabulary: Vocabulary) -> Vocabulary:
        """The names with the school's own before all others."""
        return replace(vocabulary, own=dict(self.names))


NO_RECIPE = Recipe()


def read_recipe(path: Path, vocabulary: Vocabulary) -> Recipe:
    """Read a recipe.

    Raises:
        InputError: it is no TOML, of another version, or names an unknown code.
        OSError: the file cannot be read.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        problem = Text(f"不是 TOML 文件（{fault}）", f"is not TOML ({fault})")
        raise InputError([DataError(path.name, problem)]) from None
    faults = list(_faults(path.name, content, vocabulary))
    if faults:
        raise InputError(faults)
    return Recipe(
        content.get("school", ""),
        tuple(content.get("skip", ())),
        {compact(k): v for k, v in content.get("names", {}).items()},
        content.get("unknown", {}),
    )


def _faults(
    file: str, content: dict[str, Any], vocabulary: Vocabulary
) -> Iterable[DataError]:
    if content.get("version") != VERSION:
        problem = Text(f"version 应为 {VERSION}", f"version must be {VERSION}")
        yield DataError(file, problem, value=str(content.get("version", "")))
    shapes = (("school", str), ("skip", list), ("names", dict), ("unknown", dict))
    for key, shape in shapes:
        if not isinstance(content.get(key, shape()), shape):
            problem = Text("写法不对", "is not written as it should be")
            yield DataError(file, problem, NO_ADVICE, column=key)
            return
    codes = vocabulary.code_names
    for name, code in content.get("names", {}).items():
        if code != NO_LESSON and code not in codes:
            problem = Text("不是课程代码", "is no code of a subject")
            advice = Text(
                f"可用：{'、'.join(sorted(codes))}",
                f"known: {', '.join(sorted(codes))}",
            )
            yield DataError(file, problem, advice, column=name, value=str(code))


def recipe_of(read: ReadTimetable, before: Recipe = NO_RECIPE) -> Recipe:
    """The recipe for next time: what was settled, and what is still unknown."""
    unknown: dict[str, str] = {}
    for cell in read.cells:
        name = compact(cell.subject_name)
        if cell.kind is CellKind.LESSON and not cell.subject and name:
            unknown.setdefault(name, cell.suggestion.zh)
    school = before.school or (read.schools[0] if len(read.schools) == 1 else "")
    return replace(before, school=school, unknown=unknown)


def recipe_toml(recipe: Recipe) -> str:
    """A recipe as the text of its file."""
    return tomli_w.dumps(
        {
            "version": VERSION,
            "school": recipe.school,
            "skip": list(recipe.skip),
            "names": dict(recipe.names),
            "unknown": dict(recipe.unknown),
        }
    )
