"""Sidecars: NAME.toml beside a file, in which a user states what the file does not say, or says wrongly.

`call.pdf.toml` belongs to call.pdf alone, `call.toml` to every file named call. The fields are those of
`indexer.stated`, `fiscal`, and a table `[[speakers]]` for each person to add or to mend.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.errors import SidecarError
from indexer.model import Origin, Person, Role, Stated
from indexer.stated import STATED_FIELDS, checked

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

SUFFIX = ".toml"
_FIELDS = (*STATED_FIELDS, "fiscal", "speakers")
_PERSON_FIELDS = ("name", "other_names", "title", "affiliation", "role")
_LARGEST = 1_000_000


def sidecar_of(path: Path) -> Path | None:
    """Return the sidecar of a file, or None when it has none; the one that bears the whole name comes first."""
    beside = (path.with_name(path.name + SUFFIX), path.with_suffix(SUFFIX))
    return next((candidate for candidate in beside if candidate != path and candidate.is_file()), None)


def belongs_to_a_file(name: str, names: Iterable[str], formats: Container[str]) -> bool:
    """Whether the sidecar of this name has a file to belong to among the names that stand in its folder."""
    owner = name.removesuffix(SUFFIX)
    return any(
        owner in {other, Path(other).stem} and Path(other).suffix.lower().removeprefix(".") in formats
        for other in names
        if other != name
    )


def read_sidecar(path: Path) -> Stated:
    """Return what a sidecar states.

    Raises SidecarError, which names the file, the line and what is allowed, when it cannot be read, is no TOML or
    has a field or a value that is not known.
    """
    try:
        data = path.read_bytes()[: _LARGEST + 1]
        if len(data) > _LARGEST:
            raise _error(path, f"it has more than {_LARGEST:,} bytes")
        text = data.decode("utf-8-sig")
        table = tomllib.loads(text.replace("\r\n", "\n"))
    except OSError as error:
        raise _error(path, f"it cannot be opened ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _error(path, f"byte {error.start} is not UTF-8") from error
    except ValueError as error:  # Of tomllib, or of a number of too many digits.
        raise _error(path, f"it is no TOML: {error}") from error
    except RecursionError as error:
        raise _error(path, "it is nested too deeply") from error
    lines = _lines(text)
    _check_known(path, table, _FIELDS, lines)
    fields = {key: _value(path, key, value, lines.get(key)) for key, value in table.items() if key != "speakers"}
    return Stated(Origin.SIDECAR, str(path), fields, _people(path, table.get("speakers", [])), lines)


def _value(path: Path, key: str, value: object, line: int | None) -> str:
    if key == "fiscal":
        if not isinstance(value, bool):
            raise _error(path, f"fiscal is {_shown(value)}; write true or false", line)
        return str(value).lower()
    if key == "date" and isinstance(value, dt.date):
        value = value.isoformat()[:10]
    if key == "period" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _error(path, f"{key} is {_shown(value)}; write it in quotes", line)
    try:
        return checked(key, value)
    except ValueError as error:
        raise _error(path, f"{key} is {_shown(value)}; {error}", line) from error


def _people(path: Path, listed: object) -> tuple[Person, ...]:
    if not isinstance(listed, list) or not all(isinstance(person, dict) for person in listed):
        raise _error(path, "speakers are no tables; write each below a line [[speakers]]")
    return tuple(_person(path, number, person) for number, person in enumerate(listed, 1))


def _person(path: Path, number: int, table: dict[str, Any]) -> Person:
    where = f"speaker {number}"
    _check_known(path, table, _PERSON_FIELDS, {}, f"{where}: ")
    texts = {key: value for key, value in table.items() if key != "other_names"}
    others = table.get("other_names", [])
    if not isinstance(others, list) or not all(isinstance(name, str) and name.strip() for name in others):
        raise _error(path, f'{where}: other_names is {_shown(others)}; write a list of names as ["A", "B"]')
    for key, value in texts.items():
        if not isinstance(value, str) or not value.strip():
            raise _error(path, f"{where}: {key} is {_shown(value)}; write words in quotes")
    if "name" not in texts:
        raise _error(path, f"{where} has no name; write the name that stands in the file")
    roles = [role.value for role in Role]
    if texts.get("role", roles[0]) not in roles:
        raise _error(path, f"{where}: role is {_shown(texts['role'])}; write {', '.join(roles[:-1])} or {roles[-1]}")
    return Person(
        name=texts["name"].strip(),
        other_names=tuple(name.strip() for name in others),
        title=_stripped(texts.get("title")),
        affiliation=_stripped(texts.get("affiliation")),
        role=Role(texts["role"]) if "role" in texts else None,
    )


def _check_known(
    path: Path, table: dict[str, Any], known: tuple[str, ...], lines: dict[str, int], where: str = ""
) -> None:
    for key in table:
        if key not in known:
            raise _error(path, f"{where}there is no field {_shown(key)}; known are {', '.join(known)}", lines.get(key))


def _lines(text: str) -> dict[str, int]:
    """Return the line on which each field of the top table is written."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            break
        if match := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line):
            found.setdefault(match[1], number)
    return found


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _stripped(text: str | None) -> str | None:
    return text.strip() if text else None


def _error(path: Path, what: str, line: int | None = None) -> SidecarError:
    place = f"the sidecar {path.name}" + (f", line {line}" if line else "")
    return SidecarError(f"{place}: {what}", where=str(path), mend="Mend the sidecar, or remove it.")
