"""The time of day goes back and forward; nobody is let in for longer, locked out, or told less because of that."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import indexer.build.write
from indexer.build.changes import Changes, Pace
from indexer.errors import TooManyAttemptsError, UnknownLinkError
from indexer.stores.generations import CURRENT, current_name
from indexer.stores.index import IndexReader
from search_web.access.doors import Doors
from search_web.access.model import AccountRole, Scope
from search_web.access.settings import AccessSettings
from search_web.notebook.database import Notebook
from search_web.quotes.links_store import CollectionLinks
from search_web.quotes.store import QuoteStore
from search_web.saved.store import SavedSearches
from search_web.search.request import SearchRequest
from search_web.search.searcher import Searcher
from search_web.serving.following import Follower
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Spoken = Callable[[str], Path]

PASSWORD = "correct horse battery"  # noqa: S105 - of an account that is made for a test.
YEAR, DAY, HOUR, MINUTE = timedelta(days=365), timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


class Clock:
    """A clock that a test puts forward and back."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "notebook.sqlite"


def test_a_session_of_a_clock_that_was_ahead_does_not_last_till_then(clock: Clock, file: Path) -> None:
    doors = Doors(file, clock=clock)
    ada = doors.accounts.add("Ada", PASSWORD, AccountRole.ADMIN)
    secret = doors.sessions.open(ada.id, address="", agent="")
    # A clock that is put right by an hour signs nobody out, and afterwards idle time counts from then.
    clock.at -= HOUR
    assert doors.sessions.person(secret) is not None
    clock.at += 12 * HOUR + MINUTE
    assert doors.sessions.person(secret) is None
    clock.at += YEAR
    ahead = doors.sessions.open(ada.id, address="", agent="")
    assert doors.sessions.person(ahead) is not None
    clock.at -= YEAR
    assert doors.sessions.person(ahead) is None
    assert doors.sessions.of(ada.id) == ()
    assert doors.sessions.person(doors.sessions.open(ada.id, address="", agent="")) is not None
    clock.at += YEAR
    assert doors.sessions.person(ahead) is None, "it was swept away, and does not come back"


def test_a_session_in_use_still_ends_two_weeks_after_its_sign_in(clock: Clock, file: Path) -> None:
    doors = Doors(file, clock=clock)
    secret = doors.sessions.open(doors.accounts.add("Ada", PASSWORD, AccountRole.ADMIN).id, address="", agent="")
    clock.at -= 6 * HOUR
    for _ in range(14 * 4 + 1):
        assert doors.sessions.person(secret) is not None
        clock.at += 6 * HOUR
    clock.at += MINUTE
    assert doors.sessions.person(secret) is None


def test_tokens_and_links_end_at_the_time_that_was_named(clock: Clock, file: Path) -> None:
    doors = Doors(file, clock=clock)
    ada = doors.accounts.add("Ada", PASSWORD, AccountRole.ADMIN)
    _, token = doors.tokens.make(ada.person, "t", {Scope.SEARCH}, expires_at=clock.at + DAY)
    collection = QuoteStore(Notebook(file)).create("Margins")
    links = CollectionLinks(Notebook(file), clock)
    link = links.make(collection.id, days=1).secret
    for jump, works in ((YEAR, False), (-2 * YEAR, True), (YEAR, True), (DAY, False)):
        clock.at += jump
        assert (doors.tokens.person(token) is not None) is works
        if works:
            assert links.opened(link).name == "Margins"
        else:
            with pytest.raises(UnknownLinkError):
                links.opened(link)


def test_sign_ins_that_failed_in_the_future_lock_nobody_out(clock: Clock, file: Path) -> None:
    attempts = Doors(file, clock=clock).attempts
    clock.at += YEAR
    for _ in range(5):
        attempts.begin("Wen", "203.0.113.7")
    clock.at -= 5 * MINUTE
    with pytest.raises(TooManyAttemptsError) as refused:
        attempts.begin("Wen", "203.0.113.7")
    assert refused.value.retry_after <= 15 * 60 + 1
    clock.at -= YEAR
    for _ in range(5):
        attempts.begin("Wen", "203.0.113.7")
    with pytest.raises(TooManyAttemptsError):
        attempts.begin("Wen", "203.0.113.7")


def test_what_comes_in_after_the_clock_was_put_back_is_news(clock: Clock, file: Path) -> None:
    """Also to who looked while it was ahead; and what was there before a search was saved is none."""
    saved = SavedSearches(Notebook(file), clock)
    search = saved.create("margins", [("q", "margin")], [("one", "1")])

    def news(of: str, *met: tuple[str, str]) -> list[str]:
        seen_at = saved.get(of).seen_at
        return [transcript for (transcript, _), at in saved.arrivals(met).items() if at > seen_at]

    clock.at += YEAR
    assert news(search.id, ("one", "1"), ("two", "2")) == ["two"]
    saved.seen(search.id)
    clock.at -= YEAR
    assert news(search.id, ("one", "1"), ("two", "2"), ("three", "3")) == ["three"]
    later = saved.create("margins again", [("q", "margin")], [("one", "1"), ("two", "2"), ("three", "3")])
    assert news(later.id, ("one", "1"), ("two", "2"), ("three", "3")) == []
    assert news(later.id, ("four", "4")) == ["four"]
    # Nobody can have seen what is to come.
    saved.seen(search.id, until=clock.at + 100 * YEAR)
    assert news(search.id, ("four", "4"), ("five", "5")) == ["five"]


def test_limits_begin_anew_when_the_clock_goes_back(
    spoken: Spoken, clock: Clock, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = Doors(file, clock=clock)
    ada = doors.accounts.add("Ada", PASSWORD, AccountRole.ADMIN)
    _, token = doors.tokens.make(ada.person, "t", {Scope.SEARCH})
    app = create_app(spoken("Our margin rose."), notebook=file, access=AccessSettings(rate_limit="2 per minute"))

    def status() -> int:
        answer = app.test_client().get("/api/v1/transcripts", headers={"Authorization": f"Bearer {token}"})
        if answer.status_code == 429:
            assert 1 <= int(answer.headers["Retry-After"]) <= 61
        return answer.status_code

    monkeypatch.setattr("time.time", clock.seconds)
    assert [status() for _ in range(3)] == [200, 200, 429]
    clock.at -= DAY
    assert [status() for _ in range(3)] == [200, 200, 429]
    clock.at += 2 * DAY
    assert [status() for _ in range(3)] == [200, 200, 429]


def test_a_server_follows_what_is_published_whatever_the_clock_says(
    spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = Searcher(IndexReader(spoken("Our zebra margin rose.")))
    searcher.reader.lead()
    follower = Follower(searcher)
    for year, text in (("1999", "Our walrus margin rose."), ("2099", "Our otter margin rose."), ("1970", "It fell.")):
        monkeypatch.setattr(indexer.build.write, "now", lambda year=year: f"{year}-01-01T00:00:00+00:00")
        index = spoken(text)
        os.utime(index / CURRENT, (int(year) * 1000, int(year) * 1000))
        for _ in range(3):
            follower.look()
        in_use = searcher.reader.current()
        assert (in_use.name, in_use.manifest.created[:4]) == (current_name(index), year)
        assert [hit.text for hit in searcher.search(SearchRequest("margin fell rose")).hits] == [text]


def test_a_watched_file_with_an_older_or_a_later_time_has_changed(tmp_path: Path) -> None:
    call = tmp_path / "calls" / "call.txt"
    call.parent.mkdir()
    call.write_text("Jane Roe: Our margin rose.", encoding="utf-8")
    changes = Changes(tmp_path / "index", [call.parent], Pace(quiet=0.0))
    changes.look()
    changes.note(frozenset())
    for moment in (0, 2**33, 86_400):
        os.utime(call, (moment, moment))
        changes.look()
        assert changes.due
        changes.note(frozenset())
        changes.look()
        assert not changes.any
        assert not changes.are_fresh
