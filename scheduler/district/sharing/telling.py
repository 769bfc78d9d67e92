"""Shares in sentences: for each school what it gets, and what no division can give."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scheduler.district.sharing.shares import Shares
from scheduler.district.sharing.teachers import TeacherShare
from scheduler.model.settings.district import DistrictSettings
from scheduler.model.text import Text, joined, weekday

_HALF = (Text("上午", "morning"), Text("下午", "afternoon"))
_NOON = 12 * 60


def school_sentences(shares: Shares) -> Iterator[tuple[str, Text]]:
    """One sentence for each part that lacks something, by its key."""
    worst = worst_sentence(shares)
    for number, need in enumerate(shares.venues.needs):
        if not need.lacking:
            continue
        name, met = need.part.name, shares.venues.met(number)
        times = _times(shares, need.part.key)
        got = Text(
            f"：所缺{need.lacking}节得{met}节；",
            f": {met} of the {need.lacking} lessons it lacks; ",
        )
        yield (
            need.part.key,
            Text(f"{name}分到", f"{name} gets ") + times + got + worst,
        )


def worst_sentence(shares: Shares) -> Text:
    """What no division can give the school that is worst off."""
    divided = shares.venues.divided
    if divided is None or not divided.levels:
        return Text("没有需要分配的场地。", "no venue had to be divided.")
    first = divided.levels[0]
    percent = percent_of(first.value)
    if not first.proven:
        return Text(
            f"最差的学校得{percent} %，时间内尚未证明这是最多。",
            f"the worst-off school gets {percent} %, not proven to be the most.",
        )
    return Text(
        f"任何分法都不能让最差的学校超过{percent} %。",
        f"no division gives the worst-off school more than {percent} %.",
    )


def percent_of(value: Fraction) -> int:
    """A share in per cent, rounded down."""
    return int(100 * value)


def teacher_sentences(shares: Shares) -> Iterator[tuple[str, Text]]:
    """One sentence for each shared teacher, by id."""
    names = {part.key: part.name for part in shares.parts}
    most = DistrictSettings.of(shares.district.problem.rules).schools_a_term
    for share in shares.teachers:
        yield share.teacher.teacher_id, _week(share, names)
        if len(share.parts) > most:
            count, name = len(share.parts), share.teacher.name
            yield (
                share.teacher.teacher_id,
                Text(
                    f"{name}在{count}所学校任教，多于规定的{most}所。",
                    f"{name} teaches at {count} schools, more than the {most} allowed.",
                ),
            )


def _week(share: TeacherShare, names: dict[str, str]) -> Text:
    """Where a teacher is on which half-days, and what is still missing."""
    parts = []
    rows = zip(share.parts, share.halves, share.met, share.needs, strict=True)
    for key, halves, met, needed in rows:
        when = joined(
            Text(weekday(h.day).zh + _HALF[h.half].zh, _half_en(h.day, h.half))
            for h in sorted(halves, key=lambda h: (h.day, h.half))
        )
        short = Text("", "")
        if met < needed:
            short = Text(f"（缺{needed - met}节）", f" ({needed - met} lessons short)")
        nothing = Text("无", "nothing")
        place = Text(f"在{names[key]}", f" at {names[key]}")
        parts.append(place + Text("：", ": ") + (when if halves else nothing) + short)
    listed = joined(parts, "；", ";")
    name = Text(share.teacher.name, share.teacher.name)
    return name + listed + Text("。", ".")


def _times(shares: Shares, key: str) -> Text:
    """Days and halves of a part's windows, venue by venue."""
    found: dict[str, dict[tuple[int, int], None]] = defaultdict(dict)
    for grant in shares.venues.grants:
        window = grant.window
        if shares.venues.needs[window.claim].part.key == key:
            when = window.day, int(window.start >= _NOON)
            found[window.venue_id][when] = None
    if not found:
        return Text("不到任何时段", "no window")
    parts = []
    for venue_id, times in found.items():
        name = shares.district.problem.venue[venue_id].name
        zh = "、".join(weekday(d).zh + _HALF[h].zh for d, h in sorted(times))
        en = ", ".join(_half_en(d, h) for d, h in sorted(times))
        parts.append(Text(f"{name}{zh}", f"{name} on {en}"))
    return joined(parts, "，", "; ")


def _half_en(day: int, half: int) -> str:
    return f"{weekday(day).en} {_HALF[half].en}"
