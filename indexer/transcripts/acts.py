"""What operators, hosts and closing speakers do with words: call for questions, hand over, read out, close.

Patterns are matched against folded text (small letters, half width, simplified characters), a sentence at a time, as
people say these things at calls in New York, Hong Kong, mainland China and Taiwan. Nothing here looks at who speaks.
"""

from __future__ import annotations

import re

from indexer.text.normalise import fold
from indexer.transcripts.courtesy import Weight, weight_of

_ORDINAL = r"(?:first|next|second|last|final|another|following|one more|one last)"
_ASKER_ZH = "(?:提问|问题|投资者|分析师|提问者|提问人|朋友|嘉宾|同学|老师|问|听众|网友|股东|记者)"
_ORDINAL_ZH = "(?:下一?|首|第一|第[二三四五六七八九十]|最后一|再来一|接下来一)(?:个|位|名|条|则|道|题)?"
_OPENING_EN = (
    r"\b(?:open|opening)\b[^.?!]{0,40}\b(?:to|for)\b[^.?!]{0,20}\b(?:questions?|q ?& ?a)"
    r"|\b(?:begin|start|commence|conduct|enter|proceed|go|move|turn|get|now|ready)\b[^.?!]{0,40}(?:\bq ?& ?a"
    r"|question[- ]and[- ]answer|\bquestions?\b)"
    r"|\b(?:take|taking|answer|address|poll for|field|have)\b[^.?!]{0,15}\bquestions\b"
    r"|\bquestion[- ]and[- ]answer (?:session|portion|part|period|segment)|\bq ?& ?a (?:session|portion|part)?"
)
_OPENING_ZH = (
    "(?:进入|开始|开放|转入|展开|来到|是|进行)[^。?!]{0,12}(?:问答|提问|q ?& ?a|互动|交流环节|答疑)"
    "|(?:问答|提问|q ?& ?a|互动|答疑)(?:环节|时间|部分|阶段)?(?:现在|正式)?(?:开始|开放)|(?:欢迎"
    "|请)[^。?!]{0,12}(?:提问|发问|举手)"
    "|(?:回答|解答)[^。?!]{0,10}(?:大家|各位|投资者|分析师)[^。?!]{0,6}(?:问题|提问)"
)
_LATER = re.compile(
    r"\b(?:after|following|later|then|finally|at the end|will be|there'?ll|followed|afterwards?|before|once)\b"
    "|之后|随后|稍后|结束后|完毕后|然后|最后|将会?(?!进入)|过后|届时|环节中"
)
_CALLS = re.compile(
    rf"\b{_ORDINAL}(?: and (?:final|last))? (?:questions?|callers?|questioner|analyst|participant)\b"
    r"|\bquestions?\b[^.?!]{0,30}\b(?:from|line of)\b|\bline of\b|\bgo(?:es)? to\b[^.?!]{0,40}\b(?:line|with|from|of"
    r"|at)\b"
    r"|\b(?:line|mic|microphone)\b[^.?!]{0,12}\b(?:is|are)\b[^.?!]{0,6}\b(?:now )?(?:open|live|unmuted)"
    r"|\bplease (?:go ahead|proceed|ask|unmute|state)|^(?:and |so |okay |great )*go ahead\b"
    rf"|\b(?:take|have|get|go to|move (?:on )?to|turn to|hear from)\b[^.?!]{{0,20}}\b{_ORDINAL}\b"
    r"|\b(?:any|no) (?:other|further|more|additional) questions?|\bother questions\b"
    r"|\boperator\b[^.?!]{0,40}\b(?:question|open|next|poll|instructions|over to|back to|please|could|can)"
    r"|\b(?:turn|hand|pass|give|back)\b[^.?!]{0,25}\b(?:operator|moderator)"
    rf"|(?:有请|请|邀请|欢迎|进入|来看|来到|接听|连线|接入|转到|开放|先看|切到|交给)[^。?!]{{0,12}}{_ORDINAL_ZH}"
    rf"|{_ORDINAL_ZH}{_ASKER_ZH}(?:者|人)?[^。?!]{{0,4}}(?:来自|是来自|有请|请|由|[,:]?$)"
    rf"|{_ORDINAL_ZH}[^。?!]{{0,4}}[,:]?(?:来自|有请)"
    rf"|来自[^。?!]{{2,30}}(?:提问|请讲|请问|请说|请发言|您好|你好|{_ASKER_ZH}[^。?!]{{0,8}}$)"
    "|(?:有请|邀请)[^。?!]{1,30}(?:提问|发问|发言)?$|请(?:您|你)?(?:提问|讲|说|发言|开始提问)[。!,]?$"
    "|请[^。?!]{1,20}(?:提问|发问)"
    "|(?:线路|麦克风|话筒|麦)[^。?!]{0,6}(?:接通|打开|开放|开启|解除静音)"
    "|(?:还有|是否还有|有没有|有无)[^。?!]{0,8}(?:问题|提问)|(?:没有|暂无)(?:更多|其他|新的)[^。?!]{0,4}(?:问题|提问)"
    "|有问题[^。?!]{0,6}请"
)
_OPENS = re.compile(f"{_OPENING_EN}|{_OPENING_ZH}")
_ANSWERS = re.compile(
    rf"\b(?:on|regarding|about|concerning|as (?:to|for)|answer\w*|respect to|terms of|your|his"
    rf"|her)\b[^.?!]{{0,15}}\b{_ORDINAL} questions?\b"
    rf"|(?:关于|对于|至于|回答|解答|针对|您|你|刚才|他|她)[^。?!]{{0,8}}{_ORDINAL_ZH}|{_ORDINAL_ZH}(?:问题"
    rf"|提问)[^。?!]{{0,6}}(?:是关于|我|就是|,)[^。?!]{{4}}"
)
_FIRST = re.compile(r"\bfirst (?:question|caller)|(?:第一|首)(?:个|位|名)?(?:提问|问题|投资者|分析师|提问者)")
_CLOSES = re.compile(
    r"\b(?:conclud\w+|end(?:s|ed|ing)?|wrap(?:s|ping|ped)? up|clos(?:e|es|ed|ing)|finish(?:es|ed)?"
    r"|adjourn\w*)\b[^.?!]{0,40}"
    r"\b(?:call|conference|q ?& ?a|question|session|webcast|meeting|event|program|today|remarks|comments|words)\b"
    r"|\b(?:that|this|it)(?: was| is|'s) (?:all|our last|the last|our final|the final)\b(?! question (?:is|comes|from"
    r"|we))"
    r"|\bthank\w*\b[^.?!]{0,40}\bfor\b[^.?!]{0,30}\b(?:join|participat|attend(?!ant)|listening|being (?:here|with)"
    r"|time|interest|support"
    r"|dialing|tuning)"
    r"|\b(?:run|ran|running|out) (?:out )?of time\b|\b(?:can'?t|cannot|unable to|won'?t be able to) take\b"
    r"|\btop of the hour|\ball the (?:time|questions) we|\bno (?:further|more|other) questions|\bdisconnect\b"
    r"|\bhave a (?:great|good|nice|wonderful|lovely)\b[^.?!]{0,15}\b(?:day|evening|weekend|afternoon|morning|night)"
    r"|\bgood ?bye\b"
    r"|\bquestions?\b[^.?!]{0,60}\b(?:contact|reach out|email|follow up with|investor relations|ir team)\b"
    "|(?:会议?|业绩会|发布会|说明会|电话会议?|交流会?|法说会|问答|提问|活动|今天|环节|直播)[^。?!]{0,15}(?:结束|为止"
    "|告一段落|散会|尾声)"
    "|到此(?:结束|为止)|就?到(?:这里|这儿|此)(?:了|吧|结束)?[。!,]?$"
    "|(?:感谢|谢谢)[^。?!]{0,25}(?:参与|参加|关注|支持|时间|聆听|莅临|收听|出席|到来|收看|光临)"
    "|(?:时间关系|时间有限|时间原因|时间到了|因时间|由于时间)|(?:期待|希望)[^。?!]{0,20}(?:再见|再会|再聊|见面|再次"
    "|下次|下个季度|下一季)"
    "|再见|拜拜|如(?:果|有)?[^。?!]{0,14}问题[^。?!]{0,30}(?:联系|联络|沟通|邮件|致电)|(?:挂断|断开)"
)
_READS_OUT = re.compile(
    r"\bquestions?\b[^.?!]{0,40}\b(?:web(?:cast|site)?|chat|online|internet|e-?mail|q ?& ?a (?:box|chat|tool|panel)"
    r"|app|platform|portal"
    r"|audience|floor|written|submitted|investors?|shareholders?|retail)\b"
    r"|\b(?:written|submitted|emailed|web|webcast|online|pre-submitted|retail)\b[^.?!]{0,20}\bquestions?\b"
    r"|\b(?:investors?|shareholders?|someone|somebody|participants?|he|she|they) (?:is |are |also )?(?:asks?|asking"
    r"|writes?|wrote)\b"
    "|(?:来自|通过)?(?:网络|网上|线上|互联网|互动平台|直播间|聊天区|后台|文字|书面|邮件|网站|路演中心|上证|深交所"
    "|平台|提前征集|会前)"
    "[^。?!]{0,16}(?:提问|问题|留言|问)|(?:投资者|网友|股东|听众|观众|媒体|有人|用户|股民)[^。?!]{0,8}(?:提问|问到"
    "|问道|想问|想了解|关心|提到|询问|留言|问)"
)
_INTERROGATIVE = re.compile(
    r"\?|请问|想问|想请教|请教|想了解|想知道|能否|能不能|可否|是否|怎么看|怎样|如何|为什么|为何|什么|多少|哪些|哪个"
    r"|吗(?:[。,!]|$)|呢(?:[。,!]|$)"
    r"|\b(?:my|the|a|two|three|one|couple of|our|quick|follow-?up|second|first|other)\b[^.?!]{0,12}\bquestions? (?:is"
    r"|are|was|on|about|around|for"
    r"|relates?|regarding|would)\b"
    r"|\b(?:wondering|curious|want(?:ed)? to (?:ask|know|understand|clarify|check|follow up)|could you|can you"
    r"|would you|how (?:do|should|much|many"
    r"|are|is|will)|what (?:is|are|do|does|will|would|'s)|if you (?:could|can))\b"
)
_ROUTES = re.compile(
    r"\b(?:take|answer|address|respond|comment|handle|start|go first)\b[^.?!]{0,20}(?:\?|$)|\bover to you"
    r"|\bto answer\b"
    "|(?:请|有请|由|交给|转给|麻烦)[^。?!]{0,14}(?:回答|解答|答复|作答|补充|回应|来答)"
)
_TRANSLATES = re.compile(r"\b(?:translat|interpret)\w*\b|翻译|口译")
_ASIDE = re.compile(
    r"\b(?:hear|mute|line|mic|audio|any (?:other|further|more))\b|听得?[到见清]|静音|还有[^。]{0,8}问题"
    r"|有没有[^。]{0,8}问题"
)
_CALLS_ASKER = re.compile(
    r"\bquestions?\b[^.?!]{0,40}\bfrom\b|\bline of\b|\b(?:line|mic)\b[^.?!]{0,12}\bis (?:now )?(?:open|live|unmuted)"
    rf"|来自[^。?!]{{2,30}}|(?:有请|请)[^。?!]{{0,20}}(?:提问|发问)|{_ORDINAL_ZH}(?:提问者|分析师|投资者|提问人)"
)
_SENTENCE = re.compile(r"[^.?!。;\n]*(?:[.?!。;](?!\s|$)[^.?!。;\n]*)*[.?!。;\n]*")
_ANSWERED = re.compile(
    r"\bquestions?\b[^.?!]{0,20}\b(?:(?:has|have|had) (?:already )?been|was|were|got) (?:asked|answered|addressed"
    r"|covered)|问题已经?[^。]{0,8}(?:问|答)"
)


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


def calls_an_asker(text: str) -> bool:
    """Whether the text calls a person to ask."""
    return any(_CALLS_ASKER.search(piece) for piece in sentences(text))


def _hands_over(sentence: str) -> bool:
    return bool(_CALLS.search(sentence) or _OPENS.search(sentence)) and not _ANSWERS.search(sentence)


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


def asks(text: str) -> bool:
    """Whether the text puts a question that is about something, not only whether one is heard."""
    return any(_INTERROGATIVE.search(piece) and not _ASIDE.search(piece) for piece in sentences(text))


def reads_out(text: str) -> bool:
    """Whether the text says that somebody who is not on the line has asked."""
    return any(_READS_OUT.search(piece) for piece in sentences(text))


def routes(text: str) -> bool:
    """Whether the text asks somebody to take the question."""
    return any(_ROUTES.search(piece) for piece in sentences(text))


def translates(text: str) -> bool:
    """Whether the text announces a translation."""
    return any(_TRANSLATES.search(piece) for piece in sentences(text)[:2])


def is_answered_already(text: str) -> bool:
    """Whether an asker says that there is nothing left to ask."""
    return bool(_ANSWERED.search(fold(text)))


def only_hands_over(text: str) -> bool:
    """Whether the text hands over or closes, and says nothing besides but courtesies."""
    pieces = sentences(text)
    acts = [bool(_hands_over(piece) or _CLOSES.search(piece)) for piece in pieces]
    return any(acts) and all(
        act or weight_of(piece) is Weight.COURTESY for piece, act in zip(pieces, acts, strict=True)
    )
