"""Errors of asking a server of ours over its API. The whole tree is drawn in `indexer.errors`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors.base import YuanhuaError

if TYPE_CHECKING:
    from collections.abc import Mapping


class ClientError(YuanhuaError):
    """A server of ours could not be asked over its API."""


class UnreachableError(ClientError):
    """The server did not answer, or not in time."""


class ProblemError(ClientError):
    """The server answered with a problem (RFC 9457).

    `status` is that of HTTP, `kind` the type of the problem ("urn:yuanhua:problem:unknown-passage"), `title` its name,
    and `members` are all members of the problem.
    """

    def __init__(self, what: str, *, where: str, status: int, members: Mapping[str, object]) -> None:
        super().__init__(what, where=where)
        self.status = status
        self.kind = str(members.get("type", "about:blank"))
        self.title = str(members.get("title", ""))
        self.members = members


class UnexpectedAnswerError(ClientError):
    """The server answered what this version of the client does not understand."""
