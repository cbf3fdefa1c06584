"""Which passages say nothing but thanks, greetings and "go ahead", so that nobody looks for them.

A text is a courtesy when it can be read from end to end as known courtesies, besides the names of people of the call.
Everything else is content, a figure, a name and "No, we don't." included. "Yes" and its like are content where they
answer a question.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from indexer.model import Role
from indexer.text.language import HAN
from indexer.text.normalise import fold

_LONGEST = 240  # Characters; nobody is courteous for longer without saying something.


class Weight(Enum):
    """How much a text says: a nod ("Yeah.") answers at best, assent ("Yes, of course.") may say something by itself."""

    COURTESY = "courtesy"
    NOD = "nod"
    ASSENT = "assent"
    CONTENT = "content"


# All of this is matched against folded text: small letters, half width, simplified characters, without punctuation.
# What comes first is tried first, and is never tried again: longer phrases stand before their beginnings.
_PERSON = (
    r"(?:everyone|everybody|all|both|guys|folks|team|sir|ma'?am|madam|operator|ladies and gentlemen|gentlemen|ladies"
    r"|there)"
)
_HOW = (
    r"(?:very much|so much|once again|as well|a lot|a million|very|so|really|super|extremely|quite|too|again|much"
    r"|indeed)"
)
_FINE = (
    r"(?:great|good|perfect|excellent|wonderful|fantastic|awesome|brilliant|terrific|cool|nice|fine|fair enough|fair"
    r"|helpful"
    r"|clear|useful|interesting|impressive|strong|solid|detailed|comprehensive|thoughtful)"
)
_FOR = (
    rf"(?: (?:for|on|of|to|in|with|and|the|your|our|my|a|an|another|that|this|these|those|all|it|you|us|me|taking"
    rf"|answering"
    r"|giving|having|joining|sharing|letting|squeezing|fitting|hosting|today|here|asking|ask|quarter(?:'s)?|chance"
    r"|questions?"
    r"|opportunity|answers?|explanations?|colou?r|comments?|clarifications?|time|insights?|help|responses?|details?"
    r"|calls?"
    r"|information|updates?|presentation|results?|set|performance|print|execution|follow-?ups?|patience|support"
    r"|interest"
    rf"|participation|attention|attending|participating|listening|{_HOW}|{_FINE})(?![\w'-]))*+"
)
_ENGLISH = (
    rf"(?:many |much )?thank(?:s|ing)?(?: you)?(?: (?:{_HOW}|{_PERSON})(?![\w'-]))*+(?: for(?![\w'-]){_FOR})?",
    rf"(?:(?:i|we|really|much|very much|greatly) )*+appreciated?{_FOR}",
    rf"(?:many )?congrat(?:s|ulations){_FOR}",
    (
        r"have (?:a|an) (?:great|good|nice|wonderful|lovely|excellent)(?: rest of (?:the|your))? "
        r"(?:day|evening|weekend|afternoon|morning|night|one|week)"
    ),
    r"(?:very )?good (?:morning|afternoon|evening|day|night|bye)(?: to you)?",
    r"(?:the |our |and )*+(?:next|first|last) (?:question|caller|one)",
    r"(?:your|the) (?:line|mic|microphone) is (?:now )?(?:open|live|unmuted)",
    (
        r"(?:can|could|do) (?:you|everyone|everybody) (?:all )?(?:hear|see) (?:me|us|my screen)(?: now| okay| ok"
        r"| clearly| well)?"
    ),
    r"(?:yes )?(?:we|i) can (?:hear|see) you(?: now| okay| ok| clearly| well| fine| loud and clear)?",
    (
        r"that's (?:it|all)(?: (?:from|for) (?:me|my side|us))?|i(?:'ll| will) (?:jump|get|hop|step"
        r"|go) back in(?:to)?(?: the)? queue"
    ),
    rf"(?:that|that's|that is|it's|it is|this is|was|sounds|looks)(?: (?:{_HOW}|all)(?![\w'-]))*+ {_FINE}",
    rf"(?:that )?makes sense|understood|got it|i see|i understand|noted|{_HOW} {_FINE}|{_FINE}|{_HOW}",
    (
        r"you(?:'re| are)(?: very| most)? welcome|welcome(?: back)?|(?:to )?you too|my pleasure|no (?:problem|worries)"
        r"|to you"
    ),
    (
        r"sorry(?: about that)?|excuse me|pardon(?: me)?|one (?:moment|second)|(?:just )?a (?:moment|second|sec|minute)"
        r"|hold on"
    ),
    r"go ahead|go on|over to you|please|proceed|continue|carry on|bye(?:[ -]?bye)?|goodbye|take care|cheers",
    rf"hello|hi|hey|greetings|okay|ok|alright|all right|well|and|then|oh|ah|um+|uh+|er|hm+|mm+|wow|{_PERSON}",
)
_CHINESE = (
    (
        "(?:非常|十分|真的|再次|好的?|也|首先|先|那|很)*+(?:谢谢|感谢|多谢|感恩|辛苦)"
        "(?:您们|你们|您|你|大家|各位|诸位|主持人|管理层|公司|领导|老师|两位|几位|嘉宾|投资者|分析师|朋友|同事|女士|先生"
        "|们|的|给|对|我"
        "|回答|解答|解释|分享|介绍|提问|问题|支持|机会|时间|关注|参与|参加|聆听|收听|耐心|详细|精彩|非常|这么|以及|和|与"
        "|也|一下|今天|接受|了|啊)*+"
    ),
    (
        "(?:各位|大家|管理层|领导|投资者|分析师|朋友|同事|嘉宾|老师|女士|先生|们|您|你|的)*(?:早上|上午|下午|晚上"
        "|中午)?好(?![的吧呀嘞])"
    ),
    (
        "(?:各位|诸位|尊敬的)(?:管理层|领导|投资者|分析师|朋友|同事|嘉宾|老师|女士|先生|们|的)*|早安|午安|晚安|哈喽|嗨|喂"
        "|没有了|没有(?:其他|别的|更多)?(?:的)?问题了?"
    ),
    (
        "(?:我们|现在|下面|接下来|那|来|有)*+(?:有请|请)(?:看)?(?:下一?位|下一个|第一位|第一个|最后一位)(?:提问者|提问人"
        "|分析师|投资者|问题|提问|嘉宾)?"
        "(?:请)?(?:提问|发言)?|下一位(?:提问者|分析师|投资者)?(?:请)?(?:提问)?|下一个(?:问题|提问)|下一题"
    ),
    "(?:那|您|你)?请(?:讲|说|继续|提问|问|发言|开始|稍等|稍候)?",
    "嗯+|哦+|噢+|啊+|呃+|额+|诶+|唉|哎|嘿|呵+|哈+|好[的吧呀嘞了啊]*|行[的吧]?",
    "(?:我)?(?:明白|了解|清楚|知道|理解)了?|收到了?|没问题了?|没关系|没事|不客气|不用谢|不用客气",
    "(?:各位|大家)?(?:再见|再会|拜拜)|祝(?:大家|各位|您|你).{0,8}?(?:愉快|快乐|顺利|安好)",
    (
        "(?:先)?(?:恭喜|祝贺)(?:公司|管理层|各位|大家)?(?:(?:取得|交出|获得|在|又|了|一个|这么|非常|很|亮眼|不错|优秀|好"
        "|强劲|的|本|季度|业绩|成绩单?|表现)*+)"
    ),
    (
        "抱歉|对不起|不好意思|(?:大家|各位|你们|您|你)?(?:现在)?(?:能|可以)?(?:听得?到|听得?见)(?:我|我说话"
        "|我的声音)?(?:吗|了)?"
    ),
    "(?:以上|这)(?:就)?是我的(?:全部)?(?:问题|提问)|(?:我)?(?:的)?问题?(?:就)?(?:这些|问完了)",
    "(?:很|非常|十分|挺)(?:清楚|清晰|详细|有帮助|好)|那|就|嘛|呢|吧",
)
_NOD = (r"yeah|yep|yup|ya|right|sure|mm-?hmm|uh-?huh", "对[的啊对]*+|是(?![^的啊])")
_ASSENT = (
    (
        r"of course not|of course|not really|yes|no|nope|correct|exactly|absolutely|definitely|certainly|agreed"
        r"|(?:that is|that's|you're|you are) (?:right|correct|true)"
    ),
    (
        "是的|不是的?|是这样的?|没错|正确|当然(?:了|是|可以)?|不会的?|会的?|没有的?|有的?|不可以|可以的?|不能|能|不同意"
        "|同意|肯定(?:的|会)?"
    ),
)
_BRACKETED = re.compile(r"[\[(【<][^\[\]()【】<>]{0,60}[\])】>]")
_MARKS = re.compile(r"[,.!?;:~…。、–—\"“”‘*]+")
_HYPHENS = re.compile(r"['’-](?:(?<!\w['’-])['’-]*|['’-]*(?!\w))")  # Those that stand between no two letters.
_HONORIFIC = r"(?:总|先生|女士|博士|老师|董|小姐|经理|教授)?"


def weight_of(text: str, names: frozenset[str] = frozenset()) -> Weight:
    """Return how much a text says; `names` are the folded names, and parts of names, of the people of the call.

    A name counts as an address beside a courtesy; alone it is content. A note such as [Operator Instructions] says
    nothing.
    """
    if len(text) > _LONGEST:
        return Weight.CONTENT
    folded = fold(text)
    if not _OPENS_A_NOTE.search(folded):
        # Every character counts where there is no note, and one may tell; a wish ("祝……") may hold any.
        if _DIGIT.search(folded):
            return Weight.CONTENT
        if _WISHES not in folded and not _characters(names).issuperset(_NEVER_COURTEOUS.findall(folded)):
            return Weight.CONTENT
    bare = _MARKS.sub(" ", _BRACKETED.sub(" ", folded))
    bare = " ".join(_HYPHENS.sub(" ", bare).replace("’", "'").split())
    addressed = bare
    if any(name in bare for name in names):
        addressed = " ".join(_addresses(names).sub(" ", bare).split())
    if not addressed:
        return Weight.CONTENT if bare else Weight.COURTESY
    if not _BEGINS.match(addressed):
        return Weight.CONTENT
    found = next((weight for weight, pattern in _BY_WEIGHT if pattern.fullmatch(addressed)), Weight.CONTENT)
    return Weight.CONTENT if any(map(str.isdigit, bare)) else found


def is_searchable(text: str, role: Role, *, answers: bool, names: frozenset[str] = frozenset()) -> bool:
    """Whether somebody may look for this passage. `answers` tells that it stands in the answer to a question."""
    weight = weight_of(text, names)
    if weight is Weight.ASSENT:
        return answers or role not in {Role.ANALYST, Role.OPERATOR}
    return weight is Weight.CONTENT or (weight is Weight.NOD and answers)


def name_parts(names: frozenset[str]) -> frozenset[str]:
    """Return what people with these names are called: the names and their words; of Chinese ones the family name."""
    whole = {fold(name).strip() for name in names}
    words = {word for name in whole for word in re.split(r"[\s·]+", name) if len(word) > 1}
    families = {f"{name[0]}总" for name in whole if re.fullmatch(f"[{HAN}]{{2,3}}", name)}
    return frozenset(name for name in (*whole, *words, *families) if name)


def _phrase(*groups: tuple[str, ...]) -> str:
    latin = "|".join(phrase for group in groups for phrase in group if not re.search(f"[{HAN}]", phrase))
    han = "|".join(phrase for group in groups for phrase in group if re.search(f"[{HAN}]", phrase))
    return rf"(?:(?:{latin})(?![\w'-])|(?:{han}))"


def _sequence(*groups: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches phrases side by side. Each is atomic, so that matching takes no longer than reading."""
    return re.compile(rf"(?>{_phrase(*groups)}\s*)++")


_BY_WEIGHT = (
    (Weight.COURTESY, _sequence(_ENGLISH, _CHINESE)),
    (Weight.NOD, _sequence(_ENGLISH, _CHINESE, _NOD)),
    (Weight.ASSENT, _sequence(_ENGLISH, _CHINESE, _ASSENT, _NOD)),
)
_OPENS_A_NOTE = re.compile(r"[\[(【<]")
_DIGIT = re.compile("[0-9]")
_WISHES = "祝"
_COURTEOUS = "".join(
    sorted(set("".join((*_CHINESE, *_NOD, *_ASSENT, _HONORIFIC))) & set(map(chr, range(0x4E00, 0xA000))))
)
_NEVER_COURTEOUS = re.compile(f"(?![{_COURTEOUS}])[{HAN}]")
_BEGINS = re.compile(_phrase(_ENGLISH, _CHINESE, _ASSENT, _NOD))


@lru_cache(maxsize=64)
def _characters(names: frozenset[str]) -> frozenset[str]:
    return frozenset("".join(names))


@lru_cache(maxsize=64)
def _addresses(names: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the names, with an honorific behind those written in Chinese."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    latin = "|".join(re.escape(name) for name in longest_first if not re.search(f"[{HAN}]", name))
    han = "|".join(re.escape(name) for name in longest_first if re.search(f"[{HAN}]", name))
    parts = [rf"\b(?:(?:mr|ms|mrs|dr|miss)\s+)?(?:{latin})\b(?!')"] if latin else []
    parts += [rf"(?:{han}){_HONORIFIC}"] if han else []
    return re.compile("|".join(parts) or r"(?!)")
