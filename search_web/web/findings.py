"""What became of a quote in the index, in the words of the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext, lazy_pgettext

from indexer.errors import IndexStoreError
from search_web.quotes.model import State
from search_web.quotes.verify import verify
from search_web.search.assemble import passage_url
from search_web.web.current import current_searcher
from search_web.web.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask_babel import LazyString

    from indexer.stores.passages import PassageStore
    from search_web.quotes.model import Edit, Place, Quote, SaidElsewhere, Verified

_BADGES: dict[State, LazyString] = {
    State.UNCHANGED: lazy_pgettext("verification", "Unchanged"),
    State.MOVED: lazy_pgettext("verification", "Moved"),
    State.CHANGED: lazy_pgettext("verification", "Changed"),
    State.GONE: lazy_pgettext("verification", "Gone"),
}
_OUTLINES: dict[State, LazyString] = {
    State.UNCHANGED: lazy_gettext("The words stand where they were collected."),
    State.MOVED: lazy_gettext("The words now stand at another place of the source."),
    State.CHANGED: lazy_gettext("The words no longer stand in the source."),
    State.GONE: lazy_gettext("The words, or their source, are no longer in the index."),
}
_OTHERWISE = lazy_pgettext("verification", "Source differs")
_FIELDS: dict[str, LazyString] = {
    "speaker": lazy_pgettext("verification", "Speaker"),
    "title": lazy_pgettext("verification", "Title"),
    "affiliation": lazy_pgettext("verification", "Firm"),
    "role": lazy_pgettext("verification", "Role"),
    "delivery": lazy_pgettext("verification", "Delivery"),
    "call": lazy_pgettext("verification", "Call"),
    "company": lazy_pgettext("verification", "Company"),
    "period": lazy_pgettext("verification", "Period"),
    "date": lazy_pgettext("verification", "Date"),
    "asker": lazy_pgettext("verification", "Asked by"),
}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Something about a quote that the index says otherwise: what it is, what was kept, what stands there now."""

    field: str
    kept: str
    now: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Words that somebody else says, or that are said on another occasion: a sentence of that, and where they stand."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a quote: a word for it, a sentence, and what differs.

    `url` leads to where the words (or those most like them) stand now, None where they stand nowhere. `elsewhere` is
    who says the words of a quote that is gone, on another occasion.
    """

    state: State
    sound: bool
    badge: str
    sentence: str
    url: str | None
    edits: tuple[Edit, ...]
    attributions: tuple[Attribution, ...]
    elsewhere: Elsewhere | None = None


def findings_of(quotes: Sequence[Quote]) -> dict[str, Finding] | None:
    """Return what became of each quote, by its id; None while the index cannot be read."""
    try:
        passages = current_searcher().reader.current().passages
        verified = verify(quotes, passages)
        titles = _titles(verified, passages)
    except IndexStoreError:
        return None
    return {one.quote.id: _finding(one, titles) for one in verified}


def outlined_findings(verified: Sequence[Verified]) -> dict[str, Finding]:
    """Return what people without an account learn of each quote, by its id; `verified` is what they may."""
    return {one.quote.id: replace(_finding(one, {}), sentence=str(_OUTLINES[one.state])) for one in verified}


def _titles(verified: Sequence[Verified], passages: PassageStore) -> dict[str, str]:
    if all(one.state is State.UNCHANGED for one in verified):
        return {}
    return {transcript.id: transcript.title for transcript in passages.transcripts()}


def _finding(one: Verified, titles: dict[str, str]) -> Finding:
    return Finding(
        state=one.state,
        sound=one.sound,
        badge=_badge(one),
        sentence=_sentence(one, titles),
        url=None if one.place is None else passage_url(one.place.transcript_id, one.place.passage_id),
        edits=one.edits,
        attributions=tuple(
            Attribution(
                str(_FIELDS.get(differing.field, differing.field)),
                _value(differing.field, differing.kept),
                _value(differing.field, differing.now),
            )
            for differing in one.differences
        ),
        elsewhere=_elsewhere(one.elsewhere),
    )


def _badge(one: Verified) -> str:
    """Return the word for what became of a quote: words that still stand, under another name, are not "Unchanged"."""
    stands = one.state in {State.UNCHANGED, State.MOVED}
    return str(_OTHERWISE if stands and one.differences else _BADGES[one.state])


def _elsewhere(found: SaidElsewhere | None) -> Elsewhere | None:
    if found is None:
        return None
    if found.speaker:
        said = _("%(speaker)s says the same words in “%(title)s”.", speaker=found.speaker, title=found.title)
    else:
        said = _("The same words stand in “%(title)s”.", title=found.title)
    return Elsewhere(str(said), passage_url(found.place.transcript_id, found.place.passage_id))


def _sentence(one: Verified, titles: dict[str, str]) -> str:
    if one.state is State.UNCHANGED:
        return str(_("The words stand where they were collected."))
    if one.state is State.CHANGED:
        return str(_("The words no longer stand there. What is most like them now reads:"))
    if one.place is not None:
        return _whereabouts(one.quote.place, one.place, titles)
    if title := titles.get(one.quote.place.transcript_id):
        return str(_("Nothing in “%(title)s” is like the words any more.", title=title))
    return str(_("“%(title)s” is no longer in the index.", title=one.quote.occasion.title))


def _whereabouts(kept: Place, now: Place, titles: dict[str, str]) -> str:
    if now.passage_id == kept.passage_id:
        return str(_("The words now stand at another place of the same passage."))
    if now.transcript_id == kept.transcript_id:
        return str(_("The words now stand in another passage of the same transcript."))
    return str(_("The words now stand in another transcript, “%(title)s”.", title=titles[now.transcript_id]))


def _value(field: str, value: str) -> str:
    return label(field, value) if value else str(_("nothing"))
