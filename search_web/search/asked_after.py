"""Whether a question is after the questions of others: who asked it, whether anybody did, what somebody asked.

Such a question is looked for among what was asked, not among what was answered: whether an analyst asked about the
lease is told by the analyst. Works on folded text: small letters, half width, simplified characters.
"""

from __future__ import annotations

import re

from indexer.text.normalise import fold

_ASKERS = "(?:分析师|投资者|投资人|机构|券商|投行|股东|记者|媒体|人)"
_PEOPLE = (
    r"(?:(?:any|some)(?:body| ?one)|(?:any |some |an |the |other |of the )*"
    r"(?:analysts?|investors?|shareholders?|reporters?|people))"
)
_ASKED = r"(?:ask(?:s|ed|ing)?|raise[sd]?|inquire[sd]?|enquire[sd]?)"

_WHO = re.compile(
    rf"(?:谁|哪(?:一)?(?:位|个|家|些){_ASKERS}?)(?:在会上|在电话会上)?(?:都)?(?:提?问|提)(?:了|过|到|起|的|及)"
    rf"|\b(?:who|which (?:analysts?|banks?|brokers?|investors?|firms?)) (?:\w+ly )?{_ASKED}\b"
)
_WHETHER = re.compile(
    rf"(?:有没有|有无|是否有)(?:哪(?:位|个|家))?{_ASKERS}(?:在会上|在电话会上|曾经?|具体|都)*(?:追|提)?问"
    rf"|(?:没有|有)(?:哪(?:位|个|家))?{_ASKERS}(?:在会上|在电话会上|曾经?|具体|都)*(?:追|提)?问(?:了|过|到|起|及|关于|有关"
    rf"|(?=[^,。]{{2,40}}吗))"
    rf"|\b(?:did|has|have|does|do) {_PEOPLE} (?:\w+ly |ever |also )?{_ASKED}\b"
    r"|\b(?:was|were) (?:there )?(?:any |a )?questions? (?:asked |raised )?(?:on|about|around|regarding)\b"
)
_WHAT = re.compile(
    r"(?:提?问|追问)(?:了|的|过)?(?:些|是|都是|哪些|哪几个)*(?:什么|哪些|哪几个|啥)"
    r"|提(?:了|出|过)+(?:些|哪些|什么|哪几个|几个)+(?:样的)?问题|的(?:提问|追问)(?:是|有)(?:什么|哪些)"
    r"|\bwhat (?:question )?(?:did|does|has) [\w .’'&-]{2,60}? ask(?:ed)?\b"
    r"|\bwhat (?:was|were) [\w .’'&-]{2,60}?(?:['’]s?)? questions?\b"
)


def asks_after_questions(question: str) -> bool:
    """Tell whether a question is after what others asked: "谁问了…", "Did anybody ask about …", "What did Jo ask?"."""
    folded = " ".join(fold(question).split())
    return any(pattern.search(folded) for pattern in (_WHO, _WHETHER, _WHAT))
