"""Turns: one at a time, in the order of asking, and once more for whoever has it."""

import threading
import time
from types import SimpleNamespace

import pytest

from scheduler.services.store.turns import Turns


def wait_until(found):
    until = time.monotonic() + 10
    while not found():
        assert time.monotonic() < until
        time.sleep(0.001)


def test_those_who_wait_are_served_in_the_order_they_came():
    turns, order = Turns(), []

    def work(number):
        with turns:
            order.append(number)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
    with turns:
        for number, thread in enumerate(threads):
            thread.start()
            wait_until(lambda n=number: turns.waiting == n + 1)
        assert order == []
    for thread in threads:
        thread.join()
    assert order == list(range(6))


def test_whoever_has_it_takes_it_once_more_and_gives_it_back_once():
    turns = Turns()
    with turns, turns:
        pass
    done = threading.Event()

    def work():
        with turns:
            done.set()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert done.is_set()


class Broken(Exception):
    """What ends a wait, as Ctrl+C does."""


class BrokenGate:
    """A gate at which waiting is broken off, after something has happened."""

    def __init__(self, happens):
        self._happens, self._is_shut = happens, False

    def acquire(self):
        if self._is_shut:
            self._happens()
            raise Broken
        self._is_shut = True

    def release(self):
        pass


@pytest.mark.parametrize("its_turn_has_come", [False, True])
def test_who_gives_up_waiting_keeps_nobody_else_from_it(its_turn_has_come, monkeypatch):
    turns, inside, leave = Turns(), threading.Event(), threading.Event()

    def hold():
        with turns:
            inside.set()
            leave.wait(10)

    def happens():
        if its_turn_has_come:
            leave.set()
            holder.join(10)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(10)
    broken = SimpleNamespace(thread=threading.get_ident(), gate=BrokenGate(happens))
    with monkeypatch.context() as patch:
        patch.setattr("scheduler.services.store.turns._Waiting", lambda _: broken)
        with pytest.raises(Broken), turns:
            pass
    leave.set()
    holder.join(10)
    with turns:
        pass
    free = threading.Thread(target=lambda: turns.__enter__())
    free.start()
    free.join(10)
    assert not free.is_alive()
