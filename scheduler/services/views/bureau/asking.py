"""Asking for shares and audits of a site's schools, and what the shares came to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Any

from scheduler.model.errors import Told
from scheduler.model.text import Text, joined, weekday
from scheduler.model.times import format_clock, parse_clock
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.districts import Hiring, Opening
from scheduler.services.jobs.rows import Job
from scheduler.services.office import Office
from scheduler.services.school.auditing import ask_audit
from scheduler.services.views.bureau.audits import is_audited
from scheduler.services.views.bureau.schools import editions
from scheduler.services.views.bureau.settings import kept_settings
from scheduler.services.views.site import SiteState

_MOST = 20
_ASKING = 5.0


class CannotAsk(Told):
    """What was asked for makes no sense; ``text`` says why."""


@dataclass(frozen=True)
class Choices:
    """What a scenario can name: venues under agreements, subjects, schools, unions."""

    venues: tuple[str, ...]
    subjects: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """The newest cases, the job that found them, and one that still runs.

    ``staff`` is what it has found of teachers, by :class:`StaffReport`.
    """

    cases: tuple[Mapping[str, Any], ...]
    job: Job | None
    running: Job | None
    failed: Job | None
    staff: Mapping[str, Any] = field(default_factory=dict)


def choices(site: SiteState) -> Choices:
    """Names of what the schools have."""
    problems = [edition.problem for _, edition in editions(site)]
    venues = {p.venue[a.venue_id].name: None for p in problems for a in p.agreements}
    subjects = {s.name: None for p in problems for s in p.subjects}
    schools = [s for p in problems for s in p.schools]
    unions = {s.group_id: None for s in schools if s.group_id}
    names = {s.name: None for s in schools}
    return Choices(tuple(sorted(venues)), tuple(subjects), (*unions, *names))


def ask(site: SiteState, form: Mapping[str, Any], by: str) -> Job:
    """Ask for the shares as they are, and with what the form says.

    Parameters:
        form: ``norm``; ``venue``, ``days``, ``start``, ``end``; ``subject``, ``where``,
            ``posts``; empty ones are left out.

    Raises:
        CannotAsk: nothing is published, or the form is wrong.
    """
    home = _home(site)
    if home is None:
        raise CannotAsk(_NOTHING)
    known = choices(site)
    settings: dict[str, Any] = {"bureau": kept_settings(site).to_json()}
    if form.get("norm"):
        settings["lessons_a_post"] = _number(form["norm"], 1, 60)
    names: list[Text] = []
    if form.get("venue"):
        opening = _opening(form, known)
        settings["opening"] = asdict(opening)
        names.append(_said(opening))
    if form.get("subject"):
        hiring = _hiring(form, known)
        settings["hiring"] = asdict(hiring)
        names.append(
            Text(
                f"{hiring.where}增加{hiring.posts}名{hiring.subject}教师",
                f"{hiring.posts} more teachers of {hiring.subject} for {hiring.where}",
            )
        )
    name = joined(names, "，", "; ")
    timetables = tuple(edition.timetable for _, edition in editions(site))
    work = Work(JobKind.DISTRICT, timetables, (name.zh, name.en), settings)
    return home.jobs.ask_once(work, by)


def ask_audits(site: SiteState, by: str, seconds: float = _ASKING) -> int:
    """Ask for audits of what offices have in force, where none is fresh.

    The books of a term are long: after so many seconds the rest is left.

    Returns:
        How many offices are left.
    """
    end, left = monotonic() + seconds, 0
    for key, edition in editions(site):
        state = site.of(key)
        if is_audited(state, edition.version):
            continue
        if monotonic() > end:
            left += 1
        else:
            ask_audit(state.office, state.profile, by)
    return left


def answered(site: SiteState) -> Answered:
    """What the newest job found that has ended well."""
    home = _home(site)
    jobs = [x for x in home.jobs.all() if x.kind == JobKind.DISTRICT] if home else []
    running = next((x for x in jobs if not x.ended), None)
    for job in jobs if home else []:
        result = home.jobs.result(job.job_id) if home and job.ended else None
        if result is not None and "cases" in result.facts:
            failed = next((x for x in jobs if x.error and x.job_id > job.job_id), None)
            facts = result.facts
            staff = facts.get("staff", {})
            return Answered(tuple(facts["cases"]), job, running, failed, staff)
    return Answered((), None, running, next((x for x in jobs if x.error), None))


def _home(site: SiteState) -> Office | None:
    """The office in whose queue jobs of the district are: the first that published."""
    for key, _ in editions(site):
        return site.of(key).office
    return None


def _opening(form: Mapping[str, Any], known: Choices) -> Opening:
    venue = str(form["venue"])
    if venue not in known.venues:
        raise CannotAsk(Text("没有这处场地。", "There is no such venue."))
    days = tuple(sorted({_number(x, 1, 7) for x in form.get("days", ())}))
    try:
        start, end = (parse_clock(str(form.get(x))) for x in ("start", "end"))
    except ValueError:
        raise CannotAsk(_TIMES) from None
    if not days or start >= end:
        raise CannotAsk(_TIMES)
    return Opening(venue, days, start, end)


def _hiring(form: Mapping[str, Any], known: Choices) -> Hiring:
    subject, where = str(form["subject"]), str(form.get("where", ""))
    if subject not in known.subjects or where not in known.places:
        raise CannotAsk(Text("请选学科和学校。", "Please choose subject and school."))
    return Hiring(subject, where, _number(form.get("posts") or "1", 1, _MOST))


def _number(given: object, least: int, most: int) -> int:
    text = str(given)
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise CannotAsk(
            Text(
                f"请填{least}到{most}的整数。",
                f"A whole number from {least} to {most}.",
            )
        )
    return int(text)


def _said(opening: Opening) -> Text:
    days = joined(weekday(d) for d in opening.days)
    times = f"{format_clock(opening.start)}–{format_clock(opening.end)}"
    return Text(
        f"{opening.venue}{days.zh}{times}开放",
        f"{opening.venue} open on {days.en} {times}",
    )


_NOTHING = Text("还没有学校发布课表。", "No school has published a timetable yet.")
_TIMES = Text(
    "请选星期，并填开始和结束时间。", "Please choose weekdays, and a start and an end."
)
