"""The keys under which a glossary files its terms, the same for every writing that counts as one term."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.text.language import HAN_RUN
from indexer.text.normalise import fold
from indexer.text.stemmer import stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.text.analyser import Analyser
    from indexer.text.glossary_file import Concept

_PLAIN = re.compile("[a-z0-9]+(?: [a-z0-9]+)*")


class TermKeys:
    """Gives the key under which a term is filed: its finest terms, stemmed, with one blank between them.

    All that the glossary holds is folded in one go, and what needs no scanner is cut without it.
    """

    def __init__(self, analyser: Analyser, concepts: Iterable[Concept]) -> None:
        self._analyser = analyser
        self._known: dict[str, str] = {}
        texts = list({writing for concept in concepts for term in concept.terms for writing in term.writings})
        folded = fold("\n".join(texts)).split("\n")
        if len(folded) == len(texts):
            self._known.update((text, self._cut(text, plain)) for text, plain in zip(texts, folded, strict=True))

    def __call__(self, text: str) -> str:
        """Return the key of a term."""
        if text not in self._known:
            self._known[text] = self._cut(text, fold(text))
        return self._known[text]

    def _cut(self, text: str, folded: str) -> str:
        if folded.isascii():
            if _PLAIN.fullmatch(folded):
                return " ".join(map(stem, folded.split(" ")))
        elif HAN_RUN.fullmatch(folded):
            return " ".join(folded)
        return " ".join(stem(token.term) for token in self._analyser.exact(text))
