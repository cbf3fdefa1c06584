"""The shapes of links as JSON; links_json.py makes them."""

from __future__ import annotations

from typing_extensions import TypedDict


class Link(TypedDict):
    """A link that works. Its address is told when it is made, and never again; `hint` is how that ends."""

    id: str
    hint: str
    made_by: str | None
    """The id of an account; null for the local user."""
    created_at: str
    expires_at: str | None
    """When it ends; null where it works until it is revoked."""


class NewLink(Link):
    """A link that was just made."""

    url: str
    """Its address, which is told this once."""


class LinkList(TypedDict):
    """The links to something that work, the latest first."""

    total: int
    links: list[Link]
