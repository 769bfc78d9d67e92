"""Rows of many folders as rows of one problem: what is shared once, the rest apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scheduler.formats.district.ids import (
    GROUPS,
    SITES,
    NewIds,
    own_id,
    renamed,
    site_columns,
)
from scheduler.formats.district.meaning import made_anew, said_in_full
from scheduler.formats.problem.reading import Records
from scheduler.formats.tables.declared.problem_tables import TABLES, TERM_TABLES
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Faults
from scheduler.model.errors import DataError
from scheduler.model.text import Text

Meant = tuple[Any, ...]
"""What the rows of one id say."""


@dataclass(frozen=True, slots=True)
class Joined:
    """All rows; by folder its new ids, and the schools it holds."""

    records: Records
    new_ids: Mapping[str, NewIds]
    school_ids: Sequence[tuple[str, ...]]


def join(
    names: Sequence[str], common: Records, folders: Sequence[Records], faults: Faults
) -> Joined:
    """Join the rows of folders with those they share.

    An id that two folders use is qualified by the school's in each, unless its rows are
    the same in both: then it is one thing. Ids of the shared tables stay.

    Parameters:
        names: Names of the folders, in the order of ``folders``.
        common: Rows of the shared tables.
    """
    schools = [_school_ids(rows) for rows in folders]
    _note_schools_twice(folders, common, faults)
    one = _Join(
        common,
        [said_in_full(rows) for rows in folders],
        [ids[0] if ids else name for ids, name in zip(schools, names, strict=True)],
    )
    records = {table.name: one.rows(table, faults) for table in TABLES}
    new_ids = dict(zip(names, one.new, strict=True))
    return Joined(records, new_ids, schools)


class _Join:
    """One joining, table by table: a table names earlier ones only."""

    def __init__(
        self, common: Records, folders: Sequence[Records], called: Sequence[str]
    ) -> None:
        self._common, self._folders, self._called = common, folders, called
        self.new: list[NewIds] = [{} for _ in folders]
        self._qualify(SITES, [_sites(rows) for rows in folders], self._shared_sites())
        self._qualify(GROUPS, [_groups(rows) for rows in folders], set())

    def rows(self, table: Table, faults: Faults) -> tuple[Located, ...]:
        """The rows of a table, the shared ones first."""
        shared = self._common.get(table.name, ())
        own = [
            [renamed(table, row, new) for row in rows.get(table.name, ())]
            for rows, new in zip(self._folders, self.new, strict=True)
        ]
        if table in TERM_TABLES:
            return shared or _one_term(table, own, faults)
        if own_id(table) and table.name != "schools":
            self._tell_apart(table, shared, own)
            own = [
                [renamed(table, row, new) for row in rows]
                for rows, new in zip(own, self.new, strict=True)
            ]
        if table.name == "activities":
            for rows, new, old in zip(own, self.new, self._folders, strict=True):
                new |= made_anew(old, rows, new)
        return _each_once(table, (*shared, *(row for rows in own for row in rows)))

    def _tell_apart(
        self,
        table: Table,
        shared: Sequence[Located],
        own: Sequence[Sequence[Located]],
    ) -> None:
        """New ids where two folders mean two things by one."""
        common = _by_id(table, shared)
        there: dict[str, list[tuple[int, Meant]]] = defaultdict(list)
        for number, rows in enumerate(own):
            for name, each in _by_id(table, rows).items():
                there[name].append((number, each))
        for name, meant in there.items():
            first = common.get(name, meant[0][1])
            if any(each != first for _, each in meant):
                for number, each in meant:
                    if each != common.get(name):
                        self._rename(number, table.name, name)

    def _qualify(self, kind: str, used: Sequence[set[str]], shared: set[str]) -> None:
        """New ids of what has no table of its own."""
        times = Counter(name for names in used for name in names)
        for number, names in enumerate(used):
            for name in sorted(names - shared):
                if times[name] > 1:
                    self._rename(number, kind, name)

    def _rename(self, number: int, table: str, name: str) -> None:
        self.new[number][table, name] = f"{self._called[number]}.{name}"

    def _shared_sites(self) -> set[str]:
        """Sites that the shared tables name, and those called as a school is."""
        ids = {n for rows in (self._common, *self._folders) for n in _school_ids(rows)}
        return _sites(self._common) | ids


def _school_ids(rows: Records) -> tuple[str, ...]:
    schools = rows.get("schools", ())
    return tuple(str(r.values["school_id"]) for r in schools if "school_id" in r.values)


def _sites(rows: Records) -> set[str]:
    return {
        str(row.values[column])
        for table, columns in site_columns()
        for row in rows.get(table, ())
        for column in columns
        if column in row.values
    }


def _groups(rows: Records) -> set[str]:
    """Teaching-research groups of teachers where a row speaks of one by name."""
    told = any(
        row.values.get(column) == "group"
        for table, column in (("unavailable", "kind"), ("limits", "on"))
        for row in rows.get(table, ())
    )
    groups = {str(r.values.get("group", "")) for r in rows.get("teachers", ())}
    return groups - {""} if told else set()


def _by_id(table: Table, rows: Iterable[Located]) -> dict[str, Meant]:
    """What the rows of each id say; of a subject its name and kind count."""
    found: dict[str, list[Any]] = defaultdict(list)
    column = table.columns[0].name
    for row in rows:
        said = dict(row.values)
        if table.name == "subjects":
            said = {key: said.get(key) for key in ("name", "kind")}
        found[str(row.values.get(column))].append(said)
    return {name: tuple(each) for name, each in found.items()}


def _each_once(table: Table, rows: Sequence[Located]) -> tuple[Located, ...]:
    """Rows without those that another folder has as well; schools are never dropped."""
    if table.name == "schools" or not (table.key and own_or_site(table)):
        return tuple(rows)
    kept: list[Located] = []
    from_file: dict[tuple[Any, ...], str] = {}
    for row in rows:
        key = tuple(row.values.get(name) for name in table.key)
        if None in key or from_file.setdefault(key, row.file) == row.file:
            kept.append(row)
    return tuple(kept)


def own_or_site(table: Table) -> bool:
    """Whether rows of several folders may say the same thing of one id."""
    return bool(own_id(table)) or table.name == "sites"


def _one_term(
    table: Table, own: Sequence[Sequence[Located]], faults: Faults
) -> tuple[Located, ...]:
    """The term of the first school; all others must be the same."""
    first = tuple(own[0])
    said = [dict(row.values) for row in first]
    for rows in own[1:]:
        if [dict(row.values) for row in rows] != said and (rows or first):
            file = rows[0].file if rows else first[0].file
            faults.errors.append(DataError(file, _OTHER_TERM, _ONE_TERM))
    return first


def _note_schools_twice(
    folders: Sequence[Records], common: Records, faults: Faults
) -> None:
    seen: dict[str, Located] = {}
    for rows in (common, *folders):
        for row in rows.get("schools", ()):
            name = str(row.values.get("school_id"))
            first = seen.setdefault(name, row)
            if first.file != row.file:
                what = Text(
                    f"与【{first.file.partition('/')[0]}/学校】里的一所重复",
                    f"is the id of a school in {first.file} as well",
                )
                faults.errors.append(
                    row.fault("school_id", what.zh, what.en, _OTHER_ID)
                )
    for rows in folders:
        kept = tuple(
            replace(row, sound=False, made=None)
            if seen.get(str(row.values.get("school_id"))) is not row
            else row
            for row in rows.get("schools", ())
        )
        rows["schools"] = tuple(r for r in kept if r.sound) if "schools" in rows else ()


_OTHER_ID = Text("请给每所学校不同的编号。", "Maybe give each school an id of its own?")
_OTHER_TERM = Text(
    "各校的学期、放假和调休不一致",
    "the schools' terms, holidays or make-up days differ",
)
_ONE_TERM = Text(
    "请把 term.toml 放在 district 文件夹里，各校共用。",
    "Maybe put one term.toml into the folder district, for all schools?",
)
