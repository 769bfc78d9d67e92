"""Audits of what a database has in force, and what goes into the evidence pack."""

import csv
import hashlib
import io
import json
import zipfile

import pytest

from scheduler.cli import main
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.services.offices import Store
from tests.formats.primary_school import EXAMPLE


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A database with the example school's timetable in force."""
    url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'school.db'}"
    problem = read_problem(EXAMPLE).problem
    timetable = read_timetable(problem, EXAMPLE / "timetable.csv").timetable
    store = Store.connect(url)
    store.office_for(problem).publish(problem, timetable, "第1版", "{}")
    store.close()
    return url


def rows(folder):
    with (folder / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_what_is_published_is_audited_as_its_files_are(published, tmp_path):
    files = (EXAMPLE / "timetable.csv", "--data", EXAMPLE, "--out", tmp_path / "files")
    code = main(["audit", *map(str, files)])
    stored = ("--database", published, "--out", str(tmp_path / "stored"))
    assert main(["audit", *stored]) == code

    one, other = rows(tmp_path / "files"), rows(tmp_path / "stored")
    # The database knows when it was published, and what was given since (E02 to E07).
    dated = ("B05", *(f"E0{k}" for k in range(2, 8)))
    assert [r for r in one if r["rule"] not in dated] == [
        r for r in other if r["rule"] not in dated
    ]
    unchecked = [r["rule"] for r in other if r["status"] == "not_checked"]
    assert "B05" not in unchecked


def test_neither_files_nor_a_database_is_one_sentence(tmp_path, capsys):
    assert main(["audit", "--out", str(tmp_path / "o"), "--lang", "en"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "which timetables?" in line


def test_a_database_with_nothing_published_is_one_sentence(tmp_path, capsys):
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    Store.connect(url).close()
    out = ("--out", str(tmp_path / "o"), "--lang", "en")
    assert main(["audit", "--database", url, *out]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "holds no published timetable" in line


def test_the_evidence_pack_has_timetables_venues_agreements_and_a_manifest(tmp_path):
    files = (EXAMPLE / "timetable.csv", "--data", EXAMPLE, "--out", tmp_path)
    main(["audit", *map(str, files)])
    facts = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    school = facts["schools"][0]["name"]

    with zipfile.ZipFile(tmp_path / "evidence.zip") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    listed = _csv(parts.pop("manifest.csv"))
    assert {r["name"]: r["sha256"] for r in listed} == {
        name: hashlib.sha256(content).hexdigest() for name, content in parts.items()
    }
    timetable = _csv(parts[f"课表（规范名称）/001 {school}.csv"])
    problem = read_problem(EXAMPLE).problem
    assert {r["班级"] for r in timetable} == {c.name for c in problem.classes}
    agreements = _csv(parts[f"场地协议/001 {school}.csv"])
    assert [r["协议"] for r in agreements] == [
        a.agreement_id for a in problem.agreements
    ]
    use = _csv(parts[f"场地使用/001 {school}.csv"])
    own = [v for v in problem.venues if v.owner == problem.schools[0].school_id]
    assert [r["场地"] for r in use] == [v.name for v in own]


def _csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
