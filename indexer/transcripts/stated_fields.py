"""The metadata that somebody or something states outright: the user, the format of the file, its front matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Evidence, NonSpeechKind, Origin
from indexer.transcripts.dates import find_compact_date, find_date
from indexer.transcripts.period_forms import FISCAL
from indexer.transcripts.periods import find_period
from indexer.transcripts.tickers import find_tickers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.model import NonSpeech, Source

_KEYS = {
    "title": ("title", "call_title", "headline"),
    "company": ("company", "company_name", "issuer"),
    "ticker": ("ticker", "symbol", "stock_code", "company_ticker"),
    "period": ("period", "quarter", "fiscal_period"),
    "date": ("date", "event_date", "call_date"),
    "language": ("language", "lang"),
    "fiscal": ("fiscal",),
    "period_end": ("period_end",),
}
_FORMS = {"period": "a quarter, a half or a year", "date": "a day", "language": "zh or en", "fiscal": "true or false"}
_BY_HAND = {Origin.COMMAND, Origin.SIDECAR}  # They were checked when they were written.
_PAGES = frozenset({"html", "htm", "mhtml"})  # The date of a saved page is the day on which it was published.
_TRUTHS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}
_UNREADABLE = '{where}: the {field} "{text}" is not read; write {form}'


@dataclass(frozen=True, slots=True)
class StatedFields:
    """What is stated, the most telling first; `published` are dates of pages, `warnings` what could not be read."""

    evidence: tuple[Evidence, ...]
    published: tuple[Evidence, ...]
    warnings: tuple[str, ...]

    def of(self, field: str) -> tuple[Evidence, ...]:
        """Return what is stated of one field."""
        return tuple(evidence for evidence in self.evidence if evidence.field == field)


def read_stated(source: Source, front_matter: Mapping[str, str], non_speech: Sequence[NonSpeech]) -> StatedFields:
    """Gather the fields, with dates in ISO 8601 and periods as "2024Q1"."""
    evidence: list[Evidence] = []
    published: list[Evidence] = []
    warnings: list[str] = []
    for field, text, origin, line in (*_told(source), *_matter(front_matter, non_speech)):
        values = [text] if origin in _BY_HAND else _values(field, text)
        if not values:
            where = origin.value.replace("_", " ")
            warnings.append(_UNREADABLE.format(where=where, field=field, text=text, form=_FORMS.get(field, "words")))
        elif field == "date" and origin is Origin.FORMAT and source.format in _PAGES:
            published.append(Evidence(field, values[0], origin, text, line))
        else:
            evidence += [Evidence(field, value, origin, text, line) for value in values]
            if field == "period" and FISCAL.search(text):
                evidence.append(Evidence("fiscal", "true", origin, text, line))
    return StatedFields(tuple(evidence), tuple(published), tuple(warnings))


def _told(source: Source) -> Iterator[tuple[str, str, Origin, int | None]]:
    for stated in source.stated:
        for field, value in stated.fields.items():
            yield field, value, stated.origin, stated.lines.get(field)
    for field, keys in _KEYS.items():
        text = next((source.content.fields[key] for key in keys if source.content.fields.get(key)), None)
        if text and text.strip():
            yield field, text.strip(), Origin.FORMAT, None


def _matter(
    front_matter: Mapping[str, str], non_speech: Sequence[NonSpeech]
) -> Iterator[tuple[str, str, Origin, int | None]]:
    pieces = [piece for piece in non_speech if piece.kind is NonSpeechKind.FRONT_MATTER]
    for field, keys in _KEYS.items():
        key = next((key for key in keys if front_matter.get(key)), None)
        if key is not None:
            named = (piece for piece in pieces if piece.text.partition(":")[0].strip().lower() == key)
            piece = next(named, None)
            yield field, front_matter[key], Origin.FRONT_MATTER, piece.lines.first if piece else None


def _values(field: str, text: str) -> list[str]:
    """Return the values that a field states; only a ticker may have several. None when it cannot be read."""
    text = " ".join(text.split())
    if field in {"date", "period_end"}:
        date = find_date(text) or find_compact_date(text)
        return [date] if date else []
    if field == "period":
        period = find_period(text)
        return [text] if text.isdigit() and len(text) == 4 else [period.value] if period else []  # noqa: PLR2004 - a year.
    if field == "ticker":
        return list(dict.fromkeys(ticker.value for ticker in find_tickers(f"({text})"))) or [text]
    if field == "language":
        return [text[:2].lower()] if text[:2].lower() in {"zh", "en"} else []
    if field == "fiscal":
        return [_TRUTHS[text.lower()]] if text.lower() in _TRUTHS else []
    return [text] if text else []
