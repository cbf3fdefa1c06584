"""Folding, and the way back from folded to verbatim text."""

from __future__ import annotations

import pytest

from indexer.text import normalise as module
from indexer.text.normalise import fold, normalise


@pytest.mark.parametrize(
    ("verbatim", "folded"),
    [
        ("ＡＩ／（％）", "ai/(%)"),
        ("Straße", "strasse"),
        ("淘天集團的客戶", "淘天集团的客户"),
        ("乾燥與乾隆", "干燥与乾隆"),
        ("e\u0301té", "été"),
        ("ﬁnance №½", "finance no1⁄2"),
        ("ｶﾞ\u1112\u1161\u11ab", "ガ한"),
        ("mone\u00adtise", "monetise"),
        ("\u0301a", "\u0301a"),
        ("", ""),
    ],
)
def test_width_case_script_and_composition_are_folded(verbatim: str, folded: str) -> None:
    assert fold(verbatim) == folded


@pytest.mark.parametrize(
    ("verbatim", "part", "expected"),
    [
        ("x e\u0301é", "é", "e\u0301"),
        ("約½及", "2", "½"),
        ("ＡＩ變現", "变现", "變現"),
        ("😀ﬁ\ud800\0發", "发", "發"),
        ("a\u00adb 團", "ab", "a\u00adb"),
        ("plain ascii", "ascii", "ascii"),
    ],
)
def test_a_span_leads_back_to_whole_verbatim_clusters(verbatim: str, part: str, expected: str) -> None:
    normalised = normalise(verbatim)
    place = normalised.text.index(part)
    start, end = normalised.span(place, place + len(part))
    assert verbatim[start:end] == expected


def test_a_word_that_would_change_its_length_is_converted_by_character(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Lengthening:
        def convert(self, text: str) -> str:
            return {"團": "团", "長": "长长"}.get(text, text + "!")

    monkeypatch.setattr(module, "_converter", Lengthening)
    module._simplified_character.cache_clear()  # noqa: SLF001  The converter changes beneath the cache.
    try:
        assert normalise("長團").text == "長团"
    finally:
        module._simplified_character.cache_clear()  # noqa: SLF001
