"""One invented call in every layout that calls come in: the same people say the same words in all of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import groupby

import pytest

from indexer.model import Kind, Role

SEEDS = range(6)
MANAGEMENT, ANALYST, OPERATOR = Role.MANAGEMENT, Role.ANALYST, Role.OPERATOR

EN_NAMES = (
    "Ines Ferreira", "J.P. O'Neil III", "Marta Álvarez-Ruiz", "Ludwig van der Berg", "Priya Ramachandran", "Kim Min-jae",
    "Takeshi Yamamoto", "Nguyen Thi Lan", "DeShawn K. Brooks", "Siobhan McCarthy", "Omar bin Rashid", "A. R. Venkatesh",
    "Jean-Luc d'Arcy", "Xiaoling Ouyang", "Rosa de la Cruz", "Bjørn Østergaard", "Mary Kate Wu", "Robert Hill, Jr.",
    "Ana Sofía Prieto", "Eric So", "Tunde Adébáyò", "Li Na", "Harpreet Kaur Gill", "Per Åström",
)  # fmt: skip
ZH_NAMES = (
    "欧阳若兰", "司徒文浩", "佘小曼", "逄志远", "李雷", "山田太郎", "艾米·胡德", "让·吕克·贝松", "尉迟恭平", "乜强", "陈安琪", "王五", "賴清和",
    "鄭佩珊", "慕容晴", "郗文静", "查理强", "戴维娜", "阮玲", "万俟白", "谈笑", "景甜甜", "沙溢", "濮存真",
)  # fmt: skip
EN_TITLES = (
    "Chief Executive Officer", "Chief Financial Officer", "Vice President, Investor Relations", "President and COO",
    "Head of Cloud", "Executive Vice President and General Counsel",
)  # fmt: skip
ZH_TITLES = ("首席执行官", "首席财务官", "投资者关系总监", "执行副总裁", "云业务总裁", "董事会秘书")
EN_FIRMS = ("Harbor Securities", "Northway Capital", "Kestrel Research", "Bank of Fenwick", "Tallis & Co. Securities")
ZH_FIRMS = ("远岸证券", "青石资本", "北桥基金", "海岬银行", "松间证券")
EN_TALK = (
    "We grew in every region, and we are pleased with it.",
    "Note: this is not guidance. The ratio is 2:1 today, as you know.",
    "Revenue: $5 billion, up from $4 billion, so that is what we said we would do.",
    "At 9:30 we will open the line, and the slides are at https://example.org/slides for all of you.",
    "Three things matter: price, cost and time. I will take them one by one.",
    "Thank you. That is a good question, and I would split it in two.",
    "Mix helped us; freight did not.",
    "First: demand. Second: supply. We think both are fine.",
)
ZH_TALK = (
    "我们的收入增长了两成，这个结果我们很满意。",
    "比如说：物流的成本下降了，用户也感觉得到。",
    "第一点：需求。第二点：供给。我觉得都没有问题。",
    "大家看到的比例是2:1，这个我们之前讲过。",
    "谢谢你的问题，我分两部分来回答。",
    "注：这里不构成指引。",
    "关键在于：我们有耐心，然后也有能力。",
    "详细的资料在 https://example.org/zh 上，欢迎大家去看。",
)
EN_ASKS = ("What drives margins? And should we expect more of it next year?", "Could you talk about China, please?")
ZH_ASKS = ("请问毛利率怎么看？明年还会继续吗？", "想请教一下云业务的进展，谢谢。")


@dataclass(frozen=True)
class Member:
    """Somebody on the call."""

    name: str
    role: Role
    title: str | None = None
    firm: str | None = None


@dataclass(frozen=True)
class Call:
    """An invented call: who is on it, and who says what. Questions begin at the turn `questions`."""

    chinese: bool
    people: tuple[Member, ...]
    turns: tuple[tuple[Member, tuple[str, ...]], ...]
    questions: int


def invent(seed: int, *, chinese: bool) -> Call:
    """Make up a call: an operator, three officers, three analysts, several answers to a question, follow-ups."""
    draw = random.Random(f"{seed} {chinese}")  # noqa: S311 - reproducible, not secret
    names = draw.sample(ZH_NAMES if chinese else EN_NAMES, 6)
    titles = draw.sample(ZH_TITLES if chinese else EN_TITLES, 3)
    firms = draw.sample(ZH_FIRMS if chinese else EN_FIRMS, 3)
    talk, asking = (ZH_TALK, ZH_ASKS) if chinese else (EN_TALK, EN_ASKS)
    host = Member("接线员" if chinese else "Operator", OPERATOR)
    officers = [Member(name, MANAGEMENT, title) for name, title in zip(names, titles, strict=False)]
    askers = [Member(name, ANALYST, None, firm) for name, firm in zip(names[3:], firms, strict=True)]

    def say(count: int) -> tuple[str, ...]:
        paragraphs = (draw.sample(talk, draw.randint(2, 3)) for _ in range(count))
        return tuple(("" if chinese else " ").join(sentences) for sentences in paragraphs)

    opening = "大家好，欢迎参加本次电话会议。" if chinese else "Good day, and welcome to the call."
    turns: list[tuple[Member, tuple[str, ...]]] = [(host, (opening,))]
    turns += [(officer, say(draw.randint(2, 4))) for officer in officers]
    questions = len(turns)
    for asker in askers:
        call = (
            f"下面有请来自{asker.firm}的{asker.name}提问。"
            if chinese
            else f"The next question comes from {asker.name} with {asker.firm}. Please go ahead."
        )
        turns.append((host, (call,)))
        turns.append((asker, (draw.choice(asking),)))
        turns += [(officer, say(draw.randint(1, 2))) for officer in draw.sample(officers, draw.randint(1, 2))]
        if draw.random() < 0.5:
            turns += [(asker, (draw.choice(asking),)), (draw.choice(officers), say(1))]
    turns.append((host, ("今天的会议到此结束，谢谢大家。" if chinese else "This concludes our call. Thank you.",)))
    return Call(chinese, (host, *officers, *askers), tuple(turns), questions)


def clock(seconds: int, *, hours: bool = True) -> str:
    if hours:
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{seconds // 60}:{seconds % 60:02d}"


def timed(call: Call, line) -> str:
    """Join turns, each with its line of name and time; a turn begins 20 seconds after the one before it."""
    lines = [line(who, 3 + 20 * i, "\n".join(said)) for i, (who, said) in enumerate(call.turns)]
    return "\n\n".join(lines)


def described(who: Member, dash: str = " -- ") -> str:
    if who.role is OPERATOR:
        return who.name
    return f"{who.name}{dash}{who.title or who.firm + ' -- Analyst'}"


def on_the_line(call: Call, colon: str) -> str:
    return "\n\n".join(f"{who.name}{colon}" + "\n\n".join(said) for who, said in call.turns)


def with_heading(call: Call, turns: list[str], heading: str, top: str = "") -> str:
    return top + "\n".join([*turns[: call.questions], heading, *turns[call.questions :]])


def fool(call: Call, dash: str = " -- ", bold: str = "") -> str:
    def line(who: Member) -> str:
        text = described(who, dash)
        return bold + text.replace(dash, f"{bold}{dash}*", 1) + "*" if bold and dash in text else f"{bold}{text}{bold}"

    turns = [line(who) + "\n" + "\n".join(said) for who, said in call.turns]
    members = "\n".join(line(who) for who in call.people[1:])
    body = with_heading(call, turns, "Questions & Answers:", "Prepared Remarks:\n")
    return f"{body}\n\nCall participants:\n\n{members}\n"


def fool_new(call: Call) -> str:
    top = (
        "DATE\nThursday, May 2, 2024 at 5 p.m. ET\nTAKEAWAYS\nTotal Revenue -- $5 billion, up 14%.\nStore Count -- 1,200 stores at the end.\n"
        "SUMMARY\nThe company said that margins rose. Management expects more.\nFull Conference Call Transcript\n"
    )
    return top + "\n".join(f"{who.name}: " + "\n".join(said) for who, said in call.turns)


def seeking_alpha(call: Call, heads=("Executives", "Analysts"), dash=" - ", bullet="") -> str:
    entries = [f"{bullet}{who.name}{dash}{who.title or who.firm}" for who in call.people[1:]]
    top = "\n".join([heads[0], *entries[:3], heads[1], *entries[3:]]) + "\n"
    turns = [who.name + "\n" + "\n".join(said) for who, said in call.turns]
    return with_heading(call, turns, "Question-and-Answer Session", top)


def seeking_alpha_old(call: Call) -> str:
    entries = [f"{who.name} - {who.title or who.firm}" for who in call.people[1:]]
    top = "\n".join(["Executives", *entries[:3], "Analysts", *entries[3:]]) + "\n"
    marks = {MANAGEMENT: "A - ", ANALYST: "Q - ", OPERATOR: ""}
    turns = [
        (marks[who.role] if i > call.questions else "") + who.name + "\n" + "\n".join(said)
        for i, (who, said) in enumerate(call.turns)
    ]
    return with_heading(call, turns, "Question-and-Answer Session", top)


def listed_zh(call: Call, style: str) -> str:
    officers, askers = call.people[1:4], call.people[4:]
    top = {
        "one line": "公司参会人员："
        + "、".join(f"{who.title} {who.name}" for who in officers)
        + "\n参会分析师："
        + "、".join(f"{who.firm} {who.name}" for who in askers),
        "brackets": "出席高管：\n"
        + "\n".join(f"{who.name}（{who.title}）" for who in officers)
        + "\n分析师：\n"
        + "\n".join(f"{who.name}（{who.firm}）" for who in askers),
        "colons": "主要发言人\n"
        + "\n".join(f"{who.title}：{who.name}" for who in officers)
        + "\n参会机构\n"
        + "\n".join(f"{who.firm}：{who.name}" for who in askers),
        "table": "参会人员\n姓名\t职务\n"
        + "\n".join(f"{who.name}\t{who.title or who.firm}" for who in (*officers, *askers)),
    }[style]
    return f"{top}\n\n" + on_the_line(call, "：")


def listed_en(call: Call, style: str) -> str:
    people = call.people[1:]
    if style == "one line":
        top = "Participants: " + "; ".join(f"{who.name} - {who.title or who.firm}" for who in people)
    elif style == "brackets":
        top = "Participants:\n" + "\n".join(f"- {who.name} ({who.title or who.firm})" for who in people)
    elif style == "slashes":
        top = "Attendees\n" + "\n".join(f"{who.name} / {who.title or who.firm}" for who in people)
    else:
        top = "Participants\n\n" + "\n".join(
            f"{i}. {who.name}, {who.title or who.firm}" for i, who in enumerate(people, 1)
        )
    return f"{top}\n\n" + on_the_line(call, ": ")


def firm_beside(call: Call) -> str:
    def label(who: Member) -> str:
        return f"{who.firm}分析师{who.name}" if who.role is ANALYST else f"{who.title or ''}{who.name}"

    return "\n\n".join(f"{label(who)}：" + "\n\n".join(said) for who, said in call.turns)


def printed(call: Call) -> str:
    """Set the call as some firms print it: name, title and （翻译） on three lines, then "Name (Firm):"."""
    lines = ["介绍" if call.chinese else "Introduction"]
    for i, (who, said) in enumerate(call.turns):
        if i == call.questions:
            lines.append("问答" if call.chinese else "Questions and Answers")
        if who.role is MANAGEMENT and i < call.questions:
            lines += [who.name, who.title, "（翻译）"]
        elif who.role is ANALYST:
            lines.append(f"{who.name} ({who.firm})：")
        else:
            lines.append(f"{who.name}：")
        lines += said
    return "\n\n".join(lines)


NAMES, TITLES, FIRMS = "names", "titles", "firms"
BOTH = {
    "name and words": (lambda c: on_the_line(c, "：" if c.chinese else ": "), ""),
    "name line with a colon": (lambda c: on_the_line(c, ":\n"), ""),
    "bold name": (lambda c: "\n\n".join(f"**{w.name}**: " + "\n\n".join(s) for w, s in c.turns), ""),
    "bold name and colon": (lambda c: "\n\n".join(f"**{w.name}：** " + "\n\n".join(s) for w, s in c.turns), ""),
    "markdown heading": (
        lambda c: "# T\n\n" + "\n\n".join(f"### {w.name}：\n\n" + "\n\n".join(s) for w, s in c.turns),
        "",
    ),
    "name in square brackets": (lambda c: "\n".join(f"【{w.name}】" + "\n".join(s) for w, s in c.turns), ""),
    "name lines": (lambda c: "\n".join(f"{w.name}\n" + "\n".join(s) for w, s in c.turns), ""),
    "time in brackets before": (lambda c: timed(c, lambda w, t, s: f"[{clock(t)}] {w.name}: {s}"), ""),
    "time before": (lambda c: timed(c, lambda w, t, s: f"{clock(t)} {w.name}：{s}"), ""),
    "time and name in brackets": (lambda c: timed(c, lambda w, t, s: f"[({clock(t)}) {w.name}]\n{s}"), ""),
    "time in brackets behind": (lambda c: timed(c, lambda w, t, s: f"{w.name} ({clock(t)}):\n{s}"), ""),
    "short time in brackets behind": (
        lambda c: timed(c, lambda w, t, s: f"{w.name} ({clock(t, hours=False)}):\n{s}"),
        "",
    ),
    "time behind the colon": (lambda c: timed(c, lambda w, t, s: f"{w.name}: ({clock(t, hours=False)})\n{s}"), ""),
    "time right behind": (lambda c: timed(c, lambda w, t, s: f"{w.name}({clock(t)}):\n{s}"), ""),
    "time behind a name": (lambda c: timed(c, lambda w, t, s: f"{w.name} {clock(t)}\n{s}"), ""),
    "time behind two blanks": (lambda c: timed(c, lambda w, t, s: f"{w.name}  {clock(t, hours=False)}\n{s}"), ""),
    "day and time behind": (lambda c: timed(c, lambda w, t, s: f"{w.name} 2024-05-02 {clock(40000 + t)}\n{s}"), ""),
    "span above the name": (
        lambda c: timed(c, lambda w, t, s: f"{clock(t)}.5 --> {clock(t + 19)}.0\n{w.name}\n{s}"),
        "",
    ),
    "time below the name": (lambda c: timed(c, lambda w, t, s: f"{w.name}\n{clock(t, hours=False)}\n{s}"), ""),
    "printed": (printed, NAMES + TITLES + FIRMS),
}
ENGLISH = {
    "Fool": (fool, TITLES + FIRMS),
    "Fool, em dash": (lambda c: fool(c, " — "), TITLES + FIRMS),
    "Fool, three lines": (lambda c: fool(c, "\n--\n"), TITLES + FIRMS),
    "Fool, bold": (lambda c: fool(c, bold="**"), TITLES + FIRMS),
    "Fool, with takeaways": (fool_new, FIRMS),
    "Seeking Alpha": (seeking_alpha, TITLES + FIRMS),
    "Seeking Alpha, newer heads": (
        lambda c: seeking_alpha(c, ("Company Participants", "Conference Call Participants"), " – ", "• "), TITLES + FIRMS,
    ),
    "Seeking Alpha, Q and A": (seeking_alpha_old, TITLES + FIRMS),
    "list on one line": (lambda c: listed_en(c, "one line"), TITLES + FIRMS),
    "list with brackets": (lambda c: listed_en(c, "brackets"), TITLES + FIRMS),
    "list with slashes": (lambda c: listed_en(c, "slashes"), TITLES + FIRMS),
    "numbered list": (lambda c: listed_en(c, "numbers"), TITLES + FIRMS),
}  # fmt: skip
CHINESE = {
    "list on one line": (lambda c: listed_zh(c, "one line"), TITLES + FIRMS),
    "list with brackets": (lambda c: listed_zh(c, "brackets"), TITLES + FIRMS),
    "list with colons": (lambda c: listed_zh(c, "colons"), TITLES + FIRMS),
    "list in a table": (lambda c: listed_zh(c, "table"), TITLES + FIRMS),
    "firm, analyst and name": (firm_beside, TITLES + FIRMS),
}
CASES = [
    *((layout, chinese) for layout in BOTH for chinese in (False, True)),
    *((layout, False) for layout in ENGLISH),
    *((layout, True) for layout in CHINESE),
]


def said_by(runs) -> list[tuple[str, str]]:
    """Join what one person says in a row, without blanks."""
    return [
        (name, "".join("".join(text.split()) for _, text in group)) for name, group in groupby(runs, lambda run: run[0])
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("layout", "chinese"), CASES, ids=[f"{layout}-{'zh' if zh else 'en'}" for layout, zh in CASES])
def test_everybody_keeps_their_words(parse, layout: str, seed: int, *, chinese: bool) -> None:
    render, gives = BOTH.get(layout) or (CHINESE if chinese else ENGLISH)[layout]
    call = invent(seed, chinese=chinese)
    found = parse(render(call), "call.md" if layout == "markdown heading" else "call.txt")
    assert found.kind is Kind.SPOKEN
    expected = said_by((who.name, text) for who, said in call.turns for text in said)
    assert said_by((p.speaker.name, p.text) for p in found.passages) == expected
    speakers = {speaker.name: speaker for speaker in found.speakers}
    assert set(speakers) == {who.name for who, _ in call.turns}
    for who in call.people:
        speaker = speakers.get(who.name)
        if speaker is None or who.role is OPERATOR:
            assert speaker is None or speaker.role is OPERATOR
            continue
        if TITLES in gives and who.title:
            assert (speaker.title, speaker.role) == (who.title, MANAGEMENT)
        if FIRMS in gives and who.firm:
            assert (speaker.affiliation, speaker.role) == (who.firm, ANALYST)
    if "time" in layout and "day" not in layout:
        starts = [p.time.start for p in found.passages]
        turn_of = {text: 3 + 20 * i for i, (_, said) in reversed(list(enumerate(call.turns))) for text in said}
        assert starts[0] == 3
        assert starts == sorted(starts)
        assert {p.time.start for p in found.passages} == {3 + 20 * i for i in range(len(call.turns))}
        assert len(turn_of) > 1
