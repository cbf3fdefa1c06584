"""What is a speaker line although it looks odd, and what is none although it looks like one."""

from __future__ import annotations

import time

import pytest

from indexer.transcripts.cues import label_cue
from indexer.transcripts.label_signs import undecorated


def who(transcript) -> list[str]:
    return [turn.speaker.name for turn in transcript.turns]


@pytest.mark.parametrize(
    "first",
    [
        "Note", "NOTE", "注", "比如说", "Gross Margin", "Smart Edge", "第一点", "关键在于", "Revenue", "最重要的是", "Step 2", "https",
        "风险提示", "Q1", "Free Cash Flow", "Data Center", "原因如下", "举个例子", "Bottom line", "Second", "温馨提示", "收入端", "Next Steps",
    ],
)  # fmt: skip
@pytest.mark.parametrize("chinese", [False, True], ids=["en", "zh"])
def test_words_before_a_colon_within_a_turn(parse, first: str, *, chinese: bool) -> None:
    one, two = ("王敏", "李雷") if chinese else ("Ines Ferreira", "Tom Blake")
    colon = "：" if chinese else ": "
    text = (
        f"{one}{colon}We are glad that the gross margin is up, with free cash flow and a smart data center edge.\n\n"
        f"{first}{colon}it is what we said before, and you know it.\n\n{two}{colon}Thank you for that.\n\n"
        f"{one}{colon}We go on.\n\nThat is all from me.\n\n{two}{colon}Yes, please do.\n"
    )
    call = parse(text)
    assert who(call) == [one, two, one, two]
    assert call.passages[1].text.startswith(first)


@pytest.mark.parametrize(
    "text",
    [
        "We opened at 9:30 and closed at 16:00, and the ratio was 2:1.\nSee https://example.org: it is there for you.\n",
        "Gross Margin: 46%, up from 44%.\nSmart Edge: grew 12%, we are told.\nCloud Services: grew 30%.\nData Center: flat.\n",
        "收入端：同比增长两成。\n利润端：保持稳定。\n海外：越南工厂投产。\n毛利：提升两个点。\n方面：这里没有人名。\n",
        "他说：“我们会继续投入。”\n她补充道：“毛利率会改善。”\n",
        "亮点：收入创新高。\n风险：原料涨价。\n亮点：海外放量。\n风险：汇率波动。\n",
        "00:00 Intro\n01:20 Revenue\n05:00 Questions\nSo today I want to talk about growth, as you know.\n",
        "Q1: revenue grew 5%.\nQ2: revenue grew 6%.\nQ3: revenue grew 7%.\n",
    ],
    ids=["times and ratios", "figures", "Chinese figures", "quotes", "headings of notes", "chapters", "quarters"],
)
def test_texts_in_which_nobody_is_named(parse, text: str) -> None:
    assert not [piece for piece in parse(text).non_speech if piece.kind == "speaker_line"]


@pytest.mark.parametrize(
    "name",
    [
        "Ana", "TH", "INES FERREIRA", "J.P. O'Neil III", "Ludwig van der Berg", "María-José Álvarez", "Priya S. Iyer", "Kim Min-jae",
        "大飞", "财老师", "乜强", "欧阳若兰", "艾米·胡德", "山田太郎", "陳政務委員", "國發會簡處長", "学生1何同学", "机构A", "投资者", "主持人", "公司领导",
        "接线员", "Speaker 1", "说话人 2", "SPEAKER_01", "audrey-tang", "中信证券", "线上提问", "ウィーン", "Ōe Kenzaburō",
    ],
)  # fmt: skip
def test_odd_labels_that_come_again_are_speakers(parse, name: str) -> None:
    other = "王敏"
    said = [
        "我们先来谈谈收入的情况。",
        "谢谢，我来补充一点。",
        "请继续往下讲。",
        "好的，没有问题。",
        "还有别的问题吗？",
        "暂时没有了，谢谢。",
    ]
    lines = [f"{name if i % 2 else other}：{words}" for i, words in enumerate(said)]
    assert who(parse("\n\n".join(lines) + "\n")) == [other, name] * 3


@pytest.mark.parametrize(
    ("label", "name", "title", "firm"),
    [
        ("Ines Ferreira, Chief Executive Officer: hello", "Ines Ferreira", "Chief Executive Officer", None),
        ("CFO Tom Blake: hello", "Tom Blake", "CFO", None),
        ("Tom Blake / CFO: hello", "Tom Blake", "CFO", None),
        ("Paul Okafor, Harbor Securities: hello", "Paul Okafor", None, "Harbor Securities"),
        ("董事长张勇：谢谢", "张勇", "董事长", None),
        ("董事会秘书艾米·胡德：谢谢", "艾米·胡德", "董事会秘书", None),
        ("徐宏（Toby Xu，首席财务官）：谢谢", "徐宏", "首席财务官", None),
        ("远岸证券 李雷：谢谢", "李雷", None, "远岸证券"),
        ("远岸证券-李雷：谢谢", "李雷", None, "远岸证券"),
        ("李雷（远岸证券）：谢谢", "李雷", None, "远岸证券"),
        ("分析师 李雷：谢谢", "李雷", "分析师", None),
        ("青石资本首席分析师李雷：谢谢", "李雷", "青石资本首席分析师", "青石资本"),
        ("[00:12] Tom Blake: hello", "Tom Blake", None, None),
        ("Tom Blake (00:00:12): hello", "Tom Blake", None, None),
    ],
)
def test_titles_and_firms_in_labels(label: str, name: str, title: str | None, firm: str | None) -> None:
    found = label_cue(label)
    assert found is not None
    assert (found[0].name, found[0].title, found[0].affiliation) == (name, title, firm)


def test_links_below_the_end_name_no_speakers(parse) -> None:
    call = parse(
        "王敏：我们的收入增长了两成。\n\n李雷：毛利也在改善。\n\n王敏：谢谢大家。（完）\n\n相关阅读\n陈明：为什么企业出海会失败\n登录\n"
    )
    assert who(call) == ["王敏", "李雷", "王敏"]


def test_a_line_of_nothing_but_signs_takes_time_in_proportion_to_its_length() -> None:
    """A line of 20,000 quote marks once took minutes."""
    started = time.thread_time()
    for signs in ("> ", "- ", "**", "# ", "_* "):
        assert undecorated(signs * 21_000 + "Jane Roe " + "***" * 20_000) == "Jane Roe"
    assert time.thread_time() - started < 3
    assert undecorated("## **Jane Roe**  **") == "Jane Roe"
    assert undecorated("- Jane * Roe") == "Jane * Roe"
