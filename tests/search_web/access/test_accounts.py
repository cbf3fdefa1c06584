"""Accounts, tokens and passwords as their stores keep them."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from math import inf
from threading import Event
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.errors import (
    InvalidRequestError,
    LastAdminError,
    NameTakenError,
    TooManyAttemptsError,
    UnknownAccountError,
)
from search_web.access.credentials import TOKEN_PREFIX
from search_web.access.doors import Doors
from search_web.access.model import AccountRole, Scope
from search_web.access.passwords import checked_password, hashed_password, is_password
from search_web.notebook.database import Notebook
from search_web.notebook.migrations import migrations
from search_web.quotes.store import QuoteStore
from search_web.web.form_tokens import form_token, is_form_token

if TYPE_CHECKING:
    from pathlib import Path

SECRETS = st.text(st.characters(codec="ascii"), max_size=80)
PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that are made for a test.


@pytest.fixture
def doors(tmp_path: Path) -> Doors:
    return Doors(tmp_path / "notebook.sqlite")


def test_nothing_is_made_by_looking(doors: Doors, tmp_path: Path) -> None:
    assert doors.are_open()
    assert doors.accounts.all() == ()
    assert doors.sessions.person("x") is None
    assert list(tmp_path.iterdir()) == []


def test_one_person_has_one_account_however_the_name_is_written(doors: Doors) -> None:
    doors.accounts.add(" Wén  Li ", PASSWORD, AccountRole.WRITER)
    assert doors.accounts.get("WE\u0301N LI").name == "Wén Li"
    assert doors.accounts.prove("ｗén li", PASSWORD) is not None
    with pytest.raises(NameTakenError):
        doors.accounts.add("wén li", PASSWORD, AccountRole.READER)
    for name in ("", "  ", "a\u0000b", "a\u202eb", "x" * 101, "a\u200bb"):
        with pytest.raises(InvalidRequestError):
            doors.accounts.add(name, PASSWORD, AccountRole.READER)


def test_accounts_are_never_left_without_an_admin_but_may_all_go(doors: Doors) -> None:
    doors.accounts.add("Ada", PASSWORD, AccountRole.ADMIN)
    doors.accounts.add("Wen", PASSWORD, AccountRole.WRITER)
    for change in (
        lambda: doors.accounts.disable("Ada"),
        lambda: doors.accounts.remove("Ada"),
        lambda: doors.accounts.set_role("Ada", AccountRole.WRITER),
    ):
        with pytest.raises(LastAdminError, match="users role NAME admin"):
            change()
    doors.accounts.remove("Wen")
    doors.accounts.remove("Ada")
    assert doors.are_open()


def test_who_is_removed_leaves_quotes_and_a_name_in_the_log_and_may_come_back(doors: Doors, tmp_path: Path) -> None:
    doors.accounts.add("Ada", PASSWORD, AccountRole.ADMIN)
    gone = doors.accounts.add("Wen", PASSWORD, AccountRole.WRITER)
    doors.audit.record(gone.person, "collections_pages.create", "/collections/x")
    QuoteStore(Notebook(tmp_path / "notebook.sqlite")).create("Margins")
    secret = doors.sessions.open(gone.id, address="", agent="")
    _, token = doors.tokens.make(gone.person, "laptop", {Scope.SEARCH})
    doors.accounts.remove("wen")
    assert doors.sessions.person(secret) is None
    assert doors.tokens.person(token) is None
    assert doors.accounts.prove("Wen", PASSWORD) is None
    assert [entry.person for entry in doors.audit.entries(user="Wen")] == ["Wen"]
    assert len(QuoteStore(Notebook(tmp_path / "notebook.sqlite")).collections()) == 1
    back = doors.accounts.add("Wen", PASSWORD, AccountRole.READER)
    assert back.id != gone.id
    with pytest.raises(UnknownAccountError):
        doors.accounts.get(gone.id)


def test_what_somebody_owned_goes_to_the_heir_or_to_the_team(doors: Doors, tmp_path: Path) -> None:
    """Of every table that has owners, whichever part of the program made it."""
    doors.accounts.add("Ada", PASSWORD, AccountRole.ADMIN)
    first, second = (doors.accounts.add(name, PASSWORD, AccountRole.WRITER) for name in ("Wen", "Rui"))
    with Notebook(tmp_path / "notebook.sqlite").writing() as connection:
        connection.execute("CREATE TABLE possessions (id INTEGER PRIMARY KEY, owner TEXT)")
        connection.executemany("INSERT INTO possessions (owner) VALUES (?)", [(first.id,), (second.id,), (None,)])
    doors.accounts.remove("Wen", heir="rui")
    assert _owners(tmp_path) == [second.id, second.id, None]
    doors.accounts.remove("Rui")
    assert _owners(tmp_path) == [None, None, None]


def _owners(folder: Path) -> list[str | None]:
    with Notebook(folder / "notebook.sqlite").reading() as connection:
        return [owner for (owner,) in connection.execute("SELECT owner FROM possessions ORDER BY id")]


def test_no_secret_stands_in_the_notebook(doors: Doors, tmp_path: Path) -> None:
    ada = doors.accounts.add("Ada", PASSWORD, AccountRole.ADMIN)
    secret = doors.sessions.open(ada.id, address="", agent="")
    made, token = doors.tokens.make(ada.person, "laptop", {Scope.SEARCH})
    assert token.startswith(TOKEN_PREFIX)
    assert len(token) == 46
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for hidden in (PASSWORD, secret, token, token.removeprefix(TOKEN_PREFIX)):
        assert hidden.encode() not in kept
    assert b"$argon2id$v=19$m=65536,t=3,p=4$" in kept
    assert token.endswith(made.hint)


def test_a_token_may_do_what_it_and_its_owner_may_until_it_expires(tmp_path: Path) -> None:
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    doors = Doors(tmp_path / "notebook.sqlite", clock=lambda: at)
    doors.accounts.add("Ada", PASSWORD, AccountRole.ADMIN)
    wen = doors.accounts.add("Wen", PASSWORD, AccountRole.WRITER)
    with pytest.raises(InvalidRequestError, match="admin"):
        doors.tokens.make(wen.person, "too much", {Scope.ADMIN})
    with pytest.raises(InvalidRequestError):
        doors.tokens.make(wen.person, "nothing", ())
    with pytest.raises(InvalidRequestError):
        doors.tokens.make(wen.person, "over", {Scope.SEARCH}, expires_at=at)
    made, token = doors.tokens.make(
        wen.person, "t", {Scope.SEARCH, Scope.QUOTES_WRITE}, expires_at=at + timedelta(days=1)
    )
    person, _ = doors.tokens.person(token)
    assert person.scopes == {Scope.SEARCH, Scope.QUOTES_WRITE}
    doors.accounts.set_role("Wen", AccountRole.READER)
    person, _ = doors.tokens.person(token)
    assert person.scopes == {Scope.SEARCH}
    assert doors.tokens.of(wen.id)[0].used_at == at
    at += timedelta(days=1)
    assert doors.tokens.person(token) is None
    at -= timedelta(hours=1)
    assert doors.tokens.person(token) is not None
    doors.tokens.revoke(wen.id, made.id)
    assert doors.tokens.person(token) is None


def test_failed_sign_ins_of_one_name_wait_and_other_people_do_not(tmp_path: Path) -> None:
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    attempts = Doors(tmp_path / "notebook.sqlite", clock=lambda: at).attempts
    for name in ("Wen", "WEN", " wen", "Ｗen", "wen"):
        attempts.begin(name, "203.0.113.7")
        at += timedelta(seconds=10)
    with pytest.raises(TooManyAttemptsError, match="15 minutes") as refused:
        attempts.begin("wen", "203.0.113.7")
    assert refused.value.retry_after == 851
    attempts.begin("Wen", "198.51.100.2")
    attempts.begin("Rui", "203.0.113.7")
    at += timedelta(seconds=851)
    attempts.begin("wen", "203.0.113.7")


def test_wrong_passwords_at_once_are_no_more_than_one_after_the_other(tmp_path: Path) -> None:
    attempts = Doors(tmp_path / "notebook.sqlite").attempts

    def guess(number: int) -> bool:
        with suppress(TooManyAttemptsError):
            # Whoever has a network of IPv6 has another address for each.
            return attempts.begin("Wen", f"2001:db8:7:7::{number:x}") > 0
        return False

    with ThreadPoolExecutor(16) as threads:
        assert sum(threads.map(guess, range(16))) == 5
    attempts.forget("wen", "2001:db8:7:7::abcd")
    attempts.take_back(attempts.begin("Wen", "2001:db8:7:7::1"))
    assert sum(map(guess, range(9))) == 5
    assert attempts.begin("Wen", "2001:db8:7:8::1")


def test_a_crowd_that_signs_in_does_not_hold_the_threads_of_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, refused = hashed_password("correct horse battery"), Event()
    verify = PasswordHasher.verify

    def verify_slowly(self: PasswordHasher, *given: str) -> bool:
        # Whoever is let in is at it until somebody is not: else, on a slow machine, none might meet another.
        assert refused.wait(180)
        return bool(verify(self, *given))

    monkeypatch.setattr(PasswordHasher, "verify", verify_slowly)

    def guess(_: int) -> bool | None:
        try:
            return is_password("correct horse battery", kept)
        except TooManyAttemptsError:
            refused.set()
            return None

    with ThreadPoolExecutor(16) as threads:
        said = list(threads.map(guess, range(16)))
    assert None in said
    assert said.count(True) >= 4
    assert False not in said


def test_an_unknown_name_takes_as_long_as_a_wrong_password(doors: Doors) -> None:
    doors.accounts.add("Ada", PASSWORD, AccountRole.ADMIN)
    least = {"Ada": inf, "nobody": inf}
    # In turns, so that both meet the same machine; the least is what it takes where nobody else is at work.
    for attempt in range(40):
        for name, before in least.items():
            began = time.process_time()
            assert doors.accounts.prove(name, "not this one at all") is None
            least[name] = min(before, time.process_time() - began)
        if attempt >= 4 and 0.5 < least["Ada"] / least["nobody"] < 2.0:
            return
    pytest.fail(f"seconds of the processor: {least}")


def test_two_forms_of_the_same_characters_are_one_password() -> None:
    kept = hashed_password("café ﬁle 密码密码")
    assert is_password("cafe\u0301 file 密码密码", kept)
    assert not is_password("cafe file 密码密码", kept)
    for weak in ("123456789", "a" * 20, "LONG-enough-name", "x" * 257):
        with pytest.raises(InvalidRequestError):
            checked_password(weak, "long-enough-name")


@given(SECRETS, SECRETS, st.text(max_size=90))
@example("", "\0", "")
def test_the_token_of_a_form_is_that_of_its_session_alone(secret: str, other: str, made_up: str) -> None:
    token = form_token(secret)
    assert is_form_token(token, secret)
    assert token != form_token(secret)
    assert is_form_token(token, other) is (secret == other)
    assert not is_form_token(made_up, secret)


def test_accounts_survive_a_move_to_the_newest_schema(tmp_path: Path) -> None:
    """A notebook of quotes that was written before there were accounts reads as one without any."""
    file = tmp_path / "notebook.sqlite"
    connection = sqlite3.connect(file)
    for script in migrations()[:2]:
        connection.executescript(script)
    connection.execute("PRAGMA user_version = 2")
    connection.commit()
    connection.close()
    assert Doors(file).are_open()
    Doors(file).accounts.add("Ada", PASSWORD, AccountRole.ADMIN)
    assert not Doors(file).are_open()
