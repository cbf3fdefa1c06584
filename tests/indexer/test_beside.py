"""What is begun beside a search gives its result, or its error, to the search."""

from __future__ import annotations

from threading import Event, get_ident

import pytest

from indexer.beside import beside

LONG = 180.0


def test_work_goes_on_beside_what_began_it() -> None:
    begun, waited = Event(), Event()

    def work() -> str:
        begun.set()
        return "done" if waited.wait(LONG) else "nobody came"

    result = beside(work)
    assert begun.wait(LONG)
    waited.set()
    assert result() == "done"


def test_what_the_work_raises_is_raised_where_its_result_is_wanted() -> None:
    result = beside(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        result()


def test_work_that_no_thread_is_free_for_is_done_by_who_wants_it() -> None:
    ended = Event()
    busy = [beside(lambda: ended.wait(LONG)) for _ in range(50)]
    assert beside(get_ident)() == get_ident()
    ended.set()
    assert all(result() for result in busy)
