"""What has changed for somebody between two moments: the books then and now."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.term.entries import Entry, EntryKey, FeedKind, concerned
from scheduler.term.facts import Facts


@dataclass(frozen=True, slots=True)
class Difference:
    """A lesson before and after; ``before`` or ``after`` is None where it is not there.

    For somebody it is not there where it concerns them no more, or did not yet.
    """

    key: EntryKey
    before: Entry | None
    after: Entry | None

    @property
    def order(self) -> tuple[object, ...]:
        """By the date and time that people will look for."""
        entry = self.after or self.before
        assert entry is not None
        return entry.date, entry.facts.start, self.key

    @property
    def sentence(self) -> Text:
        """What it was, and what it is."""
        was = _said(self.before.date, self.before.facts) if self.before else None
        now = _said(self.after.date, self.after.facts) if self.after else None
        if was is None:
            return Text(f"新增：{now.zh}", f"new: {now.en}") if now else Text("", "")
        if now is None:
            return Text(f"取消：{was.zh}", f"gone: {was.en}")
        return Text(f"{was.zh} → {now.zh}", f"{was.en} → {now.en}")


def differences(
    before: Iterable[Entry],
    after: Iterable[Entry],
    kind: FeedKind,
    resource_id: str,
) -> tuple[Difference, ...]:
    """What differs for a teacher, class or place, by date and time."""
    # Entries share their facts, which say whom they concern.
    theirs: dict[int, bool] = {}

    def there(entry: Entry) -> bool:
        number = id(entry.facts)
        if number not in theirs:
            theirs[number] = (kind, resource_id) in concerned(entry.facts)
        return theirs[number] and not entry.cancelled

    old = {e.key: e for e in before if there(e)}
    new = {e.key: e for e in after if there(e)}
    return tuple(sorted(_pairs(old, new), key=lambda x: x.order))


def _pairs(
    old: dict[EntryKey, Entry], new: dict[EntryKey, Entry]
) -> Iterator[Difference]:
    for key in old.keys() | new.keys():
        was, now = old.get(key), new.get(key)
        if was is None or now is None or _told(was) != _told(now):
            yield Difference(key, was, now)


def _told(entry: Entry) -> tuple[object, ...]:
    facts = entry.facts
    people = facts.teacher_ids, facts.escort_ids, facts.where, facts.subject.id
    return entry.date, facts.rows, *people, facts.self_study


def _said(date: dt.date, facts: Facts) -> Text:
    clock = f"{format_clock(facts.start)}–{format_clock(facts.end)}"
    day = weekday(date.isoweekday())
    names = ["、".join(x.name for x in facts.classes), facts.subject.name]
    names.append("、".join(x.name for x in facts.teachers))
    if facts.place is not None:
        names.append(facts.place.venue.name)
    if facts.self_study:
        names.append("自习")
    what = " ".join(filter(None, names))
    return Text(
        f"{date}（{day.zh}）{clock} {what}", f"{date} ({day.en}) {clock} {what}"
    )
