"""JSON of our own and of others: who says what, in the shapes in which exports come."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec import transcript_from_json, transcript_to_json
from indexer.errors import DamagedSourceError, EmptySourceError, MalformedRecordsError, YuanhuaError
from indexer.model import NonSpeechKind, Role, Section, TimeSpan
from indexer.sources import READERS

OWN = {
    "title": "Acorn Q1 call",
    "company": "Acorn",
    "ticker": "ACRN",
    "period": "2024Q1",
    "date": "2024-05-01",
    "language": "en",
    "participants": [
        {"name": "Jane Roe", "title": "Chief Financial Officer", "other_names": ["Jane"]},
        {"name": "Omar Haddad", "affiliation": "Delta Bank", "role": "analyst"},
    ],
    "turns": [
        {"speaker": "Operator", "text": "Good day.", "section": "intro"},
        {"speaker": "Jane", "paragraphs": ["We grew.", "Costs fell."], "section": "prepared", "start": "00:01:00", "end": 75},
        {"speaker": "Omar Haddad", "text": "By how much?", "section": "qa", "question": True},
        {"speaker": "Jane Roe", "text": "By a tenth.", "section": "qa", "question": False},
    ],
}  # fmt: skip


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def said(transcript) -> list[tuple[str, str]]:
    return [(passage.speaker.name, passage.text) for passage in transcript.passages]


def test_our_own_schema(read) -> None:
    call = read(as_json(OWN), "x.json")
    assert said(call) == [
        ("Operator", "Good day."), ("Jane Roe", "We grew."), ("Jane Roe", "Costs fell."),
        ("Omar Haddad", "By how much?"), ("Jane Roe", "By a tenth."),
    ]  # fmt: skip
    assert (call.title, call.company, call.ticker) == ("Acorn Q1 call", "Acorn", "ACRN")
    assert (call.period, call.date, call.language) == ("2024Q1", "2024-05-01", "en")
    jane = next(speaker for speaker in call.speakers if speaker.name == "Jane Roe")
    assert (jane.title, jane.role, jane.other_names) == ("Chief Financial Officer", Role.MANAGEMENT, ("Jane",))
    assert call.passages[1].time == TimeSpan(60.0, 75.0)
    assert [passage.section for passage in call.passages][-2:] == [Section.QA, Section.QA]
    assert [exchange.asker.affiliation for exchange in call.exchanges] == ["Delta Bank"]


def test_what_the_program_prints_it_reads_again(read) -> None:
    call = read(as_json(OWN), "x.json")
    printed = transcript_to_json(call)
    again = read(printed, "x.json")
    assert said(again) == said(call)
    assert again.speakers == call.speakers
    assert [(p.section, p.time, p.page) for p in again.passages] == [(p.section, p.time, p.page) for p in call.passages]
    assert [len(e.answers) for e in again.exchanges] == [len(e.answers) for e in call.exchanges]
    for field in ("title", "company", "ticker", "period", "date", "language"):
        assert getattr(again, field) == getattr(call, field)
    assert transcript_from_json(printed) == call


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"turns": [*OWN["turns"], {"speaker": "X", "text": 5}]}, r"turns, record 5, field text"),
        ({"turns": [*OWN["turns"], {"speaker": "X"}]}, r"turns, record 5: .*text or paragraphs"),
        ({"turns": [{"speaker": "X", "text": "a", "section": "middle"}]}, r"turns, record 1, field section"),
        ({"turns": [{"speaker": "X", "text": "a", "start": "noon"}]}, r"turns, record 1, field start.*noon"),
        ({"participants": [{"title": "CFO"}]}, r"participants, record 1, field name"),
        ({"date": "2024-13-45"}, r"field date.*2024-13-45"),
        ({"period": "last one"}, r"field period"),
    ],
)
def test_an_error_in_our_schema_names_record_and_field(change, place) -> None:
    with pytest.raises(MalformedRecordsError, match=rf"x\.json: {place}"):
        READERS["json"](as_json(OWN | change).encode(), "x.json")


def test_a_broken_printed_transcript_names_the_field(read) -> None:
    value = json.loads(transcript_to_json(read(as_json(OWN), "x.json")))
    value["passages"][2]["speaker"]["role"] = "king"
    with pytest.raises(MalformedRecordsError, match="passages, record 3, speaker, field role"):
        READERS["json"](as_json(value).encode(), "x.json")


GLUED = {
    "call_title": "Acorn (ACRN) Q2 2023 Call",
    "company_name": "Acorn",
    "ticker": "ACRN",
    "fiscal_period_year": "2023",
    "fiscal_period_qtr": "Q2",
    "call_date": "2023-08-10",
    "publication_time": "2023-08-11 16:30:00",
    "participants": {
        "management": [{"speaker": "Jane Roe", "role": "Chief Executive Officer", "affiliation": ""}],
        "analysts": [{"speaker": "Omar Haddad", "role": "Analyst", "affiliation": "Delta Bank"}],
    },
    "call_transcript": [
        {"section": "pres", "statement_type": "P", "speaker": "Jane Roe", "role": "Chief Executive Officer",
         "text": "We grew.Costs fell. I pass to the Operator.Questions and Answers:Operator"},
        {"section": "qa", "statement_type": "O", "speaker": "Operator", "role": "", "text": "First.Omar Haddad -- Delta Bank -- Analyst"},
        {"section": "qa", "statement_type": "Q", "speaker": "Omar Haddad", "role": "Analyst", "affiliation": "Delta Bank",
         "text": "How, Jane Roe?Jane Roe -- Chief Executive Officer"},
        {"section": "qa", "statement_type": "A", "speaker": "Jane Roe", "role": "Chief Executive Officer",
         "text": "Ask Omar Haddad"},
        {"section": "qa", "statement_type": "Q", "speaker": "Omar Haddad", "role": "Analyst", "affiliation": "Delta Bank",
         "text": "Thanks."},
    ],
}  # fmt: skip


def test_the_name_of_the_next_speaker_is_no_word_of_this_one(read) -> None:
    call = read(as_json(GLUED), "x.json")
    assert said(call) == [
        ("Jane Roe", "We grew.Costs fell. I pass to the Operator."), ("Operator", "First."),
        ("Omar Haddad", "How, Jane Roe?"), ("Jane Roe", "Ask Omar Haddad"), ("Omar Haddad", "Thanks."),
    ]  # fmt: skip
    lines = [piece.text for piece in call.non_speech if piece.kind is NonSpeechKind.SPEAKER_LINE]
    assert "Omar Haddad -- Delta Bank -- Analyst" in lines
    assert "Jane Roe -- Chief Executive Officer" in lines
    assert (call.title, call.company, call.period, call.date) == (
        "Acorn (ACRN) Q2 2023 Call", "Acorn", "2023Q2", "2023-08-10",
    )  # fmt: skip
    assert [(speaker.name, speaker.role, speaker.affiliation) for speaker in call.speakers] == [
        ("Jane Roe", Role.MANAGEMENT, None), ("Operator", Role.OPERATOR, None), ("Omar Haddad", Role.ANALYST, "Delta Bank"),
    ]  # fmt: skip


def test_a_name_that_was_spoken_stays(read) -> None:
    texts = [
        "I thank Jane Roe",
        "It was\u2014Omar Haddad -- of all people. Yes.",
        "So says Jane Roe -- the best.",
        "End.",
    ]
    records = [{"speaker": who, "text": text} for who, text in zip(["Omar Haddad", "Jane Roe"] * 2, texts, strict=True)]
    assert [text for _, text in said(read(as_json(records), "x.json"))] == texts


def test_a_record_without_any_field_for_the_speaker_is_not_lost(read) -> None:
    records = [
        {"text": "Good day."},
        {"speaker": "Ann", "text": "Yes."},
        {"text": "No."},
        {"speaker": "Bo", "text": "Oh."},
    ]
    expected = [("Unknown speaker", "Good day."), ("Ann", "Yes."), ("Unknown speaker", "No."), ("Bo", "Oh.")]
    assert said(read(as_json(records), "x.json")) == expected
    assert said(read("\n".join(map(as_json, records)), "x.jsonl")) == expected


def test_lists_that_look_like_speech_and_are_left_out_are_named() -> None:
    assert READERS["json"](as_json(SHAPES["parts"][0]).encode(), "x.json").warnings == (
        "what stands under comments was not read: it looks like no part of the call",
    )
    assert READERS["json"](as_json(SHAPES["deepgram"][0]).encode(), "x.json").warnings == ()


def words(text: str, **more) -> list[dict]:
    return [{"word": word, "start": i, "end": i + 1, **more} for i, word in enumerate(text.split())]


TWO = [("Speaker 0", "We grew."), ("Speaker 1", "By how much?")]
SHAPES = {
    "a list": ([{"speaker": "Ann", "text": "We grew."}, {"speaker": "Bo", "text": "By how much?"}], None),
    "deepgram": (
        {"results": {
            "channels": [{"alternatives": [{
                "transcript": "We grew. By how much?", "words": words("We grew.", speaker=0) + words("By how much?", speaker=1),
                "paragraphs": {"transcript": "\nSpeaker 0: We grew.\n", "paragraphs": [
                    {"sentences": [{"text": "We grew.", "start": 0.1, "end": 1.5}], "speaker": 0, "start": 0.1, "end": 1.5},
                    {"sentences": [{"text": "By how much?", "start": 2, "end": 3}], "speaker": 1, "start": 2, "end": 3}]}}]}],
            "utterances": [{"start": 0.1, "end": 1.5, "transcript": "We grew.", "words": words("We grew.", speaker=0), "speaker": 0},
                           {"start": 2.0, "end": 3.0, "transcript": "By how much?", "speaker": 1}]}}, TWO),
    "assembly": (
        {"text": "We grew. By how much?", "words": [{"text": "We", "start": 250, "end": 300, "speaker": "A"}],
         "utterances": [{"speaker": "A", "text": "We grew.", "start": 250, "end": 900, "words": [{"text": "We", "speaker": "A"}]},
                        {"speaker": "B", "text": "By how much?", "start": 1250, "end": 2900}]},
        [("Speaker A", "We grew."), ("Speaker B", "By how much?")]),
    "rev": (
        {"monologues": [
            {"speaker": 0, "elements": [{"type": "text", "value": "We", "ts": 1.5, "end_ts": 1.7}, {"type": "punct", "value": " "},
                                        {"type": "text", "value": "grew", "ts": 1.8, "end_ts": 2.0}, {"type": "punct", "value": "."}]},
            {"speaker": 1, "elements": [{"type": "text", "value": "By how much?", "ts": 3, "end_ts": 4}]}],
         "speakers": [{"id": 0, "name": "Ann"}, {"id": 1, "name": "Bo"}]}, None),
    "aws": (
        {"jobName": "x", "results": {
            "transcripts": [{"transcript": "We grew. By how much?"}],
            "speaker_labels": {"segments": [
                {"speaker_label": "spk_0", "items": [{"start_time": "0.5", "speaker_label": "spk_0"}, {"start_time": "0.8", "speaker_label": "spk_0"}]},
                {"speaker_label": "spk_1", "items": [{"start_time": str(t), "speaker_label": "spk_1"} for t in (1.5, 1.7, 1.9)]}]},
            "items": [
                *({"type": "pronunciation", "start_time": t, "end_time": t + "1", "alternatives": [{"content": w}]} for t, w in (("0.5", "We"), ("0.8", "grew"))),
                {"type": "punctuation", "alternatives": [{"content": "."}]},
                *({"type": "pronunciation", "start_time": t, "end_time": t + "1", "alternatives": [{"content": w}]} for t, w in (("1.5", "By"), ("1.7", "how"), ("1.9", "much"))),
                {"type": "punctuation", "alternatives": [{"content": "?"}]}]}},
        [("spk_0", "We grew."), ("spk_1", "By how much?")]),
    "earningscall": (
        {"event": {"year": 2024, "quarter": 1, "conference_date": "2024-05-01T16:00:00-04:00"}, "company_name": "Acorn",
         "speakers": [{"speaker": "spk01", "speaker_info": {"name": "Ann", "title": "CEO"}, "text": "We grew."},
                      {"speaker": "spk02", "speaker_info": {"name": "Bo", "title": "Analyst, Delta"}, "words": ["By", "how", "much?"]}]}, None),
    "alpha vantage": (
        {"symbol": "ACRN", "quarter": "2024Q1", "transcript": [
            {"speaker": "Ann", "title": "CEO", "content": "We grew.", "sentiment": "0.3"},
            {"speaker": "Bo", "title": "Analyst", "content": "By how much?", "sentiment": "0.0"}]}, None),
    "parts": (
        {"title": "Call", "prepared_remarks": [{"name": "Ann", "text": "We grew."}],
         "questions_and_answers": [{"question": {"name": "Bo", "text": "By how much?"}, "answers": [{"name": "Ann", "text": "A tenth."}]}],
         "comments": [{"author": "a reader", "text": "Nice."}]},
        [("Ann", "We grew."), ("Bo", "By how much?"), ("Ann", "A tenth.")]),
    "named parts": (
        {"sections": [
            {"name": "Prepared Remarks", "items": [{"speaker": {"name": "Ann", "title": "CEO"}, "paragraphs": ["We grew."]}]},
            {"name": "Q&A", "items": [{"speaker": {"name": "Bo", "title": "Analyst"}, "paragraphs": ["Why?"]}]}]},
        [("Ann", "We grew."), ("Bo", "Why?")]),
    "components": (
        {"transcript": {"components": [{"componentTypeName": "Question", "personName": "Bo", "text": "Why?"},
                                       {"componentTypeName": "Answer", "personName": "Ann", "text": "So."}]}},
        [("Bo", "Why?"), ("Ann", "So.")]),
    "tingwu": (
        {"Transcription": {"Paragraphs": [
            {"ParagraphId": "1", "SpeakerId": "1", "Words": [{"Start": 4970, "End": 5560, "Text": "收入"}, {"Start": 5560, "Text": "增长。"}]},
            {"ParagraphId": "2", "SpeakerId": "2", "Words": [{"Start": 7000, "End": 7100, "Text": "多少？"}]}]}},
        [("Speaker 1", "收入增长。"), ("Speaker 2", "多少？")]),
    "a speaker among additions": (
        {"utterances": [{"text": "收入增长。", "start_time": 0, "additions": {"speaker": "1"}}, {"text": "多少？", "start_time": 1300, "additions": {"speaker": "2"}}]},
        [("Speaker 1", "收入增长。"), ("Speaker 2", "多少？")]),
    "json in json": (
        {"code": "0", "data": '[{"bg": "0", "onebest": "收入增长。", "speaker": "1"}, {"bg": "950", "onebest": "多少？", "speaker": "2"}]'},
        [("Speaker 1", "收入增长。"), ("Speaker 2", "多少？")]),
    "numbered": ({"1": {"speaker": "Ann", "text": "We grew."}, "2": {"speaker": "Bo", "text": "By how much?"}}, None),
    "feishu": (
        {"data": {"paragraphs": [
            {"pid": "1", "start_time": "1000", "stop_time": "2500", "speaker": {"user_id": "u1", "user_name": "Ann"},
             "sentences": [{"sid": "1", "contents": [{"content": "We", "start_time": "1000"}, {"content": "grew."}]}]},
            {"pid": "2", "start_time": "3000", "stop_time": "4500", "speaker": {"user_id": "u2", "user_name": "Bo"},
             "sentences": [{"contents": [{"content": "By how much?"}]}]}]}}, None),
    "chinese keys": (
        {"会议名称": "例会", "记录": [{"发言人": "张三", "时间": "00:01:05", "内容": "收入增长。"}, {"发言人": "李四", "时间": "00:01:10", "内容": "多少？"}]},
        [("张三", "收入增长。"), ("李四", "多少？")]),
    "xunfei": (
        [{"bg": "100", "ed": "1220", "onebest": "收入增长。", "speaker": "1"}, {"bg": "4180", "ed": "5500", "onebest": "多少？", "speaker": "2"}],
        [("Speaker 1", "收入增长。"), ("Speaker 2", "多少？")]),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_the_shapes_of_exports(read, name: str) -> None:
    value, expected = SHAPES[name]
    assert said(read(as_json(value), "x.json")) == (expected or [("Ann", "We grew."), ("Bo", "By how much?")])


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("deepgram", (0.1, 2.0)), ("assembly", (0.25, 1.25)), ("rev", (1.5, 3.0)), ("aws", (0.5, 1.5)), ("feishu", (1.0, 3.0)),
        ("chinese keys", (65.0, 70.0)), ("tingwu", (4.97, 7.0)), ("xunfei", (0.1, 4.18)),
    ],
)  # fmt: skip
def test_times_come_out_in_seconds(read, name: str, times) -> None:
    call = read(as_json(SHAPES[name][0]), "x.json")
    assert tuple(passage.time.start for passage in call.passages) == pytest.approx(times)


def test_metadata_under_its_usual_names(read) -> None:
    call = read(as_json(SHAPES["earningscall"][0]), "x.json")
    assert (call.company, call.period, call.date) == ("Acorn", "2024Q1", "2024-05-01")
    call = read(as_json(SHAPES["alpha vantage"][0]), "x.json")
    assert (call.ticker, call.period) == ("ACRN", "2024Q1")
    assert [speaker.title for speaker in call.speakers] == ["CEO", "Analyst"]
    assert read(as_json(SHAPES["chinese keys"][0]), "x.json").title == "例会"
    for name in ("parts", "named parts"):
        parts = read(as_json(SHAPES[name][0]), "x.json")
        assert {passage.section for passage in parts.passages[1:]} == {Section.QA}
        assert parts.passages[0].section is not Section.QA


def test_segments_without_speakers_go_on_one_paragraph(read) -> None:
    whisper = {"text": " We grew. By a tenth", "language": "en", "segments": [
        {"id": 0, "start": 0.0, "end": 2.0, "text": " We grew. By"}, {"id": 1, "start": 2.0, "end": 3.5, "text": " a tenth"}]}  # fmt: skip
    talk = read(as_json(whisper), "x.json")
    assert said(talk) == [("Unknown speaker", "We grew. By a tenth")]
    assert talk.passages[0].time == TimeSpan(0.0, 3.5)
    captions = [
        {"text": "we grew by", "start": 1.2, "duration": 2.0},
        {"text": "a tenth", "start": 3.2, "duration": 1.5},
    ]
    assert said(read(as_json(captions), "x.json")) == [("Unknown speaker", "we grew by a tenth")]


def test_one_text_with_names_in_it_is_read_as_text(read) -> None:
    body = "Operator: Good day and welcome to this call.\nJane Roe: Thank you. We grew by a tenth in this quarter.\nOperator: Next, please."
    call = read(
        as_json([{"symbol": "ACRN", "quarter": 2, "year": 2023, "date": "2023-08-10 17:00:00", "content": body}]),
        "x.json",
    )
    assert [name for name, _ in said(call)] == ["Operator", "Jane Roe", "Operator"]
    assert (call.ticker, call.period, call.date) == ("ACRN", "2023Q2", "2023-08-10")


def test_records_without_a_name_are_of_somebody_unknown(read) -> None:
    records = [
        {"speaker": "Ann", "text": "Yes."},
        {"speaker": None, "text": "No."},
        {"speaker": "", "text": "Oh."},
        {"speaker": "Ann", "text": "So."},
    ]
    assert said(read(as_json(records), "x.json")) == [
        ("Ann", "Yes."), ("Unknown speaker", "No."), ("Unknown speaker", "Oh."), ("Ann", "So."),
    ]  # fmt: skip


def test_json_lines(read) -> None:
    rows = [{"id": i, "tid": "t1", "date": "2024-05-01", "lang": "zh", "turn": i, "speaker": who, "section": "qa", "text": text}
            for i, (who, text) in enumerate([("张三", "收入增长。"), ("李四", "多少？")])]  # fmt: skip
    text = "\n".join(map(as_json, rows)) + "\n"
    call = read(text, "x.jsonl")
    assert said(call) == [("张三", "收入增长。"), ("李四", "多少？")]
    assert (call.date, call.language, call.passages[1].lines.first) == ("2024-05-01", "zh", 2)
    assert said(read(text, "x.json")) == said(call)
    assert said(read(as_json(OWN), "x.jsonl"))[0] == ("Operator", "Good day.")
    assert read(as_json({"title": "例会"}) + "\n" + text, "x.jsonl").title == "例会"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(as_json({"tid": t, "speaker": "A", "text": "b"}) for t in "xy"),
        as_json(OWN) + "\n" + as_json(OWN | {"ticker": "OAK"}),
        as_json([{"symbol": s, "quarter": "2024Q1", "content": "Operator: Good day.\n" * 9} for s in ("AA", "BB")]),
        as_json({"calls": [{"ticker": s, "transcript": [{"speaker": "A", "text": "b"}]} for s in ("AA", "BB")]}),
    ],
)
def test_several_transcripts_in_one_file_are_refused(text: str) -> None:
    for suffix in ("json", "jsonl") if "\n" in text else ("json",):
        with pytest.raises(MalformedRecordsError, match=r"2 transcripts.*Split it"):
            READERS[suffix](text.encode(), "x.json")


@pytest.mark.parametrize(
    "value",
    [
        {"name": "left-pad", "version": "1.0.0", "scripts": {"test": "jest"}, "author": "somebody", "keywords": ["a"]},
        [1, 2], {}, [], "text", 7, None, [{"id": 1}], {"items": [{"text": "OK"}, {"text": "Cancel"}]},
    ],
)  # fmt: skip
def test_json_that_is_no_transcript_says_what_was_looked_for(value) -> None:
    with pytest.raises(MalformedRecordsError, match=r"x\.json: no transcript.*speaker.*docs/formats\.md"):
        READERS["json"](as_json(value).encode(), "x.json")


def test_json_that_is_broken_says_where() -> None:
    with pytest.raises(DamagedSourceError, match=r"line 3, column"):
        READERS["json"](b'[\n{"speaker": "A", "text": "b"},\n{"speaker": "A", "te', "x.json")
    with pytest.raises(DamagedSourceError, match=r"line 2"):
        READERS["jsonl"](b'{"speaker": "A", "text": "b"}\n{"speaker"\n', "x.jsonl")
    with pytest.raises(EmptySourceError):
        READERS["json"](b" ", "x.json")
    for hard in (b"[" * 100_000, b"9" * 5000, b'{"turns": ' * 5000):
        with pytest.raises(YuanhuaError):
            READERS["json"](hard, "x.json")


def test_halves_of_characters_cannot_break_what_stores_them(read) -> None:
    call = read('[{"speaker": "A\\ud800nn Lee", "text": "We \\u0000 grew \\ud83d\\ude00."}]', "x.json")
    assert said(call) == [("A�nn Lee", "We � grew 😀.")]


TEXTS = st.text(st.sampled_from("abAB 12,.?\n:- 好的。《》"), min_size=1, max_size=40).filter(str.strip)
NAMES = st.sampled_from(["Ann Lee", "Bo Li", "张三", "Operator", "1", ""])


@settings(deadline=None)
@given(
    st.lists(st.tuples(NAMES, TEXTS, st.none() | st.integers(0, 10**6)), min_size=2, max_size=12),
    st.sampled_from([("speaker", "text"), ("name", "content"), ("发言人", "内容"), ("Speaker Name", "utterance")]),
    st.sampled_from(["list", "object", "lines"]),
)
def test_every_word_of_every_record_is_in_a_passage_in_order(read, made, names, shape) -> None:
    records = [{names[0]: who, names[1]: text, "start": start} for who, text, start in made]
    if shape == "lines":
        file, suffix = "\n".join(map(as_json, records)), "jsonl"
    else:
        file, suffix = as_json(records if shape == "list" else {"data": {"rows": records}}), "json"
    call = read(file, f"x.{suffix}")
    spoken = "".join("".join(passage.text.split()) for passage in call.passages)
    assert spoken == "".join("".join(text.split()) for _, text, _ in made)


@settings(deadline=None)
@given(st.data())
def test_no_bytes_raise_anything_but_our_errors(read, data) -> None:
    values = [OWN, GLUED, *(value for value, _ in SHAPES.values())]
    raw = bytearray(as_json(data.draw(st.sampled_from(values))).encode())
    for _ in range(data.draw(st.integers(0, 5))):
        at, length = data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, 10))
        piece = st.sampled_from(
            [b'"', b"null", b"[]", b"{}", b"1e999", b"-1", b"[[", b'"text":', b"\\ud800", b"\n", b"true"]
        )
        raw[at : at + length] = data.draw(piece | st.binary(max_size=3))
    for suffix in ("json", "jsonl"):
        try:
            transcript = read(bytes(raw), f"x.{suffix}")
        except YuanhuaError:
            continue
        assert transcript_from_json(transcript_to_json(transcript)) == transcript


SCRAPS = st.sampled_from([None, True, 0, -1, 1e308, "", "Ann", "We grew.", "00:01", "qa", "2024-05-01", [], {}])
KEYS = st.sampled_from(
    ["speaker", "text", "start", "end", "turns", "words", "transcript", "name", "section", "title", "results", "items",
     "alternatives", "participants", "date", "quarter", "year", "question", "speakers", "paragraphs", "timestamp", "content"],
)  # fmt: skip


@settings(deadline=None)
@given(
    st.recursive(
        SCRAPS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25
    )
)
def test_no_json_raises_anything_but_our_errors(read, value) -> None:
    try:
        transcript = read(as_json(value), "x.json")
    except YuanhuaError:
        return
    assert all(passage.text.strip() for passage in transcript.passages)


def test_a_map_of_ids_to_names_tells_who_speaks(read) -> None:
    people = {"s0": "Operator", "s1": {"name": "Ines Ferreira", "title": "Chief Financial Officer"}}
    turns = [{"speaker": "s0", "text": "Welcome to the call."}, {"speaker": "s1", "text": "Costs fell."}]
    call = read(as_json({"speaker_names": people, "speakers": turns}), "call.json")
    assert [(each.name, each.title) for each in call.speakers] == [
        ("Operator", None),
        ("Ines Ferreira", "Chief Financial Officer"),
    ]
