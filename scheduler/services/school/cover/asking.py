"""The best choice for all lessons of absent teachers, found by a job or at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.services.jobs.answers import Answer
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.covers import choice_settings
from scheduler.services.jobs.queue import Queue
from scheduler.services.school.cover.optimum import Options, choice_of, chosen_of
from scheduler.term.cover.board import Board
from scheduler.term.cover.weighing import Proposal

Best = Answer[tuple[Proposal, ...]]


@dataclass(frozen=True)
class Asked:
    """Options, and the work in bytes that asks for the best of them together."""

    options: Options
    work: Work
    content: bytes

    @staticmethod
    def of(board: Board, options: Options) -> "Asked":
        """What is asked of a board."""
        settings = choice_settings(choice_of(board, options))
        work = Work(JobKind.COVER, (), settings=settings)
        return Asked(options, work, work.to_bytes())


def asked_best(queue: Queue, asked: Asked, by: str) -> Best:
    """What is best of all options together, or the job that finds it out."""
    if not asked.options:
        return Answer(())
    job = queue.like(asked.content, answered=True)
    if job is None:
        known = queue.like(asked.content) or queue.ask_once(asked.work, by)
        return Answer(None, known)
    result = queue.result(job.job_id)
    chosen: Sequence[int] | None = result.facts["chosen"] if result else None
    return Answer(chosen_of(asked.options, chosen) if chosen else (), job)
