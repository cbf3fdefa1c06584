"""What a plan has added and recognised, as the response shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.query_views import ChipView, ExpansionView

if TYPE_CHECKING:
    from search_web.search.chip import Chip
    from search_web.search.expanding import Added
    from search_web.search.request import Recognised


def expansion_view(added: Added) -> ExpansionView:
    """Return an added term as it is shown."""
    expansion = added.expansion
    return ExpansionView(
        term=expansion.term,
        of=(expansion.start, expansion.end),
        language=expansion.language,
        relation=expansion.relation.value,
        source=expansion.strength.value,
        weight=added.weight,
        passages=added.passages,
        active=added.active,
    )


def chip_view(chip: Chip, query: str, recognised: Recognised) -> ChipView:
    """Return what was recognised in a query as it is shown."""
    start, end = chip.span
    return ChipView(
        id=chip.id,
        kind=chip.kind.value,
        value=chip.value,
        text=query[start:end],
        of=chip.span,
        effect=recognised.value,
        active=chip.active,
        how=str(chip.how),
    )
