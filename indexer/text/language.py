"""Tell which of the two languages carries a text."""

from __future__ import annotations

import re

# Unified ideographs of the basic block, extension A, compatibility block and the supplementary planes.
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇"
HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN_WORD = re.compile(r"[A-Za-zªµº²³¹¼-¾À-ÖØ-öø-\u024f]+")


def dominant_language(text: str) -> str:
    """Return "zh" when the text has at least as many Han characters as Latin words, else "en".

    A Chinese sentence keeps its language when it names products and people in Latin script; an English one
    does when it gives a name in Chinese. A text with neither, such as a figure, counts as "en".
    """
    if text.isascii():
        return "en"
    han = sum(map(len, HAN_RUN.findall(text)))
    others = len(text) - han  # There are no more Latin words than that.
    return "zh" if han and (han >= others or han >= len(_LATIN_WORD.findall(text))) else "en"
