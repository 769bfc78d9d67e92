"""Evidence of crowding-out (rules E02 to E07) from the books; a person decides."""

from dataclasses import dataclass

from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.profile import Profile
from scheduler.audit.running.audit import Outcome, audit
from scheduler.audit.running.catalogue import RULE
from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.services.school.deliveries import deliveries
from scheduler.services.school.ledgers import Books

RULES = ("E02", "E03", "E04", "E05", "E06", "E07")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One rule: what was found by it, or why it could not be judged."""

    rule: str
    title: Text
    severity: str
    outcome: Outcome
    found: tuple[Text, ...]
    why: tuple[Text, ...]


def evidence(office: Office, books: Books, profile: Profile) -> tuple[Evidence, ...]:
    """The rules in order, over the lessons before today."""
    current = office.current()
    if current is None:
        return ()
    log = deliveries(books, office.changes.batches(), profile)
    schools = schools_of(current.timetable, profile, log)
    judged = audit(schools, profile, [RULE[name] for name in RULES])
    found = []
    for name in RULES:
        results = [r for r in judged.results if r.rule.id == name]
        outcomes = {r.outcome for r in results}
        found.append(
            Evidence(
                *(name, RULE[name].title, RULE[name].severity.letter),
                next((x for x in _GRAVEST if x in outcomes), Outcome.NOT_APPLICABLE),
                tuple(item.text for r in results for item in r.found),
                tuple(item.text for r in results for item in r.unchecked),
            )
        )
    return tuple(found)


_GRAVEST = (Outcome.VIOLATED, Outcome.NOT_CHECKED, Outcome.MET)
