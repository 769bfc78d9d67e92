"""What of the navigation is shown to whoever asks, with its addresses."""

from dataclasses import replace

from flask import Flask, g, request, url_for

from scheduler.model.text import Text
from scheduler.services.access.permissions import Role
from scheduler.services.views.bureau.schools import is_district
from web.access import may_open, own_place, shows_everything
from web.context import office_key, settings, site
from web.groups import GROUPS, Area, AreaGroup
from web.security import account

_MINE = Text("我的课表", "My week")
_OWN_WEEK = Text("我的一周", "the own week")


def groups() -> tuple[AreaGroup, ...]:
    """What this site has pages of that open: an audit, a timetable, or both.

    Groups without a page that opens are left out. Who has a week of their own, a
    teacher or a partner's place, finds it second.
    """
    if "groups" not in g:
        some = (replace(x, areas=tuple(filter(_is_shown, x.areas))) for x in GROUPS)
        shown = [group for group in some if group.areas]
        if (mine := _own_week()) is not None:
            shown.insert(1, mine)
        g.groups = tuple(shown)
    return tuple(g.groups)


def open_group(endpoint: str) -> AreaGroup | None:
    """The group of the page that is shown, by the page's entry."""
    found = (x for x in groups() if any(is_open(area, endpoint) for area in x.areas))
    return next(found, None)


def is_open(area: Area, endpoint: str) -> bool:
    """Whether an entry is that of the page that is shown."""
    mine = _own_week()
    if mine is not None and _is_here(mine.areas[0]):
        return area == mine.areas[0]
    return area.endpoint == endpoint and not area.values


def address_of(area: Area) -> str:
    """Where an entry leads: for a page of a draft to the draft that is worked on."""
    if not area.of_draft:
        return url_for(area.endpoint, **dict(area.values))
    if "draft_id" in g:
        return url_for(area.endpoint, draft_id=g.draft_id)
    return url_for("drafts.current", page=area.endpoint)


def entry_of(group: AreaGroup) -> Area:
    """The page that a group leads to: one of the draft only from within a draft."""
    if "draft_id" in g:
        return group.areas[0]
    return next((x for x in group.areas if not x.of_draft), group.areas[0])


def draft_pages() -> tuple[Area, ...]:
    """All pages of drafts."""
    return tuple(area for group in GROUPS for area in group.areas if area.of_draft)


def office_name() -> str:
    """The name of the request's office; empty between several."""
    key = office_key()
    return next((row.name for row in site().offices() if row.key == key), "")


def _is_shown(area: Area) -> bool:
    served = settings()
    match area.endpoint.split("."):
        case "audit", _:
            return served.audit is not None
        case "front", _:
            return _of_bureau() and len(site().offices()) > 1
        case "setup", _:
            return _of_bureau()
        case "bureau", _:
            return _of_bureau() and is_district(site())
    if office_key() is None or served.audit_alone:
        return False
    if served.frozen:
        return not area.served
    if area.endpoint == "changes.mine" and not _is_teacher():
        return False
    if may_open(area.endpoint):
        return True
    # Visitors who see everything learn what else a login opens.
    return not area.for_accounts and account() is None and shows_everything()


def _is_teacher() -> bool:
    """Whether the account is that of a teacher here; an office's may be, too."""
    person = account()
    found = person.memberships.get(office_key() or "") if person else None
    return found is not None and bool(found.resource_id)


def _of_bureau() -> bool:
    person = None if settings().frozen else account()
    return person is not None and person.bureau


def _is_here(area: Area) -> bool:
    return address_of(area) == request.script_root + request.path


def _own_week() -> AreaGroup | None:
    key, person = office_key(), account() if not settings().frozen else None
    found = person.memberships.get(key or "") if person else None
    if key is None or found is None:
        return None
    if found.role is Role.TEACHER:
        return AreaGroup(_MINE, (Area("mine.index", _MINE, _OWN_WEEK),))
    if found.role is Role.PARTNER and (place := own_place(key)) is not None:
        values = (("resource_id", place),)
        own = Area("weeks.venue_week", _MINE, _OWN_WEEK, values=values)
        return AreaGroup(_MINE, (own,))
    return None


def register(app: Flask) -> None:
    """Give the templates the navigation."""
    app.url_value_preprocessor(_note_draft)
    app.jinja_env.globals.update(
        navigation=groups,
        open_group=open_group,
        is_open=is_open,
        address_of=address_of,
        entry_of=entry_of,
        draft_areas=draft_pages,
        office_name=office_name,
    )


def _note_draft(endpoint: str | None, values: dict[str, object] | None) -> None:
    if values and "draft_id" in values:
        g.draft_id = values["draft_id"]
