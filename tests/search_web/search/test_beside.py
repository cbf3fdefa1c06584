"""What is begun beside a search gives its result, or its error, to the search."""

from __future__ import annotations

from threading import Event

import pytest

from search_web.search.beside import beside


def test_work_goes_on_beside_what_began_it() -> None:
    begun, waited = Event(), Event()

    def work() -> str:
        begun.set()
        return "done" if waited.wait(10) else "nobody came"

    result = beside(work)
    assert begun.wait(10)
    waited.set()
    assert result() == "done"


def test_what_the_work_raises_is_raised_where_its_result_is_wanted() -> None:
    result = beside(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        result()
