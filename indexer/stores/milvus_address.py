"""Where a Milvus is and who asks it; apart from its client, which is slow to load."""

from __future__ import annotations

from dataclasses import dataclass, field

TOKEN = "YUANHUA_MILVUS_TOKEN"  # noqa: S105 - the name of the variable that holds it.
"""The environment variable with USER:PASSWORD or an API key; no option, which others on the machine could read."""


@dataclass(frozen=True, slots=True)
class MilvusAddress:
    """Where a Milvus is: `http://HOST:PORT`, with the database behind it as a path, or the path of a Milvus Lite file.

    `token` is USER:PASSWORD or an API key.
    """

    uri: str
    token: str = field(default="", repr=False)

    @property
    def is_file(self) -> bool:
        """Whether it is Milvus Lite, in this process."""
        return "://" not in self.uri

    @property
    def shown(self) -> str:
        """The address as messages show it: without a password that stands in it."""
        scheme, between, rest = self.uri.rpartition("://")
        return f"{scheme}{between}{rest.rpartition('@')[2]}"
