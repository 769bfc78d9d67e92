"""Versions are told by the fingerprint on their paper."""

from scheduler.services.school.fingerprint import fingerprint
from scheduler.services.views.site import OfficeState
from scheduler.services.views.work import versions
from tests.services.builders import only, publish


@only("sqlite")
def test_a_seal_tells_its_version_however_it_is_typed(office, clock, monkeypatch):
    first = publish(office, "试行")
    clock.set(9, 16)
    publish(office, "正式", day=3)
    read = []
    monkeypatch.setattr(
        *(versions, "fingerprint"), lambda x: read.append(x) or fingerprint(x)
    )
    state, seal = OfficeState(office), fingerprint(first.timetable)
    wide = "".join(chr(ord(x) + 0xFEE0) for x in seal)
    for typed in (seal, seal.replace("-", " ").upper(), wide):
        assert versions.version_of(state, typed).version == 1
    assert versions.version_of(state, "0000-0000-0000-0000") is None
    assert len(read) == 2
