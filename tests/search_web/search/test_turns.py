"""Searches of one process, one after the other."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from search_web.search.turns import Turns

LONG = 180.0


def test_who_comes_second_waits_for_the_first() -> None:
    turns, came = Turns(LONG), Event()

    def come() -> None:
        with turns.taken():
            came.set()

    second = Thread(target=come)
    with turns.taken():
        second.start()
        assert not came.wait(0.05)
    assert came.wait(LONG)
    second.join()


def test_nobody_waits_longer_than_patience_lasts_and_the_turn_stays_with_whom_it_was() -> None:
    turns, came = Turns(0.02), Event()

    def come() -> None:
        with turns.taken():
            came.set()

    with turns.taken():
        for _ in range(2):
            came.clear()
            beside = Thread(target=come)
            beside.start()
            assert came.wait(LONG)
            beside.join()


def test_a_turn_ends_with_an_error_too() -> None:
    turns = Turns(LONG)
    with pytest.raises(ValueError, match="wrong"), turns.taken():
        raise ValueError("wrong")
    with turns.taken():
        pass
