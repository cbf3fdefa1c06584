"""Keyword engines by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import EngineUnavailableError

if TYPE_CHECKING:
    from indexer.stores.keyword import KeywordEngine

KEYWORD_ENGINES = ("tantivy", "whoosh")


def keyword_engine(name: str) -> KeywordEngine:
    """Return the keyword engine of that name, importing its library only now.

    Raises EngineUnavailableError when there is none of that name or its package is not installed.
    """
    if name not in KEYWORD_ENGINES:
        raise EngineUnavailableError(
            f"There is no keyword engine {name!r}",
            where="keyword_engine",
            mend=f"Choose one of: {', '.join(KEYWORD_ENGINES)}",
        )
    try:
        if name == "whoosh":
            from indexer.stores.whoosh import WhooshEngine  # noqa: PLC0415  Whoosh is an extra.

            return WhooshEngine()
        from indexer.stores.tantivy import TantivyEngine  # noqa: PLC0415  Only the engine in use is loaded.

        return TantivyEngine()
    except ImportError as error:
        raise EngineUnavailableError(
            f"The keyword engine {name!r} is not installed",
            where="keyword_engine",
            mend="pip install 'yuanhua[whoosh]'" if name == "whoosh" else "pip install yuanhua",
        ) from error
