"""Web pages saved as one file (MHTML): the page in it, without its pictures."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING

from indexer.errors import DamagedSourceError
from indexer.sources.html import read_html

if TYPE_CHECKING:
    from email.message import Message

    from indexer.model import Content


def read_mhtml(data: bytes, where: str) -> Content:
    """Return the content of the web page in an MHTML file: its first part that is HTML.

    Raises DamagedSourceError when there is none, and what reading the page raises.
    """
    for part in _parts(data, where):
        if part.get_content_type() not in {"text/html", "application/xhtml+xml"}:
            continue
        page = part.get_payload(decode=True)
        if isinstance(page, bytes) and page.strip():
            return read_html(page, where, charset=_charset(part))
    mend = "Open the page in a browser and save it again, as a web page."
    raise DamagedSourceError("there is no web page in it", where=where, mend=mend)


def _parts(data: bytes, where: str) -> list[Message]:
    try:
        return list(email.message_from_bytes(data, policy=email.policy.compat32).walk())
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        what = f"it is no MHTML file ({error})"
        raise DamagedSourceError(what, where=where, mend="Save the page again, as a web page.") from error


def _charset(part: Message) -> str | None:
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) else None
