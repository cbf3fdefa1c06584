"""Links as JSON objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.quotes import links_shapes
    from search_web.quotes.links import Link, NewLink


def link_json(link: Link) -> links_shapes.Link:
    """Return a link without its address, which is told once."""
    return {
        "id": link.id,
        "hint": link.hint,
        "made_by": link.made_by,
        "created_at": link.created_at.isoformat(),
        "expires_at": None if link.expires_at is None else link.expires_at.isoformat(),
    }


def new_link_json(made: NewLink, url: str) -> links_shapes.NewLink:
    """Return a link that was just made, with its address."""
    return {**link_json(made.link), "url": url}


def links_json(links: Sequence[Link]) -> links_shapes.LinkList:
    """Return the links to something."""
    return {"total": len(links), "links": [link_json(link) for link in links]}
