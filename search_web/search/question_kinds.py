"""What a question asks for (a reason, a figure, a time, a person, a question), and which sentences have such a thing.

Signs on the surface only, in Chinese and English: a question word asks for a kind, and a sentence that has a mark of
that kind (because, 得益于; a quantity; a date; a name with its post) may be the one that answers. They choose among
the sentences of a passage that was found anyway, so a wrong sign costs a neighbour too many and never a passage.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from indexer.text.language import dominant_language
from indexer.text.normalise import fold
from search_web.search.asked_after import asks_after_questions
from search_web.search.figures_asked import (
    asks_for_count,
    asks_for_figure,
    asks_for_measure,
    asks_for_money,
    asks_for_share,
    has_count,
    has_figure,
    has_measure,
    has_money,
    has_share,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Wanted(StrEnum):
    """The kind of thing that a question asks for."""

    REASON = "reason"
    QUANTITY = "quantity"
    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    MEASURE = "measure"
    TIME = "time"
    PERSON = "person"
    QUESTION = "question"


FIGURES = frozenset({Wanted.QUANTITY, Wanted.COUNT, Wanted.MONEY, Wanted.SHARE, Wanted.MEASURE})
"""The kinds that are figures; a question asks for one of them, the narrowest."""

# Matched against folded text: small letters, half width, simplified characters.
_ASKING = {
    Wanted.REASON: re.compile(
        r"为什么|为何|为啥|何以|怎么会|原因|归因|\bwhy\b|\breasons?\b|\bhow come\b"
        r"|\bwhat (?:caused|causes|drove|drives|is driving|led to|explains)\b"
    ),
    Wanted.TIME: re.compile(
        r"何时|什么时候|哪(?:一)?(?:年|天|个季度|个月)|多久|几(?:月|号|点)|时间表"
        r"|\bwhen\b|\bhow (?:soon|long)\b|\btimeline\b"
        r"|\b(?:what|which) (?:year|quarter|month|day|date)\b"
    ),
    Wanted.PERSON: re.compile(r"谁|哪(?:一)?位|何人|\bwho(?:m|se)?\b"),
}
_REASONS = re.compile(
    r"因为|由于|原因|得益于|受益于|归功于|归因于|源于|来自于|受[^,。;]{1,16}影响|导致|使得|所以|因此|带动|推动"
    r"|拖累|驱动|也就是说"
    r"|主要(?:是|系|受|来自|在于)|缘于|归结|考虑到|解释(?:说|道|称)?[,:]"
    r"|\bbecause\b|\bdue to\b|\bdriven by\b|\bowing to\b|\bas a result\b|\bthanks to\b|\breflect(?:s|ed|ing)?\b"
    r"|\bled to\b|\battribut\w+|\breasons?\b|\bsince\b|\bwhich is why\b|\bthat is why\b"
    r"|\bresult(?:s|ed|ing)? (?:from|of)\b|\b(?:helped|hurt|caused|explained|offset|led|boosted) by\b"
    r"|\bon the back of\b"
    r"|\bgiven (?:the|that|our|how)\b|\bstem(?:s|med|ming)? from\b|\b(?:mainly|primarily|largely"
    r"|partly) (?:from|on|by|because|due|as|a)\b"
)
_TIMES = re.compile(
    r"\d{4} ?年|\d{1,2} ?月|[今明去前]年|季度|财年|[上下]半年|年底|年末|周内|个月|下周|目前"
    r"|\b(?:jan|febr)uary\b|\b(?:march|april|may|june|july|august)\b|\b(?:septem|octo|novem|decem)ber\b"
    r"|\bq[1-4]\b|\b(?:19|20)\d\d\b|\bquarters?\b|\bmonths?\b|\bnext year\b|\blast year\b|\byear[- ]end\b|\bweeks?\b"
)
_QUESTIONS = re.compile(
    r"\?|请问|请教|想问|想了解|想知道|问一下|能否|可否|是否|\bwonder\w*\b|\bcurious\b|\bmy (?:\w+ )?question\b"
    r"|\b(?:can|could) you\b"
)
_POSTS = re.compile(
    r"先生|女士|博士|董事长|总裁|首席|总经理|主席|[一-鿿]总(?![是的计共体额量收数部和之要])|\bceo\b|\bcfo\b"
    r"|\bcoo\b|\bchief\b|\bpresident\b"
    r"|\bchair(?:man|woman|person)?\b|\bdirector\b|\bfounder\b|\bmr\b|\bms\b|\bmrs\b|\bdr\b"
)
# What only calls on the next to speak.
_HANDING_OVER = re.compile(
    r"\b(?:turn|hand|pass|throw)(?:ing)?"
    r"(?: (?:the (?:call|conference|floor|line|mic\w*)|it|things|this|you|over|back)){1,3} (?:over |back )?to\b"
    r"|\b(?:over|back) to (?:you|our|my|the)\b"
    r"|^(?:(?:好的?|谢谢|多谢|感谢)[^,。!]{0,12}[,。!] ?)*(?:(?:接下来|下面|现在|那么|最后|首先|然后|先),? ?)+"
    r"(?:就|再)?(?:请|有请|由|让|交给)"
    r"[^。?!,]{1,16}(?:发言|介绍|讲|分享|汇报|报告|说|谈|回答|带来|解读)[^。?!]{0,24}[。!]?$"
)
_REPEATING = re.compile(
    r"^(?:[^。!?]{0,24})(?:第[一二三四两1-4]个?(?:小)?(?:问题|提问)|[您你]?(?:刚才)?(?:提问|提到的问题|[问提]的)"
    r"|(?:另外?|还有)?一个问题|问题是关于|关于.{0,30}问题)"
    r"|(?:分析师|投资者|股东|记者)[^。!?,]{0,12}(?:提出|问|提)的问题|\banalysts? (?:(?:from|at|of) .{1,30}? )?asked\b"
    r"|\b(?:first|second|third|last|next|other|your|his|her|that) (?:question|part of (?:your|the) question)\b(?! mark)"
    r"|\bquestion(?:s)? (?:was|were|is|are|on|about|around|regarding)\b|\byou(?:'re| are| were)? ask(?:ed|ing)?\b"
)
# What says that something will be told, and tells nothing of it yet.
_OVERVIEW = r"(?:overview|update|summary|highlights|details|remarks|introduction|guidance|results)"
_ANNOUNCING = re.compile(
    r"^(?:(?:now|so|next|and|then|with that|first|finally|ok(?:ay)?),? )*(?:"
    r"let(?:'s| us| me) (?:now |first )?(?:go (?:through|over)|(?:take a )?look at|turn to|move (?:on )?to|talk about"
    r"|start with|begin with|review|discuss|touch on|walk you through)"
    r"|(?:turning|moving on|moving|shifting|switching) (?:now )?to"
    r"|(?:i|we)(?:'ll| will|'d like to| would like to) (?:now |briefly |first )*(?:turn to|move (?:on )?to"
    r"|go (?:through|over)|walk you through|touch on|start with|begin with)"
    rf"|(?:i|we|he|she|they)(?:'ll| will) (?:now )?(?:provide|give|offer|share|present)\b[^.,]*\b{_OVERVIEW}"
    r"|[\w .’'-]{2,40}?(?: will|'ll|’ll| is going to| are going to) (?:now |then |also |next )?(?:(?:take|walk"
    r"|guide) you through"
    r"|(?:review|cover|discuss|describe|detail|address|speak to|talk about|go over|comment on|provide more)\b[^.,]*"
    r"\b(?:later|in a (?:moment|minute|second)|shortly|in (?:more|greater|further) detail|next|afterwards?))"
    r"|(?:i|we)(?: will|'ll|’ll|'d like to|’d like to| would like to) (?:now )?(?:(?:turn|hand"
    r"|pass) (?:the call|it|things|you|over|back)"
    r"|ask [\w .]{2,30} to)"
    r")\b[^.!?;:,]*[.!:]?$"
    r"|^(?:(?:接下来|下面|现在|首先|那么|然后|最后|再),?)+(?:(?:请)?(?:让|由|容)?(?:我们?|大家))?(?:再|来|先|就|一起)*"
    r"(?:看一?看|看一?下|(?<=[再来先])看|谈一?谈|谈一?下|讲一?讲|讲一?下|说一?说|说一?下|介绍(?:一下)?|汇报(?:一下)?"
    r"|回顾(?:一下)?|把[^,。;]{1,20}介绍一下)[^,。;]*[。:]?$"
    r"|^(?:她|他)将(?:会)?(?:提供|介绍|分享|汇报|讲解|概述)[^,。;]*(?:概述|介绍|指导|更新|情况|摘要"
    r"|业绩)[^,。;]*[。:]?$"
)
# What says what was expected before, where the sentence behind says what is expected now.
_EARLIER = re.compile(
    r"\b(?:on|in|at|during) (?:our|the|my) (?:last|previous|prior|earlier|first|second|third|fourth)[\w -]* call\b"
    r"|\b(?:previous|prior|earlier|original|initial) (?:guidance|forecast|outlook|range|estimates?"
    r"|expectations?|target)\b"
    r"|\b(?:previously|originally|initially|earlier) (?:guided|expected|forecast(?:ed)?|estimated|projected"
    r"|targeted|communicated)\b"
    r"|(?:此前|之前|原先|原来|先前|上一?次(?:电话会|业绩会)?|三个月前)[^,。;]{0,8}(?:预计|预期|预测|指引|目标"
    r"|给出|估计)"
)
_NOW = re.compile(
    r"\b(?:now|rais(?:e|ed|ing)|lower(?:ed|ing)|narrow(?:ed|ing)|revis(?:e|ed|ing)|updat(?:e|ed|ing)"
    r"|maintain\w*|reiterat\w+)\b"
    r"|现在|目前|上调|下调|调整为|更新|维持|改为"
)
_LONGEST_REPEAT = {True: 60, False: 160}  # Characters, of what is written in Chinese and of all else.
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z]\.)?[ -][A-Z][a-z]+")
_FIGURE = re.compile(r"\d")


def kinds_asked(question: str) -> frozenset[Wanted]:
    """Return the kinds of things that a question asks for; none for a question of another kind, such as how or what."""
    folded = " ".join(fold(question).split())
    asked = frozenset(kind for kind, pattern in _ASKING.items() if pattern.search(folded)) | _figure_asked(folded)
    return asked | {Wanted.QUESTION} if asks_after_questions(folded) else asked


def _figure_asked(folded: str) -> frozenset[Wanted]:
    if asks_for_money(folded):
        return frozenset({Wanted.MONEY})
    if asks_for_share(folded):
        return frozenset({Wanted.SHARE})
    if asks_for_count(folded):
        return frozenset({Wanted.COUNT})
    if asks_for_figure(folded):
        return frozenset({Wanted.QUANTITY})
    return frozenset({Wanted.MEASURE}) if asks_for_measure(folded) else frozenset()


def kinds_carried(sentence: str, asked: frozenset[Wanted]) -> frozenset[Wanted]:
    """Return which of the kinds that were asked for a sentence carries."""
    folded = fold(sentence) if asked else ""
    return frozenset(kind for kind in asked if _carries(kind, sentence, folded))


def repeats_question(sentence: str) -> bool:
    """Tell whether a short sentence only says which question is about to be answered: the second one is on margins."""
    folded = fold(sentence)
    chinese = dominant_language(folded) == "zh"
    return len(folded) <= _LONGEST_REPEAT[chinese] and bool(_REPEATING.search(folded))


def announces(sentence: str) -> bool:
    """Tell whether a short sentence without a figure only says what is told next: "Turning to margins."."""
    folded = fold(sentence)
    longest = _LONGEST_REPEAT[dominant_language(folded) == "zh"]
    return len(folded) <= longest and not _FIGURE.search(folded) and bool(_ANNOUNCING.search(folded))


def hands_over(sentence: str) -> bool:
    """Tell whether a short sentence without a figure only calls on the next to speak, whom it may name."""
    folded = fold(sentence)
    longest = _LONGEST_REPEAT[dominant_language(folded) == "zh"]
    return len(folded) <= longest and not _FIGURE.search(folded) and bool(_HANDING_OVER.search(folded))


def tells_earlier(sentence: str) -> bool:
    """Tell whether a sentence only tells what was expected before, so that the one behind it is needed too."""
    folded = fold(sentence)
    return bool(_EARLIER.search(folded)) and not _NOW.search(folded)


_CARRIES: Mapping[Wanted, Callable[[str], bool]] = {
    Wanted.REASON: lambda folded: bool(_REASONS.search(folded)),
    Wanted.QUANTITY: has_figure,
    Wanted.COUNT: has_count,
    Wanted.MONEY: has_money,
    Wanted.SHARE: has_share,
    Wanted.MEASURE: has_measure,
    Wanted.QUESTION: lambda folded: bool(_QUESTIONS.search(folded)),
    Wanted.TIME: lambda folded: bool(_TIMES.search(folded)),
    Wanted.PERSON: lambda folded: bool(_POSTS.search(folded)),
}


def _carries(kind: Wanted, sentence: str, folded: str) -> bool:
    return _CARRIES[kind](folded) or (kind is Wanted.PERSON and bool(_NAME.search(sentence)))
