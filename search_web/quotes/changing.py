"""What may be changed of a collection itself: what it is called, who sees it, whose it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError
from search_web.quotes import records
from search_web.quotes.editing import check_free, free_name, fresh_id
from search_web.quotes.guard import check_manage, check_writes
from search_web.quotes.history import Action, FieldChange, note_change
from search_web.quotes.model import Collection, Visibility
from search_web.quotes.sharing import first_visibility
from search_web.quotes.wording import checked_name, checked_prose

if TYPE_CHECKING:
    import sqlite3

    from search_web.access.model import Person
    from search_web.quotes.history import Stamp


@dataclass(frozen=True, slots=True)
class CollectionChanges:
    """What a collection is to say from now on; None leaves as it is."""

    name: str | None = None
    description: str | None = None
    visibility: Visibility | None = None
    owner: str | None = None

    def applied_to(self, before: Collection) -> Collection:
        """Return a collection that says so. Raises InvalidRequestError for words that cannot be kept."""
        return replace(
            before,
            name=before.name if self.name is None else checked_name(self.name),
            description=before.description
            if self.description is None
            else checked_prose("description", self.description),
            visibility=self.visibility or before.visibility,
            owner=self.owner or before.owner,
        )


def made_collection(
    connection: sqlite3.Connection,
    person: Person,
    stamp: Stamp,
    name: str,
    description: str,
    *,
    visibility: Visibility | None = None,
) -> Collection:
    """Make a collection of a person's own. Raises NotPermittedError, NameTakenError and InvalidRequestError."""
    check_writes(person)
    called, prose = checked_name(name), checked_prose("description", description)
    seen = visibility or first_visibility(person)
    made = Collection(fresh_id(), called, prose, stamp.at, stamp.at, owner=person.id, visibility=seen)
    check_free(connection, person, made)
    check_owned(made)
    records.add_collection(connection, made)
    note_change(connection, stamp, Action.CREATED, made.id, None, FieldChange("name", "", called))
    return made


def changed(
    connection: sqlite3.Connection, person: Person, before: Collection, wanted: CollectionChanges
) -> Collection:
    """Return what a person makes of a collection that they may edit.

    Raises NotPermittedError where it is not theirs to say who sees it, NameTakenError and InvalidRequestError.
    """
    if wanted.visibility is not None or wanted.owner is not None:
        check_manage(person, before)
    after = wanted.applied_to(before)
    check_owned(after)
    if after.owner == before.owner and (after.name, after.visibility) != (before.name, before.visibility):
        check_free(connection, person, after)
    # What else its owner has is theirs to know: for that nothing is refused.
    return replace(after, name=free_name(connection, after))


def check_owned(collection: Collection) -> None:
    """Raise InvalidRequestError where something is private to nobody."""
    if collection.visibility is Visibility.PRIVATE and collection.owner is None:
        what, mend = "nobody owns this collection, so that it is the team's", "Hand it over to an account first"
        raise InvalidRequestError(what, where="visibility", mend=mend)


def field_changes(before: Collection, after: Collection) -> tuple[FieldChange, ...]:
    """Return what the history tells of a change; `owner` is the id of an account, empty for the team."""
    return (
        FieldChange("name", before.name, after.name),
        FieldChange("description", before.description, after.description),
        FieldChange("visibility", before.visibility, after.visibility),
        FieldChange("owner", before.owner or "", after.owner or ""),
    )
