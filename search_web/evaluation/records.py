"""Lines of JSON and of tab-separated values, each with its number, and errors that name it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from indexer.errors import JudgementsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the number, from 1, and the text of each line of a UTF-8 file that is not blank.

    Raises JudgementsError when the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except OSError as error:
        raise JudgementsError(f"the file cannot be read ({error.strerror})", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise JudgementsError("the file is not UTF-8", where=str(path)) from error


def records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the object of each line of a JSON Lines file.

    Raises JudgementsError when a line is no JSON object.
    """
    for number, line in lines(path):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise malformed(path, number, f"this is not JSON ({error})") from error
        if not isinstance(record, dict):
            raise malformed(path, number, "this is no JSON object")
        yield number, record


def string(record: Mapping[str, Any], field: str, path: Path, number: int) -> str:
    """Return a field that must be text. Raises JudgementsError when it is missing or something else."""
    value = record.get(field)
    if not isinstance(value, str):
        raise malformed(path, number, f"'{field}' is missing or is not text")
    return _unicode(value, field, path, number)


def optional_string(record: Mapping[str, Any], field: str, path: Path, number: int) -> str | None:
    """Return a field as text; None when it is missing, null or blank. Numbers count as text.

    Raises JudgementsError when it is something else.
    """
    value = record.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise malformed(path, number, f"'{field}' is neither text nor a whole number")
    return _unicode(str(value), field, path, number).strip() or None


def malformed(path: Path, number: int, what: str) -> JudgementsError:
    """Return the error for one line of a file."""
    return JudgementsError(what, where=f"{path}, line {number}")


def _unicode(value: str, field: str, path: Path, number: int) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise malformed(path, number, f"'{field}' has half of a surrogate pair") from error
    return value
