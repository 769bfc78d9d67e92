"""Read a district: one folder or workbook of many schools, or a folder for each.

Beside many folders lies ``district/`` with the tables they share. Ids in it are shared;
those of a school are qualified by its id where two schools use the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scheduler.formats.district.ids import NewIds
from scheduler.formats.district.joining import join
from scheduler.formats.district.settings import qualified_rules, with_own_rules
from scheduler.formats.problem.reading import (
    Records,
    SettingsCheck,
    Understood,
    Whole,
    assembled,
    read_problem,
    understood,
)
from scheduler.formats.tables.declared.problem_tables import TABLES
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.settings import RULES_FILE
from scheduler.formats.tables.sheet import Faults, Sheet
from scheduler.formats.tables.source import Source, read_folder
from scheduler.model.district import District
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text

SHARED = "district"
"""Folder of the tables that all schools share."""


@dataclass(frozen=True, slots=True)
class DistrictReading:
    """A district and what looks like a mistake in it but is allowed.

    ``new_ids`` are those that rows of a school's folder have now, by its name.
    """

    district: District
    warnings: tuple[DataError, ...]
    new_ids: Mapping[str, NewIds] = field(default_factory=dict)


def is_many_folders(path: Path) -> bool:
    """Whether schools lie in folders of their own, beside ``district/``."""
    return (path / SHARED).is_dir()


def read_district(
    path: Path, check_settings: SettingsCheck, *, even_impossible: bool = False
) -> DistrictReading:
    """Read all schools of a district.

    Parameters:
        check_settings: As in :func:`read_problem`, also of each school's own settings.

    Raises:
        InputError: there are faults; all of them, folder by folder.
    """
    if not is_many_folders(path):
        reading = read_problem(path, check_settings, even_impossible=even_impossible)
        return DistrictReading(District(reading.problem), reading.warnings)
    return _Folders(path, check_settings).read(even_impossible)


class _Folders:
    """The folders of one district while they are read."""

    def __init__(self, path: Path, check_settings: SettingsCheck) -> None:
        self._path, self._check = path, check_settings
        self._faults = Faults()

    def read(self, even_impossible: bool) -> DistrictReading:
        """All folders as one problem."""
        names = [folder.name for folder in _school_folders(self._path)]
        if not names:
            raise InputError([_no_schools(self._path)])
        shared = self._source(SHARED)
        sources = [_without_shared_term(self._source(n), shared) for n in names]
        schools = self._schools(sources)
        common = self._understood(shared, schools, SHARED, whole=False).records
        given = [
            self._understood(source, common, name)
            for source, name in zip(sources, names, strict=True)
        ]
        joined = join(names, common, [g.records for g in given], self._faults)
        rules = [
            qualified_rules(s.settings, joined.new_ids[n])
            for s, n in zip(sources, names, strict=True)
        ]
        unreadable = frozenset(t for g in given for t in g.unreadable)
        labels = {t.name: f"{SHARED}/{t.file_name}" for t in TABLES}
        whole = Whole(joined.records, unreadable, shared.settings, labels)
        reading = assembled(
            whole, [shared, *sources], self._faults, even_impossible=even_impossible
        ).reading
        own = with_own_rules(shared.settings, rules, joined.school_ids)
        district = District(reading.problem, own)
        return DistrictReading(district, reading.warnings, joined.new_ids)

    def _source(self, name: str) -> Source:
        """The raw tables of one folder, whose files are told with it."""
        faults = Faults()
        source = read_folder(self._path / name, faults)
        faults.errors += self._check(source.settings)
        self._note(faults, name)
        sheets = {key: _labelled(s, name) for key, s in source.sheets.items()}
        matrices = {key: _labelled(s, name) for key, s in source.matrices.items()}
        return replace(source, sheets=sheets, matrices=matrices, folder=f"{name}/")

    def _schools(self, sources: Sequence[Source]) -> Records:
        """The rows of all tables of schools, which shared tables may name."""
        rows: list[Located] = []
        for source in sources:
            one = replace(
                source,
                sheets={k: s for k, s in source.sheets.items() if k == "schools"},
                matrices={},
            )
            rows += understood(one, Faults(), whole=False).records.get("schools", ())
        return {"schools": tuple(rows)}

    def _understood(
        self, source: Source, beside: Records, name: str, *, whole: bool = True
    ) -> Understood:
        faults = Faults()
        found = understood(source, faults, beside, whole=whole)
        self._note(faults, name)
        return found

    def _note(self, faults: Faults, folder: str) -> None:
        """Keep faults, each told with its folder."""
        self._faults.errors += [_in_folder(f, folder) for f in faults.errors]
        self._faults.warnings += [_in_folder(f, folder) for f in faults.warnings]


def _school_folders(path: Path) -> Iterator[Path]:
    """Folders beside ``district/`` that hold a table of classes."""
    for folder in sorted(path.iterdir()):
        if folder.is_dir() and folder.name != SHARED and _has_classes(folder):
            yield folder


def _has_classes(folder: Path) -> bool:
    return not folder.name.startswith(".") and (folder / "classes.csv").is_file()


def _without_shared_term(source: Source, shared: Source) -> Source:
    """The source without a term of its own where the district has one."""
    term = ("term", "closed", "make_up")
    if "term" not in shared.sheets:
        return source
    sheets = {key: s for key, s in source.sheets.items() if key not in term}
    return replace(source, sheets=sheets)


def _labelled(sheet: Sheet, folder: str) -> Sheet:
    return replace(sheet, file=f"{folder}/{sheet.file}")


def _in_folder(fault: DataError, folder: str) -> DataError:
    if fault.file.startswith(f"{folder}/"):
        return fault
    return replace(fault, file=f"{folder}/{fault.file or RULES_FILE}")


def _no_schools(path: Path) -> DataError:
    return DataError(
        str(path),
        Text(
            f"有 {SHARED} 文件夹，但旁边没有学校的文件夹",
            f"has a folder {SHARED} but no folder of a school beside it",
        ),
        Text(
            "请给每所学校一个含【班级】表的文件夹。",
            "Maybe give each school a folder with a classes.csv?",
        ),
    )
