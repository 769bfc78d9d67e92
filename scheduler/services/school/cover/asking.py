"""The best choice for all lessons of absent teachers, found by a job or at once."""

from collections.abc import Sequence

from scheduler.services.jobs.answers import Answer
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.covers import choice_settings
from scheduler.services.jobs.queue import Queue
from scheduler.services.school.cover.optimum import Options, choice_of, chosen_of
from scheduler.term.cover.board import Board
from scheduler.term.cover.weighing import Proposal

Best = Answer[tuple[Proposal, ...]]


def asked_best(
    queue: Queue, board: Board, options: Options, by: str, ask: bool = True
) -> Best:
    """What is best of all options together, or the job that finds it out.

    Parameters:
        ask: Ask for a job where none is there; else it is looked for alone.
    """
    if not options:
        return Answer(())
    choice = choice_of(board, options)
    work = Work(JobKind.COVER, (), settings=choice_settings(choice))
    job = queue.like(work.to_bytes(), answered=True)
    if job is None:
        known = queue.like(work.to_bytes())
        if ask and known is None:
            known = queue.ask_once(work, by)
        return Answer(None, known)
    result = queue.result(job.job_id)
    chosen: Sequence[int] | None = result.facts["chosen"] if result else None
    return Answer(chosen_of(options, chosen) if chosen else (), job)
