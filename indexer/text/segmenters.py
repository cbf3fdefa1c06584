"""Cut runs of Han characters into words: one small class for each segmenter, behind one protocol."""

from __future__ import annotations

import warnings
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol

from indexer.errors import EngineUnavailableError, InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import jieba
    import rjieba


class Segmenter(Protocol):
    """Cuts runs of Han characters into words."""

    version: str

    def words(self, run: str) -> Iterable[tuple[str, int, int]]:
        """Return (word, start, end) for each word of the run, and for the words inside a long word."""
        ...

    def bag(self, run: str) -> list[str]:
        """Return the words of `words` without their places, in no particular order."""
        ...


class RjiebaSegmenter:
    """jieba's dictionary and algorithm in Rust."""

    def __init__(self, user_words: Iterable[str]) -> None:
        import rjieba  # noqa: PLC0415  It reads its dictionary when imported.

        self.version = version("rjieba")
        self._jieba: rjieba.Jieba = rjieba.Jieba()
        for word in user_words:
            self._jieba.add_word(word, None, None)

    def words(self, run: str) -> Sequence[tuple[str, int, int]]:
        """Return the words of the run as in jieba's search mode."""
        found: Sequence[tuple[str, int, int]] = self._jieba.tokenize(run, mode="search")
        return found

    def bag(self, run: str) -> list[str]:
        """Return the words of the run as in jieba's search mode."""
        found: list[str] = self._jieba.cut_for_search(run)
        return found


class JiebaSegmenter:
    """jieba itself, with a dictionary of its own that no other user of jieba in this process changes."""

    def __init__(self, user_words: Iterable[str]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Its source holds escapes that newer Pythons warn of.
            import jieba  # noqa: PLC0415  It is slow to import and seldom wanted.

        self.version = version("jieba")
        self._jieba: jieba.Tokenizer = jieba.Tokenizer()
        # Loaded here rather than by jieba, which would write to stderr and keep a cache in a folder that
        # is shared by all users of the machine.
        self._jieba.FREQ, self._jieba.total = self._jieba.gen_pfdict(self._jieba.get_dict_file())
        self._jieba.initialized = True
        for word in user_words:
            self._jieba.add_word(word)

    def words(self, run: str) -> Iterable[tuple[str, int, int]]:
        """Return the words of the run as in jieba's search mode."""
        found: Iterable[tuple[str, int, int]] = self._jieba.tokenize(run, mode="search")
        return found

    def bag(self, run: str) -> list[str]:
        """Return the words of the run as in jieba's search mode."""
        return list(self._jieba.cut_for_search(run))


_SEGMENTERS: dict[str, Callable[[Iterable[str]], Segmenter]] = {
    "rjieba": RjiebaSegmenter,
    "jieba": JiebaSegmenter,
}


def create_segmenter(name: str, user_words: Iterable[str]) -> Segmenter:
    """Return the segmenter of that name; `user_words` are Han words that it shall not cut.

    Raises InvalidRequestError for an unknown name, EngineUnavailableError when its package is not installed.
    """
    if name not in _SEGMENTERS:
        raise InvalidRequestError(
            f"There is no segmenter {name!r}",
            where="segmenter",
            mend=f"Choose one of: {', '.join(_SEGMENTERS)}",
        )
    try:
        return _SEGMENTERS[name](user_words)
    except ImportError as error:
        raise EngineUnavailableError(
            f"The segmenter {name!r} is not installed", where="segmenter", mend=f"pip install {name}"
        ) from error
