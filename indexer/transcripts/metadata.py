"""Title, company, ticker, period and date: from what is said of the file and what it says of itself, or None.

Whatever is found is kept as Evidence. What somebody states of the file comes first, then what its format and front
matter state, then running heads, title, text and file name; of what stands in the text, the clearer form wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.model import Evidence, Origin
from indexer.transcripts.company_names import same_company
from indexer.transcripts.event_dates import find_event_dates
from indexer.transcripts.issuers import company_evidence, ticker_evidence
from indexer.transcripts.period_evidence import find_period_evidence
from indexer.transcripts.place import names_call
from indexer.transcripts.places import find_places
from indexer.transcripts.stated_fields import read_stated
from indexer.transcripts.titles import find_titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.model import NonSpeech, Source
    from indexer.transcripts.turns import Reading

_PUBLISHED = "no day of the call was found; {value} is the date that the page gives ({text})"
_UNCLEAR = "the date {text} can be read two ways and is left out; state it in a sidecar or with --date"
_CONFLICT = "the {field} is {value} by {origin}, but {other} by {other_origin} ({text})"
_NAMES = {
    Origin.COMMAND: "the command",
    Origin.SIDECAR: "the sidecar",
    Origin.FORMAT: "the format",
    Origin.FRONT_MATTER: "the front matter",
    Origin.RUNNING_HEAD: "the running head",
    Origin.TITLE: "the title",
    Origin.TEXT: "the text",
    Origin.FILE_NAME: "the file name",
}
_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a transcript says of itself, or what is said of it. `warnings` tell what was seen and not believed.

    `language` is None unless it is stated.
    """

    title: str
    company: str | None
    ticker: str | None
    period: str | None
    fiscal: bool
    date: str | None
    language: str | None
    evidence: tuple[Evidence, ...]
    warnings: tuple[str, ...] = ()


def read_metadata(
    source: Source, front_matter: Mapping[str, str], reading: Reading, non_speech: Sequence[NonSpeech]
) -> Metadata:
    """Gather the metadata of a transcript and where each piece of it was found.

    `front_matter` has the fields of the front matter, `non_speech` every piece that nobody spoke.
    """
    stem = Path(source.path).stem
    stated = read_stated(source, front_matter, non_speech)
    places = find_places(source, reading, non_speech)
    speakers = _speakers(reading)
    tickers = _distinct((*stated.of("ticker"), *ticker_evidence(places, stem)))
    companies = _distinct((*stated.of("company"), *company_evidence(places, stem, speakers)))
    dates = find_event_dates(places, reading, stem)
    dated = _distinct((*stated.of("date"), *dates.found))
    warnings = list(stated.warnings)
    if not dated and (published := (*stated.published, *dates.published)):
        dated = published[:1]
        warnings.append(_PUBLISHED.format(value=dated[0].value, text=dated[0].text[:_LONGEST_SHOWN]))
    elif not dated and dates.unclear:
        warnings.append(_UNCLEAR.format(text=dates.unclear[0]))
    company, date = _first(companies), _first(dated)
    periods = find_period_evidence(stated.evidence, places, stem, date)
    period = _first(periods.found)
    titles = _distinct(find_titles(stated.of("title"), places, stem, company, period))
    language = stated.of("language")
    strangers = [each for each in companies if company and not same_company(company, each.value)]
    warnings += [
        *_conflict(companies, strangers),
        *_conflict(periods.found, periods.rivals),
        *_conflict(dated, [each for each in dated if each.value != date]),
        *periods.warnings,
    ]
    return Metadata(
        title=titles[0].value,
        company=company,
        ticker=_first(tickers),
        period=period,
        fiscal=bool(periods.fiscal) and periods.fiscal[0].value == "true",
        date=date,
        language=_first(language),
        evidence=(*titles, *companies, *tickers, *_distinct(periods.found), *periods.fiscal, *dated, *language),
        warnings=tuple(warnings),
    )


def _speakers(reading: Reading) -> set[str]:
    """Return the names of the speaker lines with more below them than lines that name the call."""
    found: set[str] = set()
    for turn in reading.turns:
        if turn.cue and turn.cue.name not in found and not names_call(turn.speeches[0].text):
            found.add(turn.cue.name)
    return found


def _distinct(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the first evidence of each value and origin, in their order."""
    seen: dict[tuple[str, Origin], Evidence] = {}
    for evidence in found:
        seen.setdefault((evidence.value, evidence.origin), evidence)
    return tuple(seen.values())


def _first(found: Sequence[Evidence]) -> str | None:
    return found[0].value if found else None


def _conflict(found: Sequence[Evidence], rivals: Sequence[Evidence]) -> tuple[str, ...]:
    """Return a warning of the first rival of what was believed, unless a person has decided."""
    if not rivals or found[0].origin in {Origin.COMMAND, Origin.SIDECAR}:
        return ()
    believed, rival = found[0], rivals[0]
    warning = _CONFLICT.format(
        field=believed.field,
        value=believed.value,
        origin=_NAMES[believed.origin],
        other=rival.value,
        other_origin=_NAMES[rival.origin],
        text=rival.text[:_LONGEST_SHOWN],
    )
    return (warning,)
