"""The names under which exports keep things, and the first value that a record has under one of them.

Names are compared without case, blanks, hyphens and underscores: speakerName, speaker_name and "Speaker Name" are one.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Record = dict[str, Any]
"""An object of a JSON file, or a row of a table under its header."""

_DEEPEST = 40
_NOTHING: tuple[object, ...] = (None, "", [], {})
_SEPARATORS = re.compile(r"[\s_\-./]+")

TEXT = (
    "text", "txt", "content", "transcript", "body", "utterance", "paragraph", "paragraphs", "speech", "statement",
    "sentence", "sentences", "said", "remark", "remarks", "dialogue", "message", "caption", "line", "onebest",
    "finalsentence", "elements", "terms", "blocks", "words", "发言内容", "内容", "發言內容", "內容", "文本", "文字",
    "原文", "发言",
    "讲话内容", "转写", "转写文本", "转写内容", "识别结果", "句子", "段落",
)  # fmt: skip
"""What was said."""

BODY = (
    "content", "transcript", "text", "body", "fulltext", "transcripttext", "rawtext", "articlebody", "preparedremarks",
    "questionsandanswers", "内容", "正文", "全文", "文本", "原文", "会议内容", "转写文本",
)  # fmt: skip
"""All that was said, in one text."""

WORD = ("punctuatedword", "text", "word", "value", "content", "w", "contents", "sentence", "transcript", "words")
"""The words of a piece of an utterance."""

SPEAKER_OBJECT = ("speakerinfo", "speaker", "participant", "additions")
"""Objects that say who speaks, and that are there for that alone."""

PERSON_OBJECT = ("user", "author", "from", "person", "who", "by")
SPEAKER = (
    "speakername", "displayname", "username", "发言人", "说话人", "讲话人", "讲者", "发言者", "發言人", "說話人",
    "姓名", "嘉宾", "发言人姓名", "speaker", "who", "from", "author", "participant", "name", "fullname", "speakerlabel",
    "speakerid", "personname", "speakertag", "spkid", "spk", "角色名",
)  # fmt: skip
"""Who said it, the telling names before mere numbers."""

PERSON_NAME = (
    "name",
    "fullname",
    "speakername",
    "displayname",
    "username",
    "speaker",
    "姓名",
    "名字",
    "发言人",
    "说话人",
)
PERSON_ID = ("id", "speakerid", "speakerlabel", "label", "spk", "speaker", "userid", "key")
PERSON_KIND = ("speakertype", "speakertypename", "participanttype")
PERSON_TITLE = (
    "title", "jobtitle", "position", "designation", "role", "speakertitle", "speakerrole", "function", "职务", "职位",
    "头衔", "職務", "職稱", "职称", "角色", "身份", *PERSON_KIND,
)  # fmt: skip
PERSON_FIRM = (
    "affiliation", "firm", "company", "companyname", "organization", "organisation", "institution", "employer", "org",
    "机构", "单位", "公司", "所属机构", "機構", "單位",
)  # fmt: skip
PERSON_OTHER_NAMES = ("othernames", "aliases", "alias", "别名", "英文名")

PEOPLE = (
    "participants",
    "attendees",
    "people",
    "speakers",
    "callparticipants",
    "参会人",
    "与会人",
    "参会人员",
    "与会人员",
)

START = (
    "start", "starttime", "startms", "begin", "begintime", "beginms", "bg", "starts", "startoffset", "ts", "timestamp",
    "time", "offset", "timecode", "t0", "from", "开始时间", "开始", "起始时间", "时间", "时间戳", "時間",
)  # fmt: skip
END = (
    "end",
    "endtime",
    "endms",
    "stop",
    "stoptime",
    "ed",
    "endts",
    "endoffset",
    "t1",
    "to",
    "结束时间",
    "结束",
    "結束時間",
)
DURATION = ("duration", "dur", "length", "durationms", "时长")

SECTION = (
    "componenttypename",
    "componenttype",
    "section",
    "sectionname",
    "part",
    "session",
    "sectiontype",
    "环节",
    "部分",
    "阶段",
    "環節",
)
STATEMENT = (
    "statementtype",
    "type",
    "turntype",
    "speechtype",
    "utterancetype",
    "kind",
    "componenttypename",
    "componenttype",
    "question",
    "isquestion",
    "类型",
)

TITLE = (
    "title", "calltitle", "eventtitle", "headline", "meetingtitle", "topic", "subject", "标题", "標題", "会议标题",
    "会议主题", "会议名称", "主题", "會議主題", "文件名",
)  # fmt: skip
COMPANY = ("company", "companyname", "issuer", "organization", "公司", "公司名称", "公司名稱", "企业")
TICKER = ("ticker", "symbol", "stockcode", "tickersymbol", "股票代码", "证券代码", "股份代号", "股票代碼", "代码")
DATE = (
    "date", "calldate", "eventdate", "meetingdate", "conferencedate", "earningsdate", "datetime", "calldatetime",
    "eventdatetime", "calltime", "startdate", "meetingstarttime", "conferencedatetime", "日期", "会议日期", "会议时间",
    "召开时间", "會議日期", "開會日期",
)  # fmt: skip
PERIOD = ("period", "fiscalperiod", "reportingperiod", "quarter", "fiscalquarter", "期间", "报告期", "财季", "季度")
QUARTER = (
    "quarter",
    "fiscalquarter",
    "fiscalperiodqtr",
    "fiscalperiodquarter",
    "qtr",
    "period",
    "fiscalperiod",
    "季度",
)
YEAR = ("year", "fiscalyear", "fiscalperiodyear", "年份", "年度", "财年")
PERIOD_END = ("periodend", "periodending", "fiscalperiodend", "fiscaldateending", "quarterend", "截止日期")
LANGUAGE = ("language", "lang", "languagecode", "locale", "语言", "語言")
TRANSCRIPT_ID = ("tid", "transcriptid", "callid", "eventid", "cid", "meetingid", "conferenceid", "docid", "会议id")

METADATA = ("metadata", "meta", "event", "call", "meeting", "info", "header", "data", "result", "results", "会议信息")
"""Objects that hold what a file says of the call as a whole."""

UNATTRIBUTED = (
    "segments", "chunks", "utterances", "paragraphs", "transcript", "captions", "subtitles", "sentences", "transcripts",
    "results", "cues", "monologues", "alternatives", "段落", "句子",
)  # fmt: skip
"""Lists whose texts are speech although no record says whose."""

WORD_LISTS = frozenset({"words", "tokens", "wordsegments", "terms", "characters", "ws", "elements"})
"""Lists of the pieces of utterances, which stand as a whole elsewhere."""


PART_NAME = ("section", "name", "title", "heading", "type", "环节", "部分", "标题", "名称")
"""How an object that holds a part of the call names the part."""

NO_SPEECH = frozenset(
    {"comments", "highlights", "summary", "summaries", "notes", "chat", "messages", "reviews", "annotations",
     "actionitems", "bookmarks", "keywords", "chapters", "评论", "摘要", "纪要", "待办", "要点"}
)  # fmt: skip
"""Lists beside a transcript that are about it."""


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """Return a key as it is compared."""
    return _SEPARATORS.sub("", key).casefold()


def plainly(value: Any, depth: int = 0) -> Any:  # noqa: ANN401 - JSON holds anything.
    """Return a JSON value with its keys as they are compared; of two equal ones the first that holds something stays.

    What is nested more deeply than any transcript is left out.
    """
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return [plainly(item, depth + 1) for item in value]
    if isinstance(value, str) and value.startswith("[{") and isinstance(within := _within(value), list):
        return plainly(within, depth + 1)
    if not isinstance(value, dict):
        return value
    record: Record = {}
    for key, item in value.items():
        name = plain(str(key))
        if record.get(name) in _NOTHING:
            record[name] = plainly(item, depth + 1)
    return record


def _within(text: str) -> Any:  # noqa: ANN401 - as above.
    """Return the JSON that a text is, as some services put it into their answers, or the text."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, list) and value and isinstance(value[0], dict) else text


def first(record: Mapping[str, Any], keys: Sequence[str]) -> Any:  # noqa: ANN401 - as above.
    """Return the value under the first of the keys that the record has and that is not empty, or None."""
    return next((record[key] for key in keys if key in record and record[key] not in _NOTHING), None)


def key_of(record: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    """Return the first of the keys that the record has; its value may be empty."""
    return next((key for key in keys if key in record), None)
