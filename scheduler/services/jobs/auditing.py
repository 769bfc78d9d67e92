"""The audit as a job: a timetable, and lessons as given, held against a profile."""

import base64
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.inputs.school import Delivery
from scheduler.audit.profile import Profile
from scheduler.audit.running.audit import audit
from scheduler.formats.archive import plain, typed
from scheduler.formats.auditing.report_file import report_facts
from scheduler.model.timetable import Timetable


def audit_settings(
    profile: Profile, delivered: tuple[Delivery, ...] | None = None
) -> dict[str, Any]:
    """What an audit needs beside the timetable, as JSON has it.

    Parameters:
        delivered: Lessons as they were given; None where nobody has kept them.
    """
    # JSON has no keys of two words.
    rows = [[*key, lessons] for key, lessons in profile.norms.items()]
    return {
        "profile": plain(replace(profile, norms={})) | {"norms": rows},
        "delivered": _packed(plain(delivered)),
    }


def audited(
    timetable: Timetable,
    settings: Mapping[str, Any],
    told: Callable[[int, int], object],
) -> dict[str, Any]:
    """The content of report.json.

    Parameters:
        settings: What :func:`audit_settings` wrote.
        told: Told how many rules are judged, and of how many.
    """
    given = settings["profile"]
    norms = {(stage, code): lessons for stage, code, lessons in given["norms"]}
    profile = replace(typed(Profile, given | {"norms": {}}), norms=norms)
    rows = typed(tuple[Delivery, ...] | None, _unpacked(settings["delivered"]))
    schools = schools_of(timetable, profile, rows)
    return report_facts(audit(schools, profile, told=told))


def _packed(rows: Any) -> str:
    """A term has tens of thousands of lessons, which are much alike."""
    text = json.dumps(rows, ensure_ascii=False)
    packed = zlib.compress(text.encode("utf-8", "surrogatepass"))
    return base64.b64encode(packed).decode("ascii")


def _unpacked(text: str) -> Any:
    packed = zlib.decompress(base64.b64decode(text))
    return json.loads(packed.decode("utf-8", "surrogatepass"))
