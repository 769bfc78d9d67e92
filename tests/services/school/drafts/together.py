"""Many people on one draft at once; what must be left of their steps."""

import random
import threading
from dataclasses import dataclass
from time import perf_counter

from scheduler.services.school.drafts.refusals import Refused

SLOTS = ((1, 1), (1, 2), (1, 3), (1, 4), (5, 1), (5, 2))


@dataclass
class Together:
    """Steps done and refused, the seconds of each, and of all."""

    done: list
    refused: list
    steps: list
    seconds: float


def work_together(stores, number, people, each, move):
    """Everybody moves lessons at random, through stores as of several processes.

    Parameters:
        move: From a die to a step, as ``Drafts.do`` takes one.

    Raises:
        AssertionError: a step is lost, there twice, or not all see the same.
    """
    done, refused, steps = [], [], []

    def work(who):
        rng = random.Random(who)
        drafts = stores[who % len(stores)].office("s").drafts
        seen = 0
        for _ in range(each):
            step, began = move(rng), perf_counter()
            try:
                made = drafts.do(number, f"P{who}", step, seen)
                done.append(made.operation)
                seen = made.operation.number
            except Refused as why:
                refused.append(why)
                seen = drafts.look(number, lambda d: d.history.last)
            steps.append(perf_counter() - began)

    began = perf_counter()
    threads = [threading.Thread(target=work, args=(k,)) for k in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = perf_counter() - began
    assert len(done) + len(refused) == people * each
    ends = [
        x.office("s").drafts.look(number, lambda d: tuple(d.history.operations))
        for x in stores
    ]
    assert set(ends[0]) == set(done)
    assert all(end == ends[0] for end in ends)
    assert [x.number for x in ends[0]] == list(range(1, len(done) + 1))
    return Together(done, refused, steps, seconds)
