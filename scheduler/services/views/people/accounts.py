"""The accounts of an office on a page: who is what, and what can be done with them."""

from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.access.permissions import Account, Role, role_name
from scheduler.services.offices import Store

OF_OFFICE = (Role.OFFICE, Role.TEACHER, Role.PARTNER)
"""Roles that are given in an office."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A teacher, agreement or place that an account can stand for."""

    resource_id: str
    name: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account; ``of`` names the teacher or place, ``ours`` whether all its roles
    are this office's, so that it is the office's to reset and to remove."""

    name: str
    role: Role
    resource_id: str
    of: str
    ours: bool
    role_text: Text


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """Accounts by role and name, and whom new ones can stand for."""

    lines: tuple[AccountLine, ...]
    teachers: tuple[Choice, ...]
    places: tuple[Choice, ...]
    shut_out: int


def accounts_page(store: Store, key: str, acts: Account) -> AccountsPage:
    """The accounts that may do something in an office.

    Parameters:
        acts: Who looks at the page; a bureau may change all of them.
    """
    current = store.office(key).current()
    teachers, places = _choices(current.problem if current else None)
    names = {x.resource_id: x.name for x in (*teachers, *places)}
    offices = len(store.offices())
    lines = [
        _line(x, role_name(role, offices), role, key, names, acts)
        for x in store.accounts.all()
        if (role := x.role_in(key)) is not None
    ]
    order = list(Role)
    lines.sort(key=lambda x: (order.index(x.role), x.name))
    return AccountsPage(tuple(lines), teachers, places, store.accounts.shut_out())


def _line(
    account: Account,
    title: Text,
    role: Role,
    key: str,
    names: dict[str, str],
    acts: Account,
) -> AccountLine:
    member = account.memberships.get(key)
    resource_id = member.resource_id if member and not account.bureau else ""
    own = not account.bureau and set(account.memberships) == {key}
    return AccountLine(
        account.name,
        role,
        resource_id,
        names.get(resource_id, resource_id),
        own or acts.bureau,
        title,
    )


def _choices(
    problem: Problem | None,
) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    if problem is None:
        return (), ()
    teachers = [Choice(x.teacher_id, x.name) for x in problem.teachers]
    venues = [Choice(x.venue_id, x.name) for x in problem.venues]
    agreements = [
        Choice(x.agreement_id, f"{x.agreement_id} {problem.venue[x.venue_id].name}")
        for x in problem.agreements
    ]
    return tuple(sorted(teachers, key=lambda x: x.name)), (*agreements, *venues)
