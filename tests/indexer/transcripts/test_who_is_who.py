"""One person under several names is one speaker when the text proves it, and never on a guess."""

from __future__ import annotations

from indexer.model import Role

LIST = (
    "Participants:\nPaul Okafor - Harbor Securities\nInes Ferreira - Chief Executive Officer\n"
    "Wei Chen - Chief Financial Officer\nLi Chen - Head of Cloud\n\n"
)


def names(transcript) -> dict[str, set[str]]:
    return {speaker.name: set(speaker.other_names) for speaker in transcript.speakers}


def turns(*said: str) -> str:
    return "\n\n".join(said) + "\n"


def test_a_list_proves_whose_a_short_name_is(parse) -> None:
    call = parse(
        LIST
        + turns(
            "Operator: Welcome to the call, everyone.",
            "Ines: Thank you all for joining us.",
            "Mr. Okafor: What drives margins?",
            "INES FERREIRA: Mix, mostly.",
            "Paul J. Okafor: And next year?",
            "Inés Ferreira: We will say in November.",
            "Paul Okafr: Thanks.",
        )
    )
    assert [turn.speaker.title or turn.speaker.affiliation for turn in call.turns] == [
        None, "Chief Executive Officer", "Harbor Securities", "Chief Executive Officer", "Harbor Securities",
        "Chief Executive Officer", "Harbor Securities",
    ]  # fmt: skip
    assert len(call.speakers) == 3
    assert names(call)["Inés Ferreira"] == {"Ines"}
    assert names(call)["Paul J. Okafor"] >= {"Mr. Okafor", "Paul Okafor"}


def test_two_people_of_one_family_name_stay_two(parse) -> None:
    call = parse(
        LIST + turns("Mr. Chen: We grew.", "Wei Chen: Indeed we did.", "Li Chen: And so did cloud.", "Mr. Chen: Yes.")
    )
    assert names(call) == {"Mr. Chen": set(), "Wei Chen": set(), "Li Chen": set()}
    chinese = parse(
        "参会人员：董事长张勇、总裁张伟\n\n张总：收入增长了两成。\n\n张勇：谢谢大家来。\n\n张伟：谢谢各位。\n\n张总：再见，各位。\n"
    )
    assert names(chinese) == {"张总": set(), "张勇": set(), "张伟": set()}


def test_without_a_list_names_that_look_alike_stay_apart(parse) -> None:
    talk = parse(
        turns("John Smith: Good morning to you.", "John Smyth: Hello.", "John Smith: We begin.", "John Smyth: Yes.")
    )
    assert names(talk) == {"John Smith": set(), "John Smyth": set()}
    call = parse("张勇：大家好，我们开始。\n\n张总：谢谢你。\n\n张勇：请讲一讲。\n\n张总：好的，我来讲。\n")
    assert names(call) == {"张勇": set(), "张总": set()}


def test_brackets_in_the_text_tie_two_scripts(parse) -> None:
    call = parse(
        "财报发布后，远山首席财务官徐宏（Toby Xu）出席了电话会议并回答了问题。\n\n以下是电话会议实录：\n\n"
        "徐宏：我们的收入增长了两成。\n\nToby Xu：毛利也在改善。\n\n徐宏：谢谢大家。\n"
    )
    assert names(call) == {"徐宏": {"Toby Xu"}}
    assert call.speakers[0].title == "远山首席财务官"
    assert "summary" in {piece.kind for piece in call.non_speech}, "what stands above the record was not said in it"


def test_a_hand_over_gives_the_full_name(parse) -> None:
    call = parse(
        turns(
            "主持人：欢迎各位，下面有请首席执行官沈望川先生发言。",
            "沈总：大家好，收入增长了两成。",
            "主持人：谢谢沈总。",
            "沈总：不客气，各位。",
        )
    )
    assert names(call)["沈望川"] == {"沈总"}
    english = parse(
        turns(
            "Operator: Welcome. I now turn the call over to our chief executive, Ines Ferreira.",
            "Ines: Thank you. We had a fine quarter.",
            "Operator: We take questions now.",
            "Ines: Gladly.",
        )
    )
    assert names(english)["Ines Ferreira"] == {"Ines"}


def test_labels_that_give_both_names_and_posts_that_a_list_fills(parse) -> None:
    call = parse(
        "出席高管：首席执行官 沈望川、首席财务官 程若溪\n\n主持人：欢迎大家参加会议。\n\nCarol Lu 陆清媛：谢谢主持人。\n\n首席执行官：收入增长了两成。\n\n"
        "陆清媛：请继续讲。\n\n程若溪（Elaine）：成本下降了一成。\n\n首席执行官：谢谢大家。\n\nCarol Lu：再见，各位。\n"
    )
    assert names(call) == {"主持人": set(), "Carol Lu": {"陆清媛"}, "沈望川": {"首席执行官"}, "程若溪": {"Elaine"}}
    assert {speaker.name: speaker.role for speaker in call.speakers}["沈望川"] is Role.MANAGEMENT


def test_titles_from_the_words_of_an_introduction(parse) -> None:
    call = parse(
        turns(
            "Dana Reed: With me today are Ines Ferreira, our chief executive officer, and our CFO, Mr. Tom Blake.",
            "Ines Ferreira: Thank you, Dana.",
            "Tom Blake: Margins rose.",
            "Dana Reed: Thank you both.",
        )
    )
    titles = {speaker.name: speaker.title for speaker in call.speakers}
    assert titles == {"Dana Reed": None, "Ines Ferreira": "chief executive officer", "Tom Blake": "CFO"}
