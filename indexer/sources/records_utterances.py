"""Records to utterances: speaker, text, section, kind of statement and time, whatever they are called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indexer.model import Person, Role, Section, TimeSpan
from indexer.sources import records_keys as keys
from indexer.sources.records_find import said_in
from indexer.sources.records_lines import Utterance
from indexer.sources.records_values import (
    asks_of,
    clock_of,
    is_operator,
    named,
    person_of,
    section_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.sources.records_find import Found
    from indexer.sources.records_keys import Record
    from indexer.sources.records_values import Clock

_SLOWEST_SPEECH = 4.0  # Seconds a character; people speak at 0.05 to 0.3, so more is milliseconds.
_MILLISECOND = 0.001
_MAPS_NAMES = ("speaker", "name")


def utterances_of(
    found: Sequence[Found], names: Mapping[str, Person], numbers: Sequence[int] = ()
) -> tuple[Utterance, ...]:
    """Return what the records say; `names` gives the people behind the ids of speakers, `numbers` the lines."""
    records = [each.record for each in found]
    firms = {value for record in records if isinstance(value := keys.first(record, keys.PERSON_FIRM), str)}
    has_speakers = any(_speaker_values(record) for record in records)
    times = _times(records)
    sections = [_section(each) for each in found]
    if Section.INTRO not in sections:  # Then what is called a presentation includes the opening of the call.
        sections = [None if section is Section.PREPARED else section for section in sections]
    utterances = []
    for index, each in enumerate(found):
        said = said_in(each.record)
        if not said.strip():
            continue
        kinds = [value for key in keys.STATEMENT if (value := keys.first(each.record, (key,))) is not None]
        person, label = _speaker(each.record, names, firm=len(firms) > 1 or len(found) == 1)
        if any(map(is_operator, kinds)) and person.role is None:
            person = replace(person, role=Role.OPERATOR)
        utterances.append(
            Utterance(
                said,
                person if has_speakers else None,
                label,
                sections[index],
                _asks(each, kinds),
                times[index],
                numbers[index] if numbers else None,
            )
        )
    return tuple(utterances)


def names_by_id(*lists: Any) -> dict[str, Person]:  # noqa: ANN401 - JSON holds anything.
    """Return the people of lists in which each has an id and a name, by their ids as text."""
    found: dict[str, Person] = {}
    for people in lists:
        for record in people if isinstance(people, list) else ():
            if not isinstance(record, dict) or keys.first(record, keys.TEXT):
                continue
            name = named(keys.first(record, keys.PERSON_NAME[:6]))
            for key in keys.PERSON_ID:
                value = keys.first(record, (key,))
                if name and isinstance(value, (str, int)) and not isinstance(value, bool):
                    found.setdefault(str(value), person_of(record, name))
    return found


def names_of_maps(records: Sequence[Record]) -> dict[str, Person]:
    """Return the people of objects that map ids of speakers to names, or to objects with a name, by their ids."""
    maps = [
        value
        for record in records
        for key, value in record.items()
        if isinstance(value, dict) and any(word in key.casefold() for word in _MAPS_NAMES)
    ]
    found: dict[str, Person] = {}
    for speaker_id, value in (pair for mapping in maps for pair in mapping.items()):
        name = named(keys.first(value, keys.PERSON_NAME[:6]) if isinstance(value, dict) else value)
        if name:
            known = found.get(speaker_id)
            if known is None or known.title is None:
                found[speaker_id] = person_of(value if isinstance(value, dict) else {}, name)
    return found


def _speaker_values(record: Record) -> list[Any]:
    found = [keys.first(record, (key,)) for key in (*keys.SPEAKER_OBJECT, *keys.SPEAKER)]
    return [value for value in found if value is not None]


def _speaker(record: Record, names: Mapping[str, Person], *, firm: bool) -> tuple[Person, str]:
    """Return who speaks in a record and what the record writes for it; an empty name when it does not say."""
    for key in (*keys.SPEAKER_OBJECT, *keys.PERSON_OBJECT):
        value = keys.first(record, (key,))
        if isinstance(value, dict):
            name = named(keys.first(value, keys.PERSON_NAME)) or named(keys.first(value, keys.PERSON_ID))
            if name:
                return person_of(value, name), name
    for key in keys.SPEAKER:
        value = keys.first(record, (key,))
        if isinstance(value, list):
            value = ", ".join(map(named, value))
        if isinstance(value, dict) or value is None:
            continue
        known = names.get(str(value)) or names.get(keys.plain(str(value)))
        if known is not None:
            return known, known.name
        if name := named(value):
            return person_of(record, name, firm=firm), name
    return Person(""), ""


def _section(found: Found) -> Section | None:
    told = keys.first(found.record, keys.SECTION)
    above = (section_of(key) for key in found.inherited)
    section = section_of(told) if isinstance(told, str) else None
    return section or found.part or next((part for part in above if part), None)


def _asks(found: Found, kinds: Sequence[object]) -> bool | None:
    told = next((asks for kind in kinds if (asks := asks_of(kind)) is not None), None)
    above = (asks_of(key) for key in found.inherited[:2])
    return told if told is not None else next((asks for asks in above if asks is not None), None)


def _times(records: Sequence[Record]) -> list[TimeSpan | None]:
    """Return when each record was said; numbers without a unit are seconds unless speech would crawl at that rate."""
    starts = [_clock(record, keys.START) for record in records]
    ends = [_end(record) for record in records]
    open_numbers = [clock.number for clock in (*starts, *ends) if clock and clock.unit is None]
    spoken = sum(len(said_in(record)) for record in records)
    unit = _MILLISECOND if open_numbers and max(open_numbers) > _SLOWEST_SPEECH * max(spoken, 1) else 1.0
    spans: list[TimeSpan | None] = []
    for record, start, end in zip(records, starts, ends, strict=True):
        if start is None:
            spans.append(None)
            continue
        begins = round(start.number * (start.unit or unit), 3)
        duration = _clock(record, keys.DURATION)
        stops = round(end.number * (end.unit or unit), 3) if end else None
        if stops is None and duration is not None:
            stops = round(begins + duration.number * (duration.unit or unit), 3)
        spans.append(TimeSpan(begins, stops if stops is not None and stops >= begins else None))
    return spans


def _clock(record: Record, names: Sequence[str]) -> Clock | None:
    """Return the time of the first field that has one, or that the first and last words have."""
    fields = ((key, keys.first(record, (key,))) for key in names)
    return next((clock for key, value in fields if (clock := clock_of(value, key)) is not None), None) or _of_words(
        record, names
    )


def _of_words(record: Record, names: Sequence[str]) -> Clock | None:
    """Return the time of the first word, or of the last when `names` are those of ends."""
    words = keys.first(record, ("words", "elements", "sentences", "terms"))
    if not isinstance(words, list) or names is keys.DURATION:
        return None
    timed = [word for word in words if isinstance(word, dict) and _own_clock(word, names)]
    return _own_clock(timed[-1 if names is keys.END else 0], names) if timed else None


def _own_clock(record: Record, names: Sequence[str]) -> Clock | None:
    fields = ((key, keys.first(record, (key,))) for key in names)
    return next((clock for key, value in fields if (clock := clock_of(value, key)) is not None), None)


def _end(record: Record) -> Clock | None:
    end = _clock(record, keys.END)
    if end is not None:
        return end
    pairs = (keys.first(record, (key,)) for key in keys.START)
    return next((clock for value in pairs if _is_pair(value) and (clock := clock_of(value, last=True))), None)


def _is_pair(value: object) -> bool:
    return isinstance(value, (list, str)) and len(value) > 1
