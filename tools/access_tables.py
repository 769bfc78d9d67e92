"""The tables of docs/access.md: every route by role, every action by what is public."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.services.access.permissions import (
    OF_VISITORS,
    ROLE_NAMES,
    VISITOR_NAMES,
    Account,
    Action,
    Door,
    Membership,
    Role,
    Visitors,
    may,
)
from web.access import Rule, rule_of
from web.app import bare_app

MARK = "## 每个页面 · Every page\n"
OURS, THEIRS, PLACE = "ours", "theirs", "V"
_REDIRECTING = frozenset(
    (
        *("front.index", "weeks.first_school", "login.enter", "login.leave"),
        *("agreements.apply", "rain.apply", "rain.undo", "usage.confirm"),
        *("subscriptions.revoke", "rain.plan", "load.prove", "what_if.ask"),
        *("audits.ask", "jobs.stop", "drafts.new", "drafts.discard", "drafts.current"),
        *("solving.start", "solving.explain", "solving.stop", "solving.keep"),
        *("bureau.ask", "setup.index", "setup.create", "own.password", "own.end"),
        *("accounts.role", "accounts.remove", "accounts.unlock"),
        "accounts.visitors",
        *("solving.mend", "solving.undo", "publishing.publish", "versions.again"),
        *("ledgers.repay", "ledgers.release_day", "ledgers.sign_workload"),
        *("days.leave", "days.decide"),
        *("days.withdraw", "days.take", "days.hand", "days.best", "days.drop"),
        *("days.release", "days.event", "days.undo", "changes.leave"),
        *("changes.swap", "changes.change", "cover_rules.keep"),
    )
)
_VISITOR = "访客 visitor"
_OTHERS = "其他学校的账号 accounts of others"


@dataclass(frozen=True, slots=True)
class Route:
    """A route and what it was declared to do."""

    method: str
    path: str
    endpoint: str
    rule: Rule | None

    @property
    def of_office(self) -> bool:
        """Whether the route is one of an office."""
        return self.path.startswith("/o/<office>")


def routes() -> Iterator[Route]:
    """All routes of the site, by address."""
    app = bare_app()
    for rule in sorted(app.url_map.iter_rules(), key=lambda x: (x.rule, x.endpoint)):
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        declared = rule_of(app, rule.endpoint)
        yield Route(method, rule.rule, rule.endpoint, declared)


def person(role: Role | None, office: str = OURS) -> Account | None:
    """Somebody with a role in an office; a partner has the place ``PLACE``."""
    if role is None:
        return None
    if role is Role.BUREAU:
        return Account(role, bureau=True)
    return Account(role, memberships={office: Membership(role, PLACE)})


def expected(route: Route, role: Role | None, office: str = OURS) -> int:
    """How a public server answers somebody whose office is ``office``.

    Routes of offices are asked of the office ``OURS``, which shows visitors nothing;
    those of none of a server with several offices.
    """
    assert route.rule is not None, route.path
    somebody = person(role, office)
    door = Door(OURS if route.of_office else None, Visitors.NOTHING)
    about = (PLACE,) if route.rule.place else ()
    if may(somebody, route.rule.action, door, about):
        return 302 if route.endpoint in _REDIRECTING else 200
    if somebody is None:
        return 302
    return 404 if somebody.role_in(door.key) is None else 403


def render_markdown() -> str:
    """Both tables."""
    return MARK + "\n".join(("", *_pages(), "", *_visitors(), ""))


def _pages() -> Iterator[str]:
    roles = [f"{name.zh} {name.en}" for name in ROLE_NAMES.values()]
    yield _row("", "页面 page", "操作 action", _VISITOR, *roles, _OTHERS)
    yield _row(*["---"] * 8)
    for route in routes():
        path = route.path.replace("/o/<office>", "…")
        own = [str(expected(route, role)) for role in (None, *Role)]
        others = {
            str(expected(route, role, THEIRS)) for role in Role if role != Role.BUREAU
        }
        action = f"`{route.rule.action}`" if route.rule else ""
        seen = "、".join(sorted(others))
        yield _row(route.method, f"`{path}`", action, *own, seen)


def _visitors() -> Iterator[str]:
    levels = [f"`{x}` {VISITOR_NAMES[x].zh} {VISITOR_NAMES[x].en}" for x in Visitors]
    yield _row("访客 visitors", *levels)
    yield _row(*["---"] * (1 + len(levels)))
    for action in Action:
        if action is not Action.OPEN:
            marks = ("✓" if action in OF_VISITORS[x] else "" for x in Visitors)
            yield _row(f"`{action}`", *marks)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
