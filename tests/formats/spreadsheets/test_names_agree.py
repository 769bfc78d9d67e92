"""Names of courses stand for the same code in the reader, the audit and the tables."""

from scheduler.audit.codes import code_of
from scheduler.audit.profile import NameUse
from scheduler.formats.profiles import read_profile
from scheduler.formats.spreadsheets.entries import entries_of
from scheduler.formats.spreadsheets.labels.vocabulary import read_vocabulary
from scheduler.model.resources import Subject, SubjectKind

READER = read_vocabulary()
AUDIT = read_profile()
IN_USE = [x for x in AUDIT.names if x.use in (NameUse.PRINT, NameUse.ALIAS)]


def read_code(name):
    (entry,) = entries_of([name], [""], READER, 3)
    return entry.name.code


def test_reader_takes_names_in_use_for_the_course_that_the_audit_does():
    assert IN_USE
    assert {x.name: read_code(x.name) for x in IN_USE} == {
        x.name: x.code for x in IN_USE
    }


def test_subjects_of_tables_have_the_code_that_the_audit_gives_their_name():
    told = {x.name: (code_of(_subject(x.name)), x.code) for x in AUDIT.names}
    known = {name: codes for name, codes in told.items() if codes[0]}
    assert known
    assert {name: code for name, (code, _) in known.items()} == {
        name: code for name, (_, code) in known.items()
    }


def _subject(name):
    return Subject("S", name, SubjectKind.OTHER)
