"""Where in a JSON file the utterances are: the records that have a text and, in most files, a speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.sources import records_keys as keys
from indexer.sources.records_fields import identity
from indexer.sources.records_values import asks_of, clock_of, section_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.model import Section
    from indexer.sources.records_keys import Record

_HALF = 0.5
_SAME_START = 40
_SHORTEST_BODY = 80
_ITEM = "[]"

Path = tuple[str, ...]
"""The keys from the top of the file down to a record, as they are compared; "[]" stands for any place in a list."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record at a path. `part` is the part of the call that an object above it is, by its name."""

    path: Path
    record: Record
    part: Section | None = None

    @property
    def inherited(self) -> Path:
        """The keys above the record, the nearest first, without the signs of lists."""
        return tuple(key for key in reversed(self.path) if key != _ITEM)


@dataclass(frozen=True, slots=True)
class Located:
    """The utterances of a file in their order, and the names of lists that look like them and were left out."""

    found: tuple[Found, ...]
    left_out: tuple[str, ...] = ()


def locate(value: Any) -> Located:  # noqa: ANN401 - JSON holds anything.
    """Return the records that are utterances, if there are any.

    The same speech may stand in several lists (words, sentences, utterances), and other lists look alike (comments,
    highlights). The list with the most text is taken, of two with the same text the one with the longer records,
    and with it those beside it that are named as a part of the call or as questions and answers. Records of these
    lists that do not even have a field for the speaker are utterances like the others.
    """
    records = list(_walk(value))
    texts, groups = _groups(records)
    taken = _taken(texts, groups)
    said = "".join(texts[path] for path in taken)
    others = [path for path in groups if path not in taken and texts[path][:_SAME_START] not in said]
    return Located(
        tuple(found for found in records if found.path in taken and said_in(found.record).strip()),
        tuple(dict.fromkeys(next((key for key in reversed(path) if key != _ITEM), "") for path in others)),
    )


def _groups(records: Sequence[Found]) -> tuple[dict[Path, str], dict[Path, list[Found]]]:
    """Return the records with a speaker, or where there are none those of unattributed speech, and their texts."""
    spoken = [found for found in records if is_utterance(found.record)] or [*filter(_is_unattributed, records)]
    groups: dict[Path, list[Found]] = {}
    for found in spoken:
        groups.setdefault(found.path, []).append(found)
    return {path: _ink(group) for path, group in groups.items()}, groups


def _taken(texts: dict[Path, str], groups: dict[Path, list[Found]]) -> set[Path]:
    if not groups:
        return set()
    main = max(groups, key=lambda path: (len(texts[path]) // 10, -len(groups[path])))
    main = _longest_records(main, groups, texts)
    return {main} | {path for path in groups if path != main and _belongs(path, main, texts, groups)}


def is_utterance(record: Record) -> bool:
    """Whether a record says who speaks (the field may be empty) and what."""
    return bool(speaker_key(record)) and bool(text_of(keys.first(record, _texts(record))).strip())


def speaks_alone(record: Record) -> bool:
    """Whether a record is the only utterance of a file, rather than the whole of a file with an author."""
    return is_utterance(record) and speaker_key(record) not in {"author", "from", "name", "user", "username", "who"}


def speaker_key(record: Record) -> str | None:
    """Return the key under which a record has its speaker, or None."""
    return keys.key_of(record, keys.SPEAKER_OBJECT) or keys.key_of(record, keys.SPEAKER)


def count_transcripts(value: Any, found: Sequence[Found]) -> int:  # noqa: ANN401 - as above.
    """Return how many calls a file holds, by what tells calls apart: their ids, or ticker, company, period and date."""
    marks = {str(mark) for each in found if (mark := keys.first(each.record, keys.TRANSCRIPT_ID)) is not None}
    counts = [len(marks), 1]
    for items in [value] if isinstance(value, list) else [item for item in value.values() if isinstance(item, list)]:
        records = [item for item in items if isinstance(item, dict) and not is_utterance(item)]
        told = [(identity(record, titled=items is value), record) for record in records]
        counts.append(len({mark for mark, record in told if mark and (locate(record).found or bodies_in(record))}))
    return max(counts)


def said_in(record: Record) -> str:
    """Return the text of a record."""
    for key in _texts(record):
        value = keys.first(record, (key,))
        text = _paragraphs(value) if key in {"paragraphs", "段落"} and isinstance(value, list) else text_of(value)
        if text.strip():
            return text
    return ""


def bodies_in(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above.
    """Return the texts that hold all that was said, names and all, or none."""
    if isinstance(value, list) and value and all(isinstance(piece, str) for piece in value):
        value = {keys.BODY[0]: value}
    found: list[str] = []
    for part in (value, *(value.values() if isinstance(value, dict) else ())):
        if not isinstance(part, dict):
            continue
        for key, text in part.items():
            if key in keys.BODY:
                is_list = isinstance(text, list) and all(isinstance(piece, str) for piece in text)
                body = "\n".join(text) if is_list else text if isinstance(text, str) else ""
                if len(body) >= _SHORTEST_BODY and body not in found:
                    found.append(body)
    return tuple(found)


def _texts(record: Record) -> tuple[str, ...]:
    """Return the keys that may hold the text of a record: what names its speaker does not say what was said."""
    speaker = keys.key_of(record, keys.SPEAKER)
    return tuple(key for key in keys.TEXT if key != speaker)


def _paragraphs(value: list[Any]) -> str:
    return "\n".join(piece for part in value if (piece := text_of(part).strip()))


def _walk(value: Any, path: Path = (), part: Section | None = None) -> Iterator[Found]:  # noqa: ANN401 - as above.
    """Yield every record below a value; records within an utterance are pieces of it."""
    if isinstance(value, list):
        if path and path[-1] in keys.WORD_LISTS:
            return
        for item in value[:1] if path and path[-1] == "alternatives" else value:
            yield from _walk(item, (*path, _ITEM), part)
    elif isinstance(value, dict):
        if _ITEM in path or any(asks_of(key) is not None for key in path):
            yield Found(path, value, part)
            if is_utterance(value):
                return
        names = (keys.first(value, (key,)) for key in keys.PART_NAME)
        part = next((named for name in names if isinstance(name, str) and (named := section_of(name))), part)
        counted = len(value) > 1 and all(key.isdigit() for key in value)
        for key, item in value.items():
            if isinstance(item, (list, dict)):
                yield from _walk(item, (*path, _ITEM if counted else key), part)


def _is_unattributed(found: Found) -> bool:
    """Whether a record has a text and, in place of a speaker, a time, or stands in a list of speech."""
    record = found.record
    if not said_in(record).strip():
        return False
    start = keys.key_of(record, keys.START)
    listed = len(found.path) == 1 or next(iter(found.inherited), "") in keys.UNATTRIBUTED
    return (start is not None and clock_of(keys.first(record, (start,))) is not None) or listed


def _ink(group: Sequence[Found]) -> str:
    return "".join("".join(said_in(found.record).split()) for found in group)


def _longest_records(main: Path, groups: dict[Path, list[Found]], texts: dict[Path, str]) -> Path:
    """Return the path among those with the same text as `main` that parts it in the fewest records."""
    start = texts[main][:_SAME_START]
    same = [
        path for path, text in texts.items() if text[:_SAME_START] == start and len(text) > _HALF * len(texts[main])
    ]
    return min(same, key=lambda path: len(groups[path]))


def _belongs(path: Path, main: Path, texts: dict[Path, str], groups: dict[Path, list[Found]]) -> bool:
    """Whether the records of a path are another part of the same call.

    They are when a name says so, or when they stand beside the main list and look like its records.
    """
    if texts[path][:_SAME_START] in texts[main] and len(texts[path]) >= _SAME_START:
        return False
    named = [key for key in path if key != _ITEM]
    if any(section_of(key) is not None or asks_of(key) is not None for key in named):
        return True
    alike = (
        len({(speaker_key(group[0].record), _text_key(group[0].record)) for group in (groups[path], groups[main])}) == 1
    )
    beside = path[:-2] == main[:-2] and path[-1:] == main[-1:] == (_ITEM,)
    return alike and beside and not keys.NO_SPEECH.intersection(named)


def _text_key(record: Record) -> str | None:
    return keys.key_of(record, _texts(record))
