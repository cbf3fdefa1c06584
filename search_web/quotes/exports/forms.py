"""The forms of values in a file of quotes, and what a value must be to have one."""

from __future__ import annotations

import math
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from indexer.model import Delivery, Kind, Role, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_NUMBER = 2**63 - 1


class Form(StrEnum):
    """What a value looks like."""

    TEXT = "text"
    LIST = "list of texts"
    COUNT = "whole number from 0"
    FLAG = "true or false"
    SECONDS = "number of seconds"
    MOMENT = "time as 2026-01-31T09:30:00+00:00"
    DAY = "day as 2026-01-31"
    LANGUAGE = "zh or en"
    ROLE = "role"
    SECTION = "section"
    DELIVERY = "delivery"
    KIND = "kind"


def checked(form: Form, value: object, *, optional: bool) -> Any:  # noqa: ANN401 - The form decides the type.
    """Return a value of JSON as Python has it: tuples, times and enumerations for what JSON writes of them.

    None is a value where it is `optional`. Raises ValueError, which says what is wrong with the value.
    """
    if value is not None:
        return _CHECKS[form](value)
    if optional:
        return None
    raise ValueError("there is no value")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"  # noqa: PLR2004


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{_shown(value)} is no text")  # noqa: TRY004 - One error for every value.
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"it holds half a character (a lone surrogate) at character {error.start + 1}") from error
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{_shown(value)} is no list of texts")  # noqa: TRY004 - As above.
    return tuple(_text(item) for item in value)


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_NUMBER:
        raise ValueError(f"{_shown(value)} is no whole number from 0 to {MAX_NUMBER}")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{_shown(value)} is neither true nor false")  # noqa: TRY004 - As above.
    return value


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value) or value < 0:
        raise ValueError(f"{_shown(value)} is no number of seconds")
    return float(value)


def _moment(value: object) -> datetime:
    text = _text(value)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{_shown(text)} is no time such as 2026-01-31T09:30:00+00:00") from error
    if moment.tzinfo is None:
        raise ValueError(f"{_shown(text)} has no time zone")
    return moment


def _day(value: object) -> str:
    text = _text(value)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{_shown(text)} is no day such as 2026-01-31") from error
    if day.isoformat() != text:
        raise ValueError(f"{_shown(text)} is no day such as 2026-01-31")
    return text


def _choice(choices: type[StrEnum]) -> Callable[[object], StrEnum]:
    def check(value: object) -> StrEnum:
        text = _text(value)
        if text not in list(choices):
            raise ValueError(f"{_shown(text)} is none of {', '.join(choices)}")
        return choices(text)

    return check


def _language(value: object) -> str:
    text = _text(value)
    if text not in {"zh", "en"}:
        raise ValueError(f"{_shown(text)} is none of zh, en")
    return text


_CHECKS: Mapping[Form, Callable[[object], object]] = {
    Form.TEXT: _text,
    Form.LIST: _texts,
    Form.COUNT: _count,
    Form.FLAG: _flag,
    Form.SECONDS: _seconds,
    Form.MOMENT: _moment,
    Form.DAY: _day,
    Form.LANGUAGE: _language,
    Form.ROLE: _choice(Role),
    Form.SECTION: _choice(Section),
    Form.DELIVERY: _choice(Delivery),
    Form.KIND: _choice(Kind),
}
