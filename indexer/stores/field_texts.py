"""Which texts of a passage, its speaker and its call each searchable field is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.stores.keyword import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.model import Passage


def field_texts(passage: Passage, company: str | None, ticker: str | None) -> Mapping[Field, tuple[str, ...]]:
    """Return the texts of each field, in a fixed order and without those that are missing."""
    speaker = passage.speaker
    texts: dict[Field, tuple[str | None, ...]] = {
        Field.TEXT: (passage.text,),
        Field.SPEAKER: (speaker.name, *speaker.other_names),
        Field.TITLE: (speaker.title, speaker.affiliation),
        Field.HEADING: (passage.heading,),
        Field.COMPANY: (company, ticker),
    }
    return {field: tuple(filter(None, listed)) for field, listed in texts.items()}
