"""What decides a transcript beside the bytes of its file: the parser, the sidecar, and what the command states.

What the command states of a file stays with its transcript, as evidence, until it is stated otherwise: a later run
without the options does not undo it, and neither does a change of the file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError
from indexer.model import Origin, Stated
from indexer.sources.sidecar import read_sidecar, sidecar_of
from indexer.stated import STATED_FIELDS, checked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from indexer.model import Source, Transcript

_COMMAND = "command:"
_SIDECAR = "sidecar:"


def check_overrides(given: Mapping[str, str | None]) -> dict[str, str]:
    """Return the fields that were given, each in the form in which it is kept; "" takes a field back.

    Raises InvalidRequestError, which names the option and says what is allowed.
    """
    overrides: dict[str, str] = {}
    for field, value in given.items():
        if value is None:
            continue
        try:
            overrides[field] = checked(field, value) if value else ""
        except ValueError as error:
            raise InvalidRequestError(
                f'"{value}" is no {field}', where=f"--{field}", mend=f"Please {error}."
            ) from error
    return overrides


def kept_overrides(transcript: Transcript) -> dict[str, str]:
    """Return what a command has stated of a transcript before."""
    told = (each for each in transcript.evidence if each.origin is Origin.COMMAND and each.field in STATED_FIELDS)
    return {each.field: each.text for each in told}


def merged(kept: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return what holds from now on: what is given now above what was kept, without what is taken back."""
    return {field: value for field, value in {**kept, **given}.items() if value}


def has_overrides(made_with: str) -> bool:
    """Whether a transcript was made with anything that a command stated."""
    return _COMMAND in made_with


def made_with(parser: str, path: Path, overrides: Mapping[str, str]) -> str:
    """Return the mark of all that decides the transcript of a file beside its bytes: when it changes, read again."""
    marks = [parser]
    sidecar = sidecar_of(path)
    if sidecar is not None:
        marks.append(_SIDECAR + _digest(_bytes(sidecar)))
    if overrides:
        marks.append(_COMMAND + _digest(json.dumps(dict(overrides), sort_keys=True).encode()))
    return " ".join(marks)


def with_stated(source: Source, path: Path, overrides: Mapping[str, str]) -> Source:
    """Return the source with what the command and the sidecar state of it. Raises SidecarError."""
    stated = [Stated(Origin.COMMAND, "the command", overrides)] if overrides else []
    sidecar = sidecar_of(path)
    if sidecar is not None:
        stated.append(read_sidecar(sidecar))
    return replace(source, stated=tuple(stated))


def _bytes(path: Path) -> bytes:
    """Return the bytes of a sidecar; that it cannot be opened is told when it is read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
