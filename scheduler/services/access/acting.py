"""On whose behalf services work: whatever they write, they ask ``may`` first.

Who answers a request for somebody says so once, around all of it; what is called on the
machine itself works for its operator, who may do everything.
"""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.services.access.permissions import (
    ACTION_NAMES,
    Account,
    Action,
    Door,
    Visitors,
    may,
)
from scheduler.services.store.guarding import acting, actor

OPERATOR = Account("", bureau=True)
"""Whoever sits at the machine: the database's file is theirs anyway."""


class NotAllowed(Exception):
    """Somebody asks a service for what they may not do; nothing has changed.

    Attributes:
        account: Who; None for a visitor.
        action: What, in the office named ``office``.
    """

    def __init__(
        self, account: Account | None, action: Action, office: str | None
    ) -> None:
        super().__init__(account, action, office)
        self.account, self.action, self.office = account, action, office

    @property
    def text(self) -> Text:
        """One sentence, with what helps."""
        name = self.account.name if self.account else ""
        who = Text(f"账号“{name}”", f'The account "{name}"')
        if not name:
            who = Text("访客", "A visitor")
        what, where = ACTION_NAMES[self.action], self.office or "*"
        return Text(
            f"{who.zh}在“{where}”没有“{what.zh}”的权限。请教务处授予角色，或用有权限的账号登录。",
            f'{who.en} may not {what.en} in "{where}". Ask its office for a role, or '
            "log in as somebody who may.",
        )


@dataclass(frozen=True)
class _Acting:
    """An account, or where it is found once it is needed."""

    account: Callable[[], Account | None]

    def require(self, action: str, office: str | None, about: Collection[str]) -> None:
        wanted = Action(action)
        if wanted is Action.OPEN:
            return  # Who has the key of a feed is not even asked for an account.
        account = self.account()
        # What visitors are shown is never written.
        if not may(account, wanted, Door(office, Visitors.NOTHING), about):
            raise NotAllowed(account, wanted, office)


def acting_for(
    account: Callable[[], Account | None] | Account | None,
) -> AbstractContextManager[None]:
    """While it lasts, services work on an account's behalf; None: a visitor's.

    Parameters:
        account: The account, or a function that finds it when it is first needed.
    """
    find = account if callable(account) else lambda: account
    return acting(_Acting(find))


def who_acts() -> Account | None:
    """On whose behalf services work now; None: a visitor's."""
    found = actor()
    return found.account() if isinstance(found, _Acting) else OPERATOR
