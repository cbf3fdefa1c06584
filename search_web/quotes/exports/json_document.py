"""A collection as JSON, whole and without loss, and back. docs/quotes.md has the schema."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from indexer.errors import CollectionFileError
from search_web.quotes.exports import schema
from search_web.quotes.exports.forms import checked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.exports.entry import Entry
    from search_web.quotes.model import Collection, Quote, Verified

DERIVED = frozenset({"citation", "link", "verification"})
"""What an export adds to a quote for its readers, and an import leaves aside: it is made anew."""


def to_json(collection: Collection, entries: tuple[Entry, ...], _: CitationStyle) -> bytes:
    """Return the collection as JSON in UTF-8, indented."""
    values = schema.collection_values(collection)
    document = {
        "format": schema.FORMAT,
        "version": schema.VERSION,
        "collection": {path: schema.plain(value) for path, value in values.items()},
        "quotes": [_record(entry) for entry in entries],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def from_json(data: bytes, where: str, max_quotes: int) -> Collection:
    """Return the collection that `to_json` wrote.

    Raises CollectionFileError, which names the line, or the record and the field, that cannot be read.
    """
    document = _loaded(data, where)
    if not isinstance(document, dict) or document.get("format") != schema.FORMAT:
        raise _error(f'the file is no JSON of quotes: "format" is not "{schema.FORMAT}"', where)
    if document.get("version") != schema.VERSION:
        raise CollectionFileError(
            f"the file has version {document.get('version')!r} of the format",
            where=where,
            mend=f"This program reads version {schema.VERSION}; export it again with a program of the same age.",
        )
    _no_others(document, {"format", "version", "collection", "quotes"}, "", where)
    records = document.get("quotes")
    if not isinstance(records, list):
        raise _error("quotes: there is no list", where)
    if len(records) > max_quotes:
        raise _error(f"quotes: there are {len(records)}, and at most {max_quotes} are read at once", where)
    values = _values(document.get("collection"), schema.COLLECTION_FIELDS, "collection", where, frozenset())
    quotes = tuple(_quote(record, number, values["id"], where) for number, record in enumerate(records, start=1))
    return schema.collection_from(values, quotes)


def _record(entry: Entry) -> dict[str, Any]:
    values = schema.quote_values(entry.quote)
    record: dict[str, Any] = {}
    for field in schema.QUOTE_FIELDS:
        group = field.group
        if group and all(values[other.path] is None for other in schema.QUOTE_FIELDS if other.group == group):
            _put(record, group, None)
        else:
            _put(record, field.path, schema.plain(values[field.path]))
    return record | {
        "citation": entry.citation,
        "link": entry.link or None,
        "verification": entry.verified and _verification(entry.verified),
    }


def _put(record: dict[str, Any], path: str, value: object) -> None:
    *parents, name = path.split(".")
    for parent in parents:
        record = record.setdefault(parent, {})
    record[name] = value


def _verification(verified: Verified) -> dict[str, Any]:
    place = verified.place
    return {
        "state": verified.state,
        "reason": verified.reason,
        "text": verified.text,
        "differences": [asdict(difference) for difference in verified.differences],
        "place": place
        and {
            "transcript_id": place.transcript_id,
            "passage_id": place.passage_id,
            "start": place.start,
            "end": place.end,
            "source_digest": place.source_digest,
        },
    }


def _loaded(data: bytes, where: str) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_doubles)
    except UnicodeDecodeError as error:
        raise _error(f"byte {error.start + 1} is no UTF-8", where) from error
    except json.JSONDecodeError as error:
        raise _error(f"line {error.lineno}, column {error.colno}: {error.msg}", where) from error
    except RecursionError as error:
        raise _error("its values are nested too deeply", where) from error
    except ValueError as error:
        raise _error(str(error), where) from error


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"an object has the field {double!r} twice")
    return record


def _quote(record: object, number: int, collection_id: str, where: str) -> Quote:
    place = f"quotes, record {number}"
    values = _values(record, schema.QUOTE_FIELDS, place, where, DERIVED)
    try:
        return schema.quote_from(values, collection_id)
    except ValueError as error:
        raise _error(f"{place}: {error}", where) from error


def _values(
    record: object, fields: tuple[schema.Field, ...], place: str, where: str, extra: frozenset[str]
) -> dict[str, Any]:
    """Return the values of an object by path; every field must be there, and no others but `extra` ones."""
    if not isinstance(record, dict):
        raise _error(f"{place}: there is no object", where)
    objects = _objects(record, fields, place, where, extra)
    values: dict[str, Any] = {}
    for field in fields:
        parent, _, name = field.path.rpartition(".")
        holder = objects[parent]
        if holder is None:
            values[field.path] = None
            continue
        if name not in holder:
            raise _error(f"{place}: the field {field.path} is missing", where)
        try:
            values[field.path] = checked(field.form, holder[name], optional=field.optional)
        except ValueError as error:
            raise _error(f"{place}, field {field.path}: {error}", where) from error
    return values


def _objects(
    record: dict[str, object], fields: tuple[schema.Field, ...], place: str, where: str, extra: frozenset[str]
) -> dict[str, Mapping[str, object] | None]:
    """Return the objects inside a record by path, "" for itself; None for a group that is absent."""
    known: dict[str, set[str]] = {"": set(extra)}
    for field in fields:
        parts = field.path.split(".")
        for depth, part in enumerate(parts):
            known.setdefault(".".join(parts[:depth]), set()).add(part)
    objects: dict[str, Mapping[str, object] | None] = {"": record}
    for path in sorted(known.keys() - {""}):
        objects[path] = _object(objects, path, place, where)
    for path, inner in objects.items():
        if inner is not None:
            _no_others(inner, known[path], f"{place}, field {path}" if path else place, where)
    return objects


def _object(
    objects: Mapping[str, Mapping[str, object] | None], path: str, place: str, where: str
) -> Mapping[str, object] | None:
    """Return the object at a path, None where a group that may be absent is null."""
    parent, _, name = path.rpartition(".")
    holder = objects[parent]
    if holder is None:
        return None
    if name not in holder:
        raise _error(f"{place}: the field {path} is missing", where)
    inner = holder[name]
    if inner is None and path in schema.GROUPS:
        return None
    if not isinstance(inner, dict):
        raise _error(f"{place}, field {path}: there is no object", where)
    return inner


def _no_others(record: Mapping[str, object], known: set[str], place: str, where: str) -> None:
    for name in record:
        if name not in known:
            before = f"{place}: " if place else ""
            raise _error(f"{before}there is no field {name!r}; known are {', '.join(sorted(known))}", where)


def _error(what: str, where: str) -> CollectionFileError:
    return CollectionFileError(what, where=where, mend="Nothing was taken in; docs/quotes.md has the format.")
