"""What a question asks for (a reason, a figure, a time, a person), and which sentences carry such a thing.

Signs on the surface only, in Chinese and English: a question word asks for a kind, and a sentence that has a mark of
that kind (because, 得益于; a quantity; a date; a name with its post) may be the one that answers. They choose among
the sentences of a passage that was found anyway, so a wrong sign costs a neighbour too many and never a passage.
"""

from __future__ import annotations

import re
from enum import StrEnum

from indexer.text.language import dominant_language
from indexer.text.normalise import fold
from indexer.text.quantities import parse_quantities


class Wanted(StrEnum):
    """The kind of thing that a question asks for."""

    REASON = "reason"
    QUANTITY = "quantity"
    TIME = "time"
    PERSON = "person"


# Matched against folded text: small letters, half width, simplified characters.
_ASKING = {
    Wanted.REASON: re.compile(
        r"为什么|为何|为啥|何以|怎么会|原因|归因|\bwhy\b|\breasons?\b|\bhow come\b"
        r"|\bwhat (?:caused|causes|drove|drives|is driving|led to|explains)\b"
    ),
    Wanted.QUANTITY: re.compile(
        r"多少|几(?=个|家|名|位|成|倍|亿|万|次|天|年|月|款|条)|多(?:大|高|长|快)(?!家)"
        r"|\bhow (?:much|many|big|large|high|fast|long)\b"
        r"|\bwhat (?:share|percentage|percent|proportion|rate|size|number)\b"
    ),
    Wanted.TIME: re.compile(
        r"何时|什么时候|哪(?:一)?(?:年|天|个季度|个月)|多久|几(?:月|号|点)|时间表"
        r"|\bwhen\b|\bhow (?:soon|long)\b|\btimeline\b"
        r"|\b(?:what|which) (?:year|quarter|month|day|date)\b"
    ),
    Wanted.PERSON: re.compile(r"谁|哪(?:一)?位|何人|\bwho(?:m|se)?\b"),
}
_REASONS = re.compile(
    r"因为|由于|原因|得益于|受益于|归功于|归因于|源于|来自于|受[^,。;]{1,16}影响|导致|使得|所以|因此|带动|推动|拖累|驱动|也就是说"
    r"|\bbecause\b|\bdue to\b|\bdriven by\b|\bowing to\b|\bas a result\b|\bthanks to\b|\breflect(?:s|ed|ing)?\b"
    r"|\bled to\b|\battribut\w+|\breasons?\b|\bsince\b|\bwhich is why\b|\bthat is why\b"
    r"|\bresult(?:s|ed|ing)? (?:from|of)\b"
)
_TIMES = re.compile(
    r"\d{4} ?年|\d{1,2} ?月|[今明去前]年|季度|财年|[上下]半年|年底|年末|周内|个月|下周|目前"
    r"|\b(?:jan|febr)uary\b|\b(?:march|april|may|june|july|august)\b|\b(?:septem|octo|novem|decem)ber\b"
    r"|\bq[1-4]\b|\b(?:19|20)\d\d\b|\bquarters?\b|\bmonths?\b|\bnext year\b|\blast year\b|\byear[- ]end\b|\bweeks?\b"
)
_POSTS = re.compile(
    r"先生|女士|博士|董事长|总裁|首席|总经理|主席|[一-鿿]总(?![是的计共体额量收数部和之要])|\bceo\b|\bcfo\b|\bcoo\b|\bchief\b|\bpresident\b"
    r"|\bchair(?:man|woman|person)?\b|\bdirector\b|\bfounder\b|\bmr\b|\bms\b|\bmrs\b|\bdr\b"
)
_REPEATING = re.compile(
    r"^(?:[^。!?]{0,24})(?:第[一二三四两1-4]个?(?:小)?(?:问题|提问)|[您你]?(?:刚才)?(?:提问|提到的问题|[问提]的)"
    r"|(?:另外?|还有)?一个问题|问题是关于|关于.{0,30}问题)"
    r"|(?:分析师|投资者|股东|记者)[^。!?,]{0,12}(?:提出|问|提)的问题|\banalysts? (?:(?:from|at|of) .{1,30}? )?asked\b"
    r"|\b(?:first|second|third|last|next|other|your|his|her|that) (?:question|part of (?:your|the) question)\b(?! mark)"
    r"|\bquestion(?:s)? (?:was|were|is|are|on|about|around|regarding)\b|\byou(?:'re| are| were)? ask(?:ed|ing)?\b"
)
_LONGEST_REPEAT = {True: 60, False: 160}  # Characters, of what is written in Chinese and of all else.
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z]\.)?[ -][A-Z][a-z]+")
_FIGURE = re.compile(r"\d")


def kinds_asked(question: str) -> frozenset[Wanted]:
    """Return the kinds of things that a question asks for; none for a question of another kind, such as how or what."""
    folded = fold(question)
    return frozenset(kind for kind, pattern in _ASKING.items() if pattern.search(folded))


def kinds_carried(sentence: str, asked: frozenset[Wanted]) -> frozenset[Wanted]:
    """Return which of the kinds that were asked for a sentence carries."""
    folded = fold(sentence) if asked else ""
    return frozenset(kind for kind in asked if _carries(kind, sentence, folded))


def repeats_question(sentence: str) -> bool:
    """Tell whether a short sentence only says which question is about to be answered: the second one is on margins."""
    folded = fold(sentence)
    chinese = dominant_language(folded) == "zh"
    return len(folded) <= _LONGEST_REPEAT[chinese] and bool(_REPEATING.search(folded))


def _carries(kind: Wanted, sentence: str, folded: str) -> bool:
    match kind:
        case Wanted.REASON:
            return bool(_REASONS.search(folded))
        case Wanted.QUANTITY:
            return bool(_FIGURE.search(folded) or parse_quantities(sentence))
        case Wanted.TIME:
            return bool(_TIMES.search(folded))
        case Wanted.PERSON:
            return bool(_POSTS.search(folded) or _NAME.search(sentence))
