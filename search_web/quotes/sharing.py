"""Who may do what with a collection of quotes or a saved search. Everything that reads or changes one asks here.

What is private to somebody else does not exist for a person, an administrator too; only who sits at the machine itself
sees all. What the team has, everybody with an account reads and every writer changes; its name and its quotes, that is:
who sees it, whose it is, and whether it is there at all is for its owner or an administrator to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from search_web.access.model import Scope
from search_web.quotes.model import Visibility

if TYPE_CHECKING:
    from search_web.access.model import Person


class Owned(Protocol):
    """A thing that belongs to an account, by its id, or with None to the team."""

    @property
    def owner(self) -> str | None:
        """The id of the account."""
        ...

    @property
    def visibility(self) -> Visibility:
        """Who else reads it."""
        ...


def is_own(person: Person, thing: Owned) -> bool:
    """Whether it belongs to this person; what nobody owns is the local user's."""
    return thing.owner == person.id


def may_read(person: Person, thing: Owned) -> bool:
    """Whether it exists for this person."""
    seen = person.id is None or thing.visibility is Visibility.TEAM or is_own(person, thing)
    return seen and Scope.QUOTES_READ in person.scopes


def may_write(person: Person) -> bool:
    """Whether this person makes collections and searches, and changes those that they may read."""
    return Scope.QUOTES_WRITE in person.scopes


def may_edit(person: Person, thing: Owned) -> bool:
    """Whether this person may change what is in it, and take that back."""
    return may_read(person, thing) and may_write(person)


def may_manage(person: Person, thing: Owned) -> bool:
    """Whether this person may remove it, say who sees it, make links to it, or hand it over to somebody else."""
    return may_edit(person, thing) and (is_own(person, thing) or Scope.ADMIN in person.scopes)


def first_visibility(person: Person) -> Visibility:
    """Return who sees what this person makes, unless they say otherwise: only themselves, where there are accounts."""
    return Visibility.TEAM if person.id is None else Visibility.PRIVATE
