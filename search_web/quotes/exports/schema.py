"""What stands in a JSON or CSV file of quotes: one table of fields, which both formats write and read by.

A field has a dotted path ("place.start"), which is its place in the JSON object of a quote, and a column of the CSV
file. `VERSION` rises when a file of the older form could no longer be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from indexer.model import TimeSpan
from search_web.quotes.exports.forms import Form
from search_web.quotes.model import Collection, Occasion, Place, Quote, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "yuanhua-quotes"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a file; where it is `optional`, None is a value of it."""

    path: str
    column: str
    form: Form = Form.TEXT
    optional: bool = False

    @property
    def group(self) -> str | None:
        """The part of a quote that may be absent as a whole and that this field belongs to."""
        return next((group for group in GROUPS if self.path.startswith(group + ".")), None)


GROUPS = ("question", "occasion.time")

QUOTE_FIELDS = (
    Field("id", "id"),
    Field("text", "text"),
    Field("language", "language", Form.LANGUAGE),
    Field("delivery", "delivery", Form.DELIVERY),
    Field("speaker.name", "speaker"),
    Field("speaker.other_names", "other_names", Form.LIST),
    Field("speaker.title", "title", optional=True),
    Field("speaker.affiliation", "affiliation", optional=True),
    Field("speaker.role", "role", Form.ROLE),
    Field("occasion.title", "occasion"),
    Field("occasion.kind", "kind", Form.KIND),
    Field("occasion.company", "company", optional=True),
    Field("occasion.ticker", "ticker", optional=True),
    Field("occasion.period", "period", optional=True),
    Field("occasion.fiscal", "fiscal", Form.FLAG),
    Field("occasion.date", "date", Form.DAY, optional=True),
    Field("occasion.section", "section", Form.SECTION),
    Field("occasion.heading", "heading", optional=True),
    Field("occasion.page", "page", Form.COUNT, optional=True),
    Field("occasion.time.start", "time_start", Form.SECONDS),
    Field("occasion.time.end", "time_end", Form.SECONDS, optional=True),
    Field("question.speaker.name", "asked_by"),
    Field("question.speaker.other_names", "asked_by_other_names", Form.LIST),
    Field("question.speaker.title", "asked_by_title", optional=True),
    Field("question.speaker.affiliation", "asked_by_affiliation", optional=True),
    Field("question.speaker.role", "asked_by_role", Form.ROLE),
    Field("question.text", "question"),
    Field("note", "note"),
    Field("tags", "tags", Form.LIST),
    Field("url", "url"),
    Field("collected_at", "collected_at", Form.MOMENT),
    Field("place.transcript_id", "transcript_id"),
    Field("place.passage_id", "passage_id"),
    Field("place.start", "start", Form.COUNT),
    Field("place.end", "end", Form.COUNT),
    Field("place.source_digest", "source_digest"),
    Field("place.source_path", "source_path"),
    Field("place.context_before", "context_before"),
    Field("place.context_after", "context_after"),
    Field("version", "version", Form.COUNT),
)

COLLECTION_FIELDS = (
    Field("id", "collection_id"),
    Field("name", "collection"),
    Field("description", "collection_description"),
    Field("created_at", "collection_created_at", Form.MOMENT),
    Field("updated_at", "collection_updated_at", Form.MOMENT),
    Field("version", "collection_version", Form.COUNT),
)


def collection_values(collection: Collection) -> dict[str, Any]:
    """Return the value of each of COLLECTION_FIELDS by its path."""
    return {field.path: getattr(collection, field.path) for field in COLLECTION_FIELDS}


def quote_values(quote: Quote) -> dict[str, Any]:
    """Return the value of each of QUOTE_FIELDS by its path; None for all fields of a group that is absent."""
    place, occasion, time = quote.place, quote.occasion, quote.occasion.time
    asker, question = quote.question or (None, None)
    plain = {name: getattr(quote, name) for name in ("id", "text", "language", "delivery", "note", "tags", "url")}
    return (
        plain
        | {"collected_at": quote.collected_at, "version": quote.version}
        | _voice_values("speaker", quote.voice)
        | _voice_values("question.speaker", asker)
        | {"question.text": question}
        | {
            f"occasion.{name}": getattr(occasion, name)
            for name in (
                "title",
                "kind",
                "company",
                "ticker",
                "period",
                "fiscal",
                "date",
                "section",
                "heading",
                "page",
            )
        }
        | {"occasion.time.start": time and time.start, "occasion.time.end": time and time.end}
        | {
            f"place.{name}": getattr(place, name)
            for name in ("transcript_id", "passage_id", "start", "end", "source_digest", "source_path")
        }
        | {"place.context_before": place.context[0], "place.context_after": place.context[1]}
    )


def collection_from(values: Mapping[str, Any], quotes: tuple[Quote, ...]) -> Collection:
    """Return the collection that `collection_values` gave the values of."""
    return Collection(**{field.path: values[field.path] for field in COLLECTION_FIELDS}, quotes=quotes)


def quote_from(values: Mapping[str, Any], collection_id: str) -> Quote:
    """Return the quote that `quote_values` gave the values of. Raises ValueError when its span and text disagree."""
    place = _under("place", values)
    context = (place.pop("context_before"), place.pop("context_after"))
    start, end, text = place["start"], place["end"], values["text"]
    if end - start != len(text):
        raise ValueError(
            f"the text has {len(text)} characters and its place {end - start} (start {start}, end {end}); "
            "the text, its line ends or its place were altered"
        )
    time = _under("occasion.time", values)
    occasion = {name: value for name, value in _under("occasion", values).items() if "." not in name}
    asker = _voice("question.speaker", values) if values["question.text"] is not None else None
    return Quote(
        **{name: values[name] for name in ("id", "text", "language", "delivery", "note", "tags", "url")},
        collection_id=collection_id,
        place=Place(**place, context=context),
        voice=_voice("speaker", values),
        occasion=Occasion(**occasion, time=None if time["start"] is None else TimeSpan(**time)),
        question=(asker, values["question.text"]) if asker else None,
        collected_at=values["collected_at"],
        version=values["version"],
    )


def plain(value: object) -> object:
    """Return a value of a field as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _voice_values(prefix: str, voice: Voice | None) -> dict[str, Any]:
    names = ("name", "other_names", "title", "affiliation", "role")
    return {f"{prefix}.{name}": getattr(voice, name) if voice else None for name in names}


def _voice(prefix: str, values: Mapping[str, Any]) -> Voice:
    return Voice(**_under(prefix, values))


def _under(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    start = prefix + "."
    return {path.removeprefix(start): value for path, value in values.items() if path.startswith(start)}
