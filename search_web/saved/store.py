"""Saved searches in the notebook: making, changing, removing and taking back, and which transcripts are new to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from indexer.errors import ConflictError, InvalidRequestError, NameTakenError
from search_web.access.model import LOCAL
from search_web.quotes.editing import fresh_id
from search_web.quotes.guard import check_writes
from search_web.quotes.sharing import may_read
from search_web.quotes.wording import checked_name
from search_web.saved import records
from search_web.saved.guard import editable, managed, readable
from search_web.saved.model import SavedSearch

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping

    from search_web.access.model import Person
    from search_web.notebook.database import Notebook
    from search_web.saved.model import Arguments

# What only says which page of the hits is shown, and how: no part of what is looked for.
_PASSING = frozenset({"page", "offset", "cursor", "limit", "context", "explain", "facets", "group", "group_size"})


def _now() -> datetime:
    return datetime.now(UTC)


def kept_arguments(arguments: Iterable[tuple[str, str]]) -> Arguments:
    """Return what of the arguments of a search is kept. Raises InvalidRequestError when there is no query."""
    kept = tuple((name, value) for name, value in arguments if name not in _PASSING and value.strip())
    if not any(name == "q" for name, _ in kept):
        raise InvalidRequestError("there is no query to save", where="q", mend="Search for something first")
    return kept


class SavedSearches:
    """The saved searches of one notebook, as they are for a person. Many threads and processes may use them at once.

    Every method is one transaction. Those that change something take the version that the caller has seen as
    `expected`, and raise ConflictError when it is no longer that one; None changes whatever is there. They raise
    UnknownSearchError for what is not there or is somebody else's, NotPermittedError for what is for others to do,
    NameTakenError for a name that another one of the same owner has, InvalidRequestError for words that cannot be
    kept, and what `Notebook` raises.
    """

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = _now, person: Person = LOCAL) -> None:
        self._notebook = notebook
        self._clock = clock
        self._person = person

    def as_seen_by(self, person: Person) -> SavedSearches:
        """Return the searches of the same notebook as they are for this person."""
        return SavedSearches(self._notebook, self._clock, person)

    def all(self, *, removed: bool = False) -> tuple[SavedSearch, ...]:
        """Return all searches by name, or those that were `removed`, the last one first."""
        with self._notebook.reading() as connection:
            found = records.read_all(connection, removed=removed)
        return tuple(one for one in found if may_read(self._person, one))

    def get(self, id_or_name: str) -> SavedSearch:
        """Return the search with this id or name, the person's own before others.

        Raises InvalidRequestError where several others have the name.
        """
        with self._notebook.reading() as connection:
            return readable(connection, self._person, id_or_name)

    def create(self, name: str, arguments: Iterable[tuple[str, str]], met: Iterable[tuple[str, str]]) -> SavedSearch:
        """Save a search. The transcripts `met`, (id, digest) of each, are those of the index as it is: none is new."""
        checked, kept = checked_name(name), kept_arguments(arguments)
        check_writes(self._person)
        with self._notebook.writing() as connection:
            now = self._moment(connection)
            made = SavedSearch(fresh_id(), checked, kept, created_at=now, seen_at=now, owner=self._person.id)
            _check_free(connection, made)
            records.add_arrivals(connection, met, now)
            records.write(connection, made)
            return made

    def edit(
        self,
        id_or_name: str,
        *,
        name: str | None = None,
        arguments: Iterable[tuple[str, str]] | None = None,
        expected: int | None = None,
    ) -> SavedSearch:
        """Give a search another name, or look for something else; None leaves it as it is."""
        with self._notebook.writing() as connection:
            found = _expected(editable(connection, self._person, id_or_name), expected)
            changed = replace(
                found,
                name=found.name if name is None else checked_name(name),
                arguments=found.arguments if arguments is None else kept_arguments(arguments),
            )
            _check_free(connection, changed)
            return _raised(connection, found, changed)

    def seen(self, id_or_name: str, until: datetime | None = None) -> SavedSearch:
        """Take what there is `until` a time, now unless it is given, for seen."""
        with self._notebook.writing() as connection:
            found = editable(connection, self._person, id_or_name)
            now = self._moment(connection)
            changed = replace(found, seen_at=max(found.seen_at, min(until or now, now)))
            records.write(connection, changed)
            return changed

    def remove(self, id_or_name: str, *, expected: int | None = None) -> SavedSearch:
        """Put a search into the bin."""
        with self._notebook.writing() as connection:
            found = _expected(managed(connection, self._person, id_or_name), expected)
            return _raised(connection, found, replace(found, removed_at=self._clock()))

    def restore(self, search_id: str) -> SavedSearch:
        """Take a search out of the bin, where it is there."""
        with self._notebook.writing() as connection:
            found = managed(connection, self._person, search_id, removed=True)
            if found.removed_at is None:
                return found
            _check_free(connection, found)
            return _raised(connection, found, replace(found, removed_at=None))

    def arrivals(self, met: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], datetime]:
        """Return when each of these transcripts, given as (id, digest), was first met: now, if never before."""
        wanted = tuple(met)
        with self._notebook.reading() as connection:
            known = records.arrivals(connection)
        fresh = [one for one in wanted if one not in known]
        if fresh:
            with self._notebook.writing() as connection:
                records.add_arrivals(connection, fresh, self._moment(connection))
                known = records.arrivals(connection)
        return {one: known[one] for one in wanted}

    def _moment(self, connection: sqlite3.Connection) -> datetime:
        """Return now, or where the clock was put back, the moment after the latest that was written down.

        So what comes in is always later than what was seen before it, and is never passed over.
        """
        now, latest = self._clock(), records.latest(connection)
        return now if latest is None or now > latest else latest + timedelta(microseconds=1)


def _expected(found: SavedSearch, expected: int | None) -> SavedSearch:
    if expected is not None and found.version != expected:
        what = f"somebody has changed it meanwhile: this is version {found.version}"
        mend = "Read it again, and repeat the change on what is there now"
        raise ConflictError(what, where=found.id, mend=mend, current=found.version)
    return found


def _check_free(connection: sqlite3.Connection, search: SavedSearch) -> None:
    holder = records.name_holder(connection, search.name, search.owner)
    if holder is not None and holder != search.id:
        what = f"another saved search is called '{search.name}'"
        raise NameTakenError(what, where="name", mend="Choose another name")


def _raised(connection: sqlite3.Connection, before: SavedSearch, after: SavedSearch) -> SavedSearch:
    raised = after if after == before else replace(after, version=before.version + 1)
    records.write(connection, raised)
    return raised
