"""JSON and JSON lines: transcripts in our own schema, printed by this program, or exported by another."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from indexer.errors import DamagedSourceError, EmptySourceError, MalformedRecordsError
from indexer.model import Content, Line, Page
from indexer.sources import records_keys as keys
from indexer.sources.decode import decode
from indexer.sources.line_ends import LINE_END
from indexer.sources.records_aws import utterances_of_items
from indexer.sources.records_fields import common_fields, fields_of
from indexer.sources.records_find import (
    Found,
    bodies_in,
    count_transcripts,
    is_utterance,
    locate,
    said_in,
    speaks_alone,
)
from indexer.sources.records_lines import content_of
from indexer.sources.records_own import is_printed, read_printed
from indexer.sources.records_schema import is_own, read_own
from indexer.sources.records_utterances import names_by_id, names_of_maps, utterances_of
from indexer.sources.records_values import people_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.model import Person

_NO_CHARACTERS = re.compile("[\ud800-\udfff\0]")
_MOST_NAMED = 8
_MOST_LEVELS = 3


def read_json(data: bytes, where: str) -> Content:
    """Return the content of a JSON file.

    It is a transcript that this program printed, one in the schema of docs/formats.md, or an export in which
    records have a text and a speaker, by whatever names. Raises UndecodableTextError, EmptySourceError,
    DamagedSourceError when it is no JSON, MalformedRecordsError when no record or more than one call is in it.
    """
    text = _text(data, where)
    try:
        value = _parsed(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise _damaged(error, error.lineno, where) from error
        return _read_lines(text, where)
    except (ValueError, RecursionError) as error:
        raise _damaged(error, 1, where) from error
    return _read_value(value, where)


def read_jsonl(data: bytes, where: str) -> Content:
    """Return the content of a file with a record a line: the utterances of one call, or one whole transcript.

    Raises what `read_json` raises.
    """
    return _read_lines(_text(data, where), where)


def _text(data: bytes, where: str) -> str:
    text = decode(data, where)
    if not text.strip():
        raise EmptySourceError("there is no text in this file", where=where, mend="Leave it out.")
    return text


def _parsed(text: str) -> Any:  # noqa: ANN401 - JSON holds anything.
    return _clean(json.loads(text)) if re.search(r"\\u(?:[dD][89a-fA-F]|0000)", text) else json.loads(text)


def _clean(value: Any) -> Any:  # noqa: ANN401 - as above.
    """Replace halves of characters, which JSON can write and nothing can store, by U+FFFD."""
    if isinstance(value, str):
        return _NO_CHARACTERS.sub("\ufffd", value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    return value


def _read_lines(text: str, where: str) -> Content:
    records: list[tuple[int, Any]] = []
    for number, line in enumerate(LINE_END.split(text), 1):
        if not line.strip():
            continue
        try:
            records.append((number, _parsed(line)))
        except (ValueError, RecursionError) as error:
            raise _damaged(error, number, where) from error
    if len(records) == 1:
        return _read_value(records[0][1], where)
    plain = [(number, keys.plainly(record)) for number, record in records]
    if not any(isinstance(record, dict) and is_utterance(record) for _, record in plain):
        return _read_value([record for _, record in records], where)
    spoken = [(number, record) for number, record in plain if isinstance(record, dict) and said_in(record).strip()]
    found = [Found(("[]",), record) for _, record in spoken]
    _check_one(count_transcripts([], found), where)
    head = [record for number, record in plain if isinstance(record, dict) and number < spoken[0][0]]
    fields = {name: text for record in head for name, text in fields_of(record).items()}
    people = [person for record in head for person in people_of(record)]
    names = names_by_id(*(record.get("speakers") for record in head))
    return _content(found, fields, people, names, numbers=[number for number, _ in spoken])


def _read_value(value: Any, where: str) -> Content:  # noqa: ANN401 - as above.
    while isinstance(value, list) and len(value) == 1 and isinstance(value[0], (list, dict)):
        if isinstance(value[0], dict) and speaks_alone(keys.plainly(value[0])):
            break
        value = value[0]
    if not isinstance(value, (list, dict)):
        _refuse(value, where)
    if isinstance(value, dict) and is_printed(value):
        return read_printed(value, where)
    if isinstance(value, dict) and is_own(value):
        return read_own(value, where)
    plain = keys.plainly(value)
    located = locate(plain)
    found = located.found
    if not found and isinstance(plain, dict) and speaks_alone(plain):
        found = (Found((), plain),)
    _check_one(count_transcripts(plain, found), where)
    root = plain if isinstance(plain, dict) else {}
    fields = {name: text for part in reversed(_levels(root)) for name, text in fields_of(part).items()}
    people = [person for part in _levels(root) for person in people_of(part)]
    if worded := utterances_of_items(root):
        return content_of(worded, fields, people)
    bodies = bodies_in(plain)
    spoken = sum(len(said_in(each.record)) for each in found)
    if bodies and 2 * spoken < sum(map(len, bodies)):
        lines = [line for body in bodies for line in LINE_END.split(body)]
        return Content(
            (Page(None, tuple(Line(number, line) for number, line in enumerate(lines, 1))),), fields, tuple(people)
        )
    if not found:
        _refuse(value, where)
    levels = _levels(root)
    names = names_by_id(*(part.get(key) for part in levels for key in keys.PEOPLE))
    names = {**names_of_maps(levels), **names}
    others = ", ".join(located.left_out)
    warnings = (f"what stands under {others} was not read: it looks like no part of the call",) if others else ()
    return _content(found, fields, people, names, warnings=warnings)


def _levels(record: keys.Record) -> list[keys.Record]:
    """Return the object and those within it that may speak of the call as a whole, the outermost first."""
    levels = [record]
    for _ in range(_MOST_LEVELS):
        levels += [
            value
            for level in levels
            for key, value in level.items()
            if key in keys.METADATA and isinstance(value, dict) and all(value is not known for known in levels)
        ]
    return levels


def _content(
    found: Sequence[Found],
    fields: dict[str, str],
    people: Sequence[Person],
    names: dict[str, Person],
    *,
    numbers: Sequence[int] = (),
    warnings: tuple[str, ...] = (),
) -> Content:
    utterances = utterances_of(found, names, numbers)
    several = len({utterance.speaker for utterance in utterances}) > 1
    common = common_fields([each.record for each in found], several_speakers=several)
    return content_of(utterances, {**common, **fields}, people, warnings)


def _check_one(transcripts: int, where: str) -> None:
    if transcripts > 1:
        raise MalformedRecordsError(
            f"it holds {transcripts} transcripts, and a file here is one",
            where=where,
            mend="Split it into a file for each of them.",
        )


def _refuse(value: object, where: str) -> NoReturn:
    items = value if isinstance(value, list) else [value]
    names = dict.fromkeys(str(key) for item in items[:_MOST_NAMED] if isinstance(item, dict) for key in item)
    kind = f"has the fields {', '.join(list(names)[:_MOST_NAMED])}" if names else "has no objects with fields"
    raise MalformedRecordsError(
        "no transcript was found in it. Looked for records with a text (text, content, transcript, paragraphs, words, "
        "内容, …) and a speaker (speaker, name, speaker_name, 发言人, …), for timed segments, and for one long text "
        f"under content or transcript; the file {kind}",
        where=where,
        mend="If it is a transcript, name its fields as docs/formats.md does.",
    )


def _damaged(error: Exception, line: int, where: str) -> DamagedSourceError:
    column = f", column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
    reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error) or type(error).__name__
    return DamagedSourceError(
        f"it is no JSON: {reason} (line {line}{column})", where=where, mend="Export it again, whole."
    )
