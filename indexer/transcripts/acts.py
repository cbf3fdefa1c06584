"""What operators, hosts and closing speakers do with words: call for questions, hand over, close.

Patterns are matched against folded text (small letters, half width, simplified characters), a sentence at a time, as
people say these things at calls in New York, Hong Kong, mainland China and Taiwan. Nothing here looks at who speaks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.text.normalise import fold
from indexer.transcripts.courtesy import Weight, weight_of

_ORDINAL = r"(?:first|next|second|last|final|another|following|one more|one last)"
_THING = r"(?:questions?|callers?|questioner|analyst|participant)"
_ASKER_ZH = "(?:提问|问题|投资者|分析师|提问者|提问人|朋友|嘉宾|同学|老师|听众|网友|股东|记者)"
_ORDINAL_ZH = "(?:下一?|首|第一|第[二三四五六七八九十]|最后一|再来一|接下来一)(?:个|位|名|条|则|道|题)"
_PART_ZH = "(?:问答|提问|q ?& ?a|互动|答疑|自由提问|自由交流)"

# The questions begin.
_OPENS = re.compile(
    r"\bopen(?:ing)?\b(?: it)?(?: up)?(?: the| our| this)?(?: conference| phone)?(?: call| lines?| floor| session"
    r"| queue)?(?: up)?"
    r"(?: now)?(?: for| to)(?: any| your| some| further| analyst)* ?(?:questions?\b|q ?& ?a)"
    r"|\b(?:begin|start|commence|conduct|enter|proceed (?:to|with)|go to|move to|turn to|get to|ready for"
    r"|now)\b[^.?!]{0,25}"
    r"(?:\bq ?& ?a\b|question[- ]and[- ]answer|\b(?:your|the|any|for|to|with|some) questions\b)"
    r"|\b(?:take|taking|poll for|field|happy to (?:take|answer))(?: (?:your|any|some|a few|the|more|further"
    r"|analyst))* questions\b"
    f"|(?:进入|开始|开放|转入|来到|进行)(?:到|今天的|本次|下面的|我们的|了)*{_PART_ZH}"
    f"|(?:现在|下面|接下来|以下)(?:是|就是|为)?[^。?!]{{0,6}}(?:{_PART_ZH}|交流)(?:环节|时间|部分|阶段)"
    f"|{_PART_ZH}(?:环节)?(?:现在|正式)*开始"
    "|(?:欢迎|(?<![会邀])请)(?:各位|大家|投资者|分析师|有问题|有兴趣|在线|线上|现场)[^。?!]{0,12}(?:提问|发问|举手)"
    "|(?:回答|解答)[^。?!]{0,10}(?:大家|各位|投资者|分析师)[^。?!]{0,6}(?:问题|提问)"
)
_FIRST = re.compile(rf"\bfirst (?:question|caller)|(?:第一|首)(?:个|位|名)?{_ASKER_ZH}")
_LATER = re.compile(
    r"\b(?:after|following|later|then|finally|at the end|will be|there'?ll|followed|afterwards?|before|once)\b"
    "|之后|随后|稍后|结束后|完毕后|然后|最后|将会?(?!进入)|过后|届时"
)

# Somebody is called, or the next question is.
_CALLS_ASKER = re.compile(
    r"(?<!this )(?<!that )\bquestions?\b(?! of\b)[^.?!]{0,30}\b(?:from|line of)\b(?! (?:my|our|me|us)\b)"
    r"|\bgo(?:es)? (?:next "
    r"|now )?to\b[^.?!]{0,40}\b(?:line|with|from)\b"
    r"|\b(?:line|mic|microphone)\b[^.?!]{0,12}\b(?:is|are) (?:now )?(?:open|live|unmuted)"
    rf"|(?:下面|接下来|现在|首先|先|有|我们|那么|那|,|^)(?:有)?请[^。?!]{{1,25}}(?:提问|发问)"
    rf"|来自[^。?!]{{2,30}}(?:提问|请讲|请问|请说|请发言|您好|你好)"
    rf"|{_ORDINAL_ZH}{_ASKER_ZH}?[^。?!]{{0,4}}(?:来自|有请)|有请[^。?!]{{0,8}}来自|{_ORDINAL_ZH}(?:提问者|分析师"
    rf"|投资者|提问人|提问的)"
    f"|来自[^。?!]{{2,20}}的{_ASKER_ZH}[。!,]?$"
)
# What calls somebody in a short turn; a longer speech says it of anything.
_CALLS_SHORTLY = re.compile(
    rf"\bhas (?:the|our|your) (?:{_ORDINAL} )?question\b"
    r"|\b(?:first|next|last) up\b[^.?!]{0,30}\b(?:from|with|at)\b[^.?!]{0,40}\bis [a-z][\w'’-]+ [a-z]"
    r"|\bfrom (?!an?\b|the\b|our\b|my\b|this\b|that\b|what\b)[^.?!]{2,40}, we have\b"
    r"|\blet['’]?s try\b[^.?!]{2,50}\bfrom\b"
    r"|\bmov(?:e|ing) (?:on|over|now) to\b[^.?!]{0,30}\b(?:from|with|at)\b"
)
_CALLS_SHORTLY_ZH = re.compile(
    "(?:^|[,。!])(?:好的?|那么?|现在|而家|首先|谢谢[^,。!]{0,8}|多谢[^,。!]{0,8}|[, ]){0,3}"
    "(?:下一?|首|第一|第[二三四五六七八九十]|最后一|再来一|接下来一)位(?:提问者|分析师|投资者|朋友)?"
    "(?:是|系|为|,)[^,。?!]{2,25}[。!,]?$"
)
_SHORT_TURN = 500
# Nobody is called without one of these, and most of what is said has none: then it need not be folded. In letters
# other than these, anything may be folded to them.
_SIGNS_OF_A_CALL = (
    *("question", "go to", "goes to", "next to", "now to", "line", "mic", "请", "請", "来自", "來自"),
    *("first up", "next up", "last up", "we have", "let's try", "let’s try"),
    *(f"mov{ending} {way} to" for ending in ("e", "ing") for way in ("on", "over", "now")),
    *("提问", "提問", "分析师", "分析師", "投资者", "投資者", "一位", "首位", "第二位", "第三位", "第四位"),
)
_PLAIN = re.compile("[\x00-\x7f\u2010-\u2027\u3001-\u3029\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20]*")
_MOVES_ON = re.compile(
    rf"\b{_ORDINAL}(?: and (?:final|last))? {_THING}\b(?=[ ,]*(?:please|comes?|is from|is coming|is a follow|from"
    rf"|today|will|goes"
    r"|we have|in (?:the )?queue|on the line|[.!?]|$))"
    rf"|\b(?:take|have|get|move on to|moving on to|turn to|hear from|hand over to)\b[^.?!]{{0,15}}\b{_ORDINAL}\b"
    rf"|(?:有请|请|邀请|欢迎|进入|来看|来到|接听|连线|接入|接|转到|先看|切到|交给)[^。?!]{{0,8}}{_ORDINAL_ZH}"
    f"|^(?:好的?|谢谢|感谢|那|来|ok|[, ])*{_ORDINAL_ZH}{_ASKER_ZH}*[,。!]?(?:请|有请|谢谢)?[。!]?$"
)
_INVITES = re.compile(
    r"\bplease (?:go ahead|proceed|ask|unmute)|^(?:and |so |okay |great )*go ahead\b|\b(?:any|no) (?:other|further"
    r"|more|additional) questions?"
    r"|\boperator\b[^.?!]{0,40}\b(?:question|open|next|poll|instructions|over to|back to|please|could|can)"
    r"|\b(?:turn|hand|pass|give|back)\b[^.?!]{0,25}\b(?:operator|moderator)|\bquestion in (?:the )?queue"
    "|(?:^|,)请(?:您|你)?(?:提问|讲|说|发言|开始提问)[。!,]?$|(?:线路|麦克风|话筒)[^。?!]{0,6}(?:接通|打开|开放|开启"
    "|解除静音)"
    "|(?:是否还有|有没有|还有没有|有无)[^。?!]{0,8}(?:问题|提问)|还有(?:什么|其他|别的|更多)?(?:的)?(?:问题"
    "|提问)[吗么?]"
    "|(?:没有|暂无)(?:更多|其他|新的)[^。?!]{0,4}(?:问题|提问)|提问[^。?!]{0,6}(?:按|举手|拨)|请按(?:星号|井号|\\*)"
)
_ANSWERS = re.compile(
    r"\b(?:on|to|regarding|about|concerning|as (?:to|for)|answer\w*|respect to|terms of|for (?:your"
    r"|the))\b (?:\w+ ){0,2}?"
    rf"{_ORDINAL} (?:questions?|one)\b(?! (?:comes|is from"
    rf"|from))(?<!on to the next question)(?<!on to our next question)"
    r"|\bi(?:'ll| will|'d| can)? (?:take|answer|start|address)\b|\blet me (?:take|answer|start|address)\b"
    rf"|(?:关于|对于|至于|回答|解答|针对|您|你|刚才|他|她)[^。?!,]{{0,8}}{_ORDINAL_ZH}"
    rf"|{_ORDINAL_ZH}(?:问题|提问)[^。?!]{{0,6}}(?:是关于|我|就是|,)[^。?!]{{4}}|(?:由|请)[^。?!]{{1,14}}(?:回答|解答"
    rf"|答复|作答)"
)

# The questions or the call end.
_CALL = r"(?:call|conference|q ?& ?a|question|session|webcast|meeting|event|program|remarks|comments)"
_CALL_ZH = "(?:会议|电话会议?|业绩会|发布会|说明会|交流会|法说会|沟通会|路演|问答|提问|交流)"
_CLOSES = re.compile(
    rf"\bconclud\w+\b[^.?!]{{0,40}}\b(?:{_CALL}|today)\b|\b(?:end|ends|ended|close|closing|wrap(?:ping)? up|finish"
    rf"|adjourn)\b(?: up)?"
    rf"(?: of)?(?: today'?s| the| our| this| your)?(?: \w+){{0,2}} {_CALL}\b|\b(?:end|stop|close|wrap up"
    rf"|finish)(?: it)? (?:here|there)\b"
    r"|\b(?:that|this)(?: was| is|'s) (?:all (?:the time|the questions|we have|for today|from (?:us|our side))"
    r"|(?:our|the) (?:last|final) (?:question|one)\b(?! (?:is|comes|from|we)))"
    r"|\b(?:thank\w*|appreciate)\b[^.?!]{0,30}\b(?:join|participat|attending|listening|being (?:here|with)|dialing"
    r"|tuning|(?:your|their) time\b)"
    r"|\b(?:run|ran|running|out) (?:out )?of time\b|\b(?:can'?t|cannot|unable to|won'?t be able to) take (?:one|any"
    r"|your|more|further|other)\b"
    r"|\btop of the hour|\ball the (?:time|questions) we|\bno (?:further|more|other) questions|\b(?:now|please"
    r"|may) disconnect\b"
    r"|\bhave a (?:great|good|nice|wonderful|lovely)\b[^.?!]{0,15}\b(?:day|evening|weekend|afternoon|morning|night)"
    r"|\bgood ?bye\b"
    r"|\b(?:any|further|more|additional|other|follow-?up) questions?\b[^.?!]{0,60}\b(?:contact|reach out|email"
    r"|follow up with|investor relations"
    r"|ir team)\b"
    f"|(?:今天|今日|本次|本场|这次|此次)[^。?!]{{0,20}}(?:结束|为止|告一段落|散会)"
    f"|{_CALL_ZH}(?:环节)?[^。?!]{{0,10}}结束"
    f"|到此(?:结束|为止)|(?:今天|本次|环节|{_CALL_ZH})[^。?!]{{0,12}}到(?:这里|这儿|此)|^[^。?!]{{0,8}}就到(?:这里"
    f"|这儿|此)"
    "|(?:感谢|谢谢)(?:大家|各位|诸位|您)[^。?!]{0,20}(?:参与|参加|聆听|莅临|收听|出席|到来|收看|光临|时间)"
    "|时间(?:关系|有限|原因|到了|的?限制)|(?:期待|希望|盼)[^。?!]{0,20}(?:再见|再会|再聊|见面|相见|相聚|再次(?:交流"
    "|沟通))|下(?:个|一个?)?季度?再?见"
    "|再见|拜拜|(?:如果?|若)(?:您|大家|各位|投资者|有任何|还有|仍有|有其他"
    "|有更多)[^。?!]{0,16}问题[^。?!]{0,30}(?:联系|联络|沟通|邮件|致电)"
)
_SENTENCE = re.compile(r"[^.?!。;\n]*(?:[.?!。;](?!\s|$)[^.?!。;\n]*)*[.?!。;\n]*")


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[str, ...]:
    """Return the folded sentences of a text, roughly: enough to look at one after the other."""
    folded = fold(text).replace("。", "。\n")
    return tuple(piece for found in _SENTENCE.findall(folded) if (piece := found.strip()))


def opens_questions(text: str) -> bool:
    """Whether the text says that the questions begin now, and not after what comes first."""
    return any(_FIRST.search(piece) or (_OPENS.search(piece) and not _LATER.search(piece)) for piece in sentences(text))


def hands_over(text: str) -> bool:
    """Whether the text calls for the next question, or for the first, or asks whether there is another."""
    return any(map(_hands_over, sentences(text)))


@lru_cache(maxsize=2048)
def calls_an_asker(text: str) -> bool:
    """Whether the text calls a person to ask. Several stages ask this of the same turns."""
    if _PLAIN.fullmatch(text):
        lower = text.lower()
        if not any(sign in lower for sign in _SIGNS_OF_A_CALL):
            return False
    short = len(text) <= _SHORT_TURN
    return any(
        _CALLS_ASKER.search(piece) or (short and (_CALLS_SHORTLY.search(piece) or _CALLS_SHORTLY_ZH.search(piece)))
        for piece in sentences(text)
    )


def _hands_over(sentence: str) -> bool:
    acts = (_CALLS_ASKER, _CALLS_SHORTLY_ZH, _MOVES_ON, _INVITES, _OPENS)
    return any(act.search(sentence) for act in acts) and not _ANSWERS.search(sentence)


def moves_on(text: str) -> bool:
    """Whether the text turns to another question, and not back to the one that is open."""
    return any(_CALLS_ASKER.search(piece) or _MOVES_ON.search(piece) for piece in sentences(text))


def closes(text: str) -> bool:
    """Whether the text ends the questions or the call."""
    return any(_CLOSES.search(piece) for piece in sentences(text))


def closes_early(text: str) -> bool:
    """Whether the first half of a paragraph ends the call: what follows is farewell, not an answer."""
    pieces = sentences(text)
    length = 0
    for piece in pieces:
        if _CLOSES.search(piece):
            return True
        length += len(piece)
        if length * 2 > sum(map(len, pieces)):
            return False
    return False


def only_hands_over(text: str, names: frozenset[str] = frozenset()) -> bool:
    """Whether the text hands over or closes, and says nothing besides but courtesies to people of these names."""
    acts = False
    for piece in sentences(text):
        if _hands_over(piece) or _CLOSES.search(piece):
            acts = True
        elif weight_of(piece, names) is not Weight.COURTESY:
            return False
    return acts
