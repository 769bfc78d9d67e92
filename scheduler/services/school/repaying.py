"""Proposals for debts: which lessons are given back when, found exactly and checked.

What the solver chooses is judged by every hard rule on its date before it is proposed;
what is refused is taken out, and the rest is chosen anew.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.covers import choice_settings
from scheduler.services.jobs.queue import Queue
from scheduler.services.jobs.rows import Job
from scheduler.services.office import Office
from scheduler.services.school.changes import Batch
from scheduler.services.school.ledgers import Books
from scheduler.solver.assignment.choosing import Choice, Count, best_choice
from scheduler.term.changes import Batch as Asked
from scheduler.term.changes import Change, ExtraLesson, Reason
from scheduler.term.checking import refusals
from scheduler.term.ledgers.debts import Debt
from scheduler.term.ledgers.repaying import Offer, Owed, Use, offers, owed, uses

_ROUNDS = 4
_ENOUGH, _OFTEN = 8, 2
NOTHING_TO_REPAY = Text("没有可补的课。", "There is nothing to give back.")


@dataclass(frozen=True, slots=True)
class Repayment:
    """What is proposed: an offer for each lesson served, and those without one.

    No other choice of the offers serves more, or as many with less disturbance.
    """

    offers: tuple[Offer, ...]
    unserved: tuple[Owed, ...]

    @property
    def last(self) -> dt.date | None:
        """By when all of it is given back."""
        return max((offer.date for offer in self.offers), default=None)

    def extras(self) -> tuple[ExtraLesson, ...]:
        """The lessons as changes."""
        return tuple(offer.extra(k) for k, offer in enumerate(self.offers, start=1))


Choose = Callable[[Choice], Sequence[int] | None]
"""Finds the best choice, or None where there is none."""


class Pending(Exception):
    """A choice is being computed by a job, or was, in vain."""

    def __init__(self, job: Job | None) -> None:
        super().__init__("a job is to find it out")
        self.job = job


def by_jobs(queue: Queue, by: str, ask: bool = True) -> Choose:
    """Choices as jobs find them, which raise :class:`Pending` until they are done.

    Parameters:
        ask: Ask for a job where none is there; else it is looked for alone.
    """

    def choose(choice: Choice) -> Sequence[int] | None:
        work = Work(JobKind.COVER, (), settings=choice_settings(choice))
        job = queue.like(work.to_bytes(), answered=True)
        if job is None:
            raise Pending(
                queue.ask_once(work, by) if ask else queue.like(work.to_bytes())
            )
        result = queue.result(job.job_id)
        found: Sequence[int] | None = result.facts["chosen"] if result else None
        return found

    return choose


def possible(
    books: Books, debts: Sequence[Debt], until: dt.date | None = None
) -> list[list[Offer]]:
    """For each lesson owed what could give it back by itself, from tomorrow on.

    Parameters:
        until: The last date; without one, the term's last day.
    """
    last = min(until or dt.date.max, books.problem.term.last_day)
    wanted = owed(debts)
    ways = offers(books.versions, books.changes, wanted, _tomorrow(books), last)
    return list(_allowed(books, ways))


def propose(
    books: Books,
    debts: Sequence[Debt],
    choices: list[list[Offer]],
    choose: Choose = best_choice,
) -> Repayment:
    """Give back as many of these debts as can be.

    Parameters:
        choices: What is :func:`possible`.
        choose: What finds the best choice.

    Raises:
        Pending: a job is to find it out.
    """
    wanted, first = owed(debts), _tomorrow(books)
    good: list[Offer] = []
    for _ in range(_ROUNDS):
        good, refused = _checked(books, _choose(books, choices, first, choose))
        if not refused:
            break
        bad = set(map(id, refused))
        choices = [[x for x in some if id(x) not in bad] for some in choices]
    served = [offer.owed for offer in good]
    left = tuple(one for one in wanted if one not in served)
    return Repayment(tuple(sorted(good, key=lambda x: (x.date, x.start))), left)


def _tomorrow(books: Books) -> dt.date:
    return max(books.today + dt.timedelta(1), books.problem.term.first_day)


def apply(office: Office, found: Repayment, asked: Asked) -> Batch:
    """Make the proposals as one batch.

    Raises:
        CannotChange: something has come between; nothing has changed.
    """
    return office.changes.make(asked, found.extras())


def asked_for(by: str = "", note: str = "") -> Asked:
    """Why the batch is made."""
    return Asked(Reason.MAKE_UP, note=note, made_by=by)


def _allowed(books: Books, choices: list[list[Offer]]) -> Iterator[list[Offer]]:
    """The offers of each lesson that break no hard rule by themselves, some of them.

    What was refused on two dates is not asked of a third, as a period that the class
    never has: each question takes a look at the week of all classes.
    """
    refused: Counter[Hashable] = Counter()
    for some in choices:
        good: list[Offer] = []
        for offer in some:
            debt, day = offer.owed.first, offer.date.isoweekday()
            people = (offer.owed.class_ids, debt.teacher_ids)
            kind = (people, day, offer.start, offer.layout_id)
            if len(good) == _ENOUGH or refused[kind] >= _OFTEN:
                continue
            if refusals(books.versions, books.changes, [offer.extra()]):
                refused[kind] += 1
            else:
                good.append(offer)
                refused[kind] = 0
        yield good


def _choose(
    books: Books, choices: list[list[Offer]], offers_from: dt.date, choose: Choose
) -> list[Offer]:
    """The most lessons served, and of such choices the least disturbing."""
    picks: dict[Use, list[tuple[int, int]]] = defaultdict(list)
    most: dict[Use, int] = {}
    for thing, some in enumerate(choices):
        for number, offer in enumerate(some):
            problem = books.versions.at(offer.date).problem
            for use, room in uses(problem, offer):
                picks[use].append((thing, number))
                most[use] = room
    counts = tuple(Count(tuple(x), limit=most[use]) for use, x in picks.items())
    costs = [[offer.cost for offer in some] for some in choices]
    # The last option of each is to stay owed, dearer than all that others cost.
    owing = 1 + sum(max(row, default=0) for row in costs)
    # Of equal ones the older lesson comes back first.
    ties = [
        [*(age * (x.date - offers_from).days for x in some), 0]
        for age, some in enumerate(reversed(choices), 1)
    ][::-1]
    choice = Choice([[*row, owing] for row in costs], ties, counts)
    chosen = choose(choice) if costs else ()
    pairs = zip(choices, chosen or (), strict=True)
    return [some[k] for some, k in pairs if k < len(some)]


def _checked(books: Books, chosen: list[Offer]) -> tuple[list[Offer], list[Offer]]:
    """Those that break no hard rule beside the ones before them, and the others."""
    good: list[Offer] = []
    bad: list[Offer] = []
    known: list[Change] = list(books.changes)
    for number, offer in enumerate(sorted(chosen, key=lambda x: (x.date, x.start))):
        extra = offer.extra(number)
        if refusals(books.versions, known, [extra]):
            bad.append(offer)
        else:
            good.append(offer)
            known.append(extra)
    return good, bad
