"""A bureau's settings of the division: as a form shows them, and as it sends them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.constraints.catalogue import check_settings
from scheduler.formats.district.offices import people_of
from scheduler.formats.district.plan_reading import parsed, plan_of
from scheduler.model.errors import InputError, Told, sentences
from scheduler.model.settings.district import DistrictSettings
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.services.jobs.district_settings import (
    FIRM,
    PLAIN,
    WISH,
    BureauSettings,
    key_of,
    said_of,
)
from scheduler.services.office import Office
from scheduler.services.views.bureau.schools import editions
from scheduler.services.views.site import SiteState

PRIORITIES = (1, 2, 3)
SAID = {
    PLAIN: Text("可另分", "may be divided"),
    WISH: Text("希望保留", "wished for"),
    FIRM: Text("必须保留", "to be kept"),
}


class WrongSettings(Told):
    """What cannot be kept; ``text`` says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A school or an agreement of the form: its key, what is read, what is chosen."""

    key: str
    name: str
    chosen: str


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """The settings with all that can be set."""

    kept: BureauSettings
    limits: DistrictSettings
    schools: tuple[Line, ...]
    agreements: tuple[Line, ...]


def kept_settings(site: SiteState) -> BureauSettings:
    """What the bureau has settled; it lies with an office that has published."""
    texts = (site.of(k).office.district_settings() for k, _ in editions(site))
    return BureauSettings.of_json(next(filter(None, texts), ""))


def settings_form(site: SiteState) -> SettingsForm:
    """The form as it is."""
    kept = kept_settings(site)
    rules = next((e.problem.rules for _, e in editions(site)), ())
    limits = DistrictSettings.of(rules)
    if kept.schools_a_day is not None and kept.schools_a_term is not None:
        limits = DistrictSettings(kept.schools_a_day, kept.schools_a_term)
    return SettingsForm(
        kept, limits, tuple(_schools(site, kept)), tuple(_agreed(site, kept))
    )


def keep_settings(site: SiteState, form: Mapping[str, Any], who: str) -> None:
    """Keep what a form says.

    Raises:
        WrongSettings: nothing is published, or something makes no sense.
    """
    shown = settings_form(site)
    plan = str(form.get("plan", "")).strip()
    _check_plan(site, plan)
    given = BureauSettings(
        _number(form, "schools_a_day", 2),
        _number(form, "schools_a_term", 10),
        {
            x.key: _number(form, f"priority {x.key}", PRIORITIES[-1])
            for x in shown.schools
            if f"priority {x.key}" in form
        },
        {x.key: said for x in shown.agreements if (said := form.get(x.key)) in SAID},
        plan,
    )
    _home(site).set_district_settings(given.to_json(), who)


def _check_plan(site: SiteState, plan: str) -> None:
    """Refuse a plan with faults: all of them, also ids that no school has."""
    try:
        content = parsed(plan)
        if content:
            timetables = [edition.timetable for _, edition in editions(site)]
            plan_of(content, people_of(timetables, check_settings))
    except InputError as error:
        zh, en = ("\n".join(sentences(error.errors, x)) for x in ("zh", "en"))
        raise WrongSettings(Text(zh, en)) from None


def _home(site: SiteState) -> Office:
    """The office that keeps them already, else the first that has published."""
    offices = [site.of(key).office for key, _ in editions(site)]
    if not offices:
        raise WrongSettings(_NOTHING)
    return next((x for x in offices if x.district_settings()), offices[0])


def _number(form: Mapping[str, Any], name: str, most: int) -> int:
    text = str(form.get(name, ""))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise WrongSettings(
            Text(f"请填1到{most}的整数。", f"A whole number from 1 to {most}.")
        )
    return int(text)


def _schools(site: SiteState, kept: BureauSettings) -> Iterator[Line]:
    for _, edition in editions(site):
        for s in edition.schools:
            chosen = kept.priority.get(s.school_id, s.priority)
            yield Line(s.school_id, s.name, str(chosen))


def _agreed(site: SiteState, kept: BureauSettings) -> Iterator[Line]:
    """Agreements by school, venue and time."""
    for _, edition in editions(site):
        problem = edition.problem
        for a in problem.agreements:
            key, day = key_of(a), weekday(a.day)
            times = f"{format_clock(a.start)}–{format_clock(a.end)}"
            school, venue = problem.school[a.school_id], problem.venue[a.venue_id]
            name = f"{school.name} · {venue.name} · {day.zh} {times}"
            yield Line(key, name, kept.agreements.get(key, said_of(a)))


_NOTHING = Text("还没有学校发布课表。", "No school has published a timetable yet.")
