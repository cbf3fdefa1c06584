"""Transcripts made of plain values, for the tests of the stores."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from indexer.model import (
    Answer,
    Delivery,
    Exchange,
    LineSpan,
    NonSpeech,
    NonSpeechKind,
    Passage,
    Role,
    Section,
    SourceFile,
    Speaker,
    Transcript,
    Turn,
)

MakeTranscript = Callable[..., Transcript]

CHIEF = Speaker("s1", "Daniel Zhang", ("张勇",), "董事会主席", "阿里巴巴", Role.MANAGEMENT)
ANALYST = Speaker("s2", "Ronald Keung", (), None, "Goldman Sachs", Role.ANALYST)


def _make(
    name: str,
    texts: Sequence[str] = ("各位好。", "菜鸟 EBITA 为 8.77 亿元。", "AI 如何变现？", "先从云开始。"),
    *,
    company: str | None = "阿里巴巴",
    date: str | None = "2023-08-10",
) -> Transcript:
    """Return a transcript in which the third text is a question, the later ones its answers."""
    passages = tuple(
        Passage(
            id=f"{name}.{position}",
            text=text,
            speaker=ANALYST if position == 2 else CHIEF,
            section=Section.QA if position >= 2 else Section.PREPARED,
            heading="问答" if position >= 2 else None,
            delivery=Delivery.ORIGINAL if position % 2 else Delivery.TRANSLATED,
            language="zh",
            page=position + 1 if position else None,
            lines=LineSpan(position + 1, position + 2),
            position=position,
            turn=position,
            exchange_id="q1" if position >= 2 else None,
        )
        for position, text in enumerate(texts)
    )
    answers = (Answer(CHIEF, tuple(passage.id for passage in passages[3:])),)
    return Transcript(
        id=name,
        title=f"{name} 业绩会",
        company=company,
        ticker="BABA" if company else None,
        period="2023Q2",
        date=date,
        language="zh",
        source=SourceFile(f"/calls/{name}.txt", "txt", name.encode().hex()),
        speakers=(CHIEF, ANALYST),
        turns=tuple(Turn(passage.turn, passage.speaker, (passage.id,)) for passage in passages),
        passages=passages,
        exchanges=(Exchange("q1", ANALYST, (passages[2].id,), answers),) if len(passages) > 2 else (),
        non_speech=(NonSpeech(NonSpeechKind.TITLE, "业绩会", LineSpan(1, 1)),),
        warnings=("没有日期",) if date is None else (),
    )


@pytest.fixture
def make_transcript() -> MakeTranscript:
    """Return a function that makes a transcript with the given id, texts, company and date."""
    return _make
