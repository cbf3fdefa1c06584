"""Words before a colon, or alone on a line, that introduce no speaker."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.text.language import HAN
from indexer.transcripts.names import is_word_of_business

_NO_LABEL = re.compile(
    r"(?:foot)?notes?|n\.?b|sources?|disclaimers?|examples?|e\.g|i\.e|warning|caution|tips?|updates?"
    r"|edit(?:ed|or)?|dates?|time|duration"
    r"|location|place|venue|subject|topics?|title|agenda|links?|url|website|e-?mail|tel|telephone|phone|fax"
    r"|contacts?|re|cc|to|from|p\.?s"
    r"|chapters?|summary|conclusions?|key ?words|tags?|authors?|published|posted|transcript|transcribed by"
    r"|transcription|recorded|images?"
    r"|photos?|videos?|audio|figure|table|exhibit|slides?|steps?|options?|first|second|third|fourth|finally"
    r"|next|total|results?|reasons?"
    r"|problems?|solutions?|pros|cons|risks?|catalysts?|highlights?|takeaways?|key takeaways|action items?"
    r"|decisions?|next steps|participants"
    r"|attendees|speakers?|language|format|version|company|ticker|symbol|period|quarter|remember|importantly"
    r"|instead|meaning|namely|plus"
    r"|one|two|three|here|today|again|look|(?-i:so|So)|and|but|or|now|yes|no|https?|www.*|references?"
    r"|operator instructions|call participants|contents?|stocks mentioned"
    r"|nasdaq(?:gs|gm|cm)?|nyse(?:american| american)?|amex|otc(?:qx|qb|mkts)?|lse|asx|tsxv?|sgx|hkex|sehk"
    r"|hkse|twse|tpex|szse"
    r"|注意?|备注|備註|附注|附註|说明|說明|提示|.{0,4}提示|(?:资料|数据|图片|信息|文章)?来源|(?:資料"
    r"|圖片)?來源|出处|声明|免责声明|警语|警語|编者按|摘要|要点|要點"
    r"|总结|總結|结论|結論|小结|关键词|關鍵詞|标签|標籤|作者|(?:责任|文字)?编辑|(?:責任)?編輯|責編|责编|撰文|日期|时间|時間"
    r"|.{0,4}(?:时间|時間|地点|地點|日期|形式|方式|主题|主題|名称|名稱)"
    r"|地点|地點|标题|標題|议题|議題|议程|議程|链接|連結|网址|網址|电话|電話|邮箱|传真|联系人|聯絡人|附件|附"
    r"|例如|比如|比如说|比如說|譬如|举例|舉例|举个例子|即"
    r"|也就是说|也就是說|换句话说|換句話說|首先|其次|再次|再者|最后|最後|另外|此外|同时|原因|结果|結果|目标"
    r"|目標|优点|缺点|风险|風險|亮点|亮點|背景|记录人|記錄人"
    r"|记录|整理|校对|证券(?:代码|简称)|股票代码|股份代號|公告编号|编号|答案|重点|重點|关键|關鍵|更正|补充"
    r"|補充|图|表|参考|參考|结语|引言|前言|正文|目录|目錄"
    r"|.*(?:实录|實錄|纪要|紀要|逐字稿|电话会议?|電話會議?|业绩会|業績會|说明会|說明會|发布会|發布會|财报"
    r"|財報|公告|业绩|業績|transcript|minutes|earnings call|results)"
    r"|(?:参会|出席|与会|主要|接待|參會|出席).{0,6}(?:人员|人員|名单|名單|姓名|嘉宾)?|.{0,6}(?:名单|名單"
    r"|单位名称)|以下|如下|其中",
    re.IGNORECASE,
)
_NUMBER = r"[一二三四五六七八九十百\d]{1,4}"
_ORDINAL = re.compile(
    rf"第\s*{_NUMBER}.{{0,8}}|[（(]?{_NUMBER}\s*[、.．)）].{{0,20}}|{_NUMBER}(?:是|来|來|方面|则|則)?"
    rf"|其[一二三四五]|[①-⑳].*"
    r"|(?:point|part|step|number|item|chapter|section|option|phase|scenario)\s+(?:\d+|one|two|three|four"
    r"|five)|[IVX]+\.?",
    re.IGNORECASE,
)
_FUNCTION_HAN = frozenset(
    "的是了我你您他她它们們這那这哪有在和与與就也都要让讓说說把被给給但而因为為以如果吗嗎呢吧啊请請其比對对于於从從到最很更还還不没沒将將可能想看做每"
)
_FUNCTION_ENGLISH = re.compile(
    r"\b(?:the|a|an|is|are|was|were|of|to|in|on|and|or|for|with|our|we|i|you|it|this|that|what|so|as|at|by"
    r"|be|my|your|is)\b",
    re.IGNORECASE,
)
_LONGEST_HAN = 12
_LONGEST_POST = 18
_MOST_WORDS = 4
_POST = re.compile(
    rf"[{HAN}A-Za-z\d ]*(?:司|處|处|局|部|署|室|科|組|组|公会|公會|协会|協會|学会|委员会|委員會|院|所|廳|厅"
    rf"|長|长|監|监|員|员|师|師|生|者|方|人|老师|老師|同学|同學|委员|先生|女士"
    r"|总|總|秘|办|辦|中心|公司|集团|集團|银行|銀行|证券|證券|基金|资本|資本|代表|提问|提問|观众|觀眾|听众"
    r"|聽眾|小姐|教授|博士|主任|姐|哥|爷|叔)"
    r"\s*[A-Za-z\d一二三四五六七八九十]{0,3}"
)
_HANDLE = re.compile(r"[\w.]+[-_][\w.\-]+|[A-Za-z]+\d+")


@lru_cache(maxsize=4096)
def is_no_label(label: str) -> bool:
    """Whether a label is one of the words that stand before a colon in any text, or a number in a list."""
    bare = label.strip(" \t()（）[]【】*_.")
    return not bare or bool(_NO_LABEL.fullmatch(bare)) or bool(_ORDINAL.fullmatch(bare))


def is_plausible_label(label: str) -> bool:
    """Whether a label that looks like no name may be one all the same: short, without the words of a sentence."""
    if re.search(f"[{HAN}]", label):
        longest = _LONGEST_POST if names_a_post(label) else _LONGEST_HAN
        return len(label) <= longest and not set(label) & _FUNCTION_HAN
    words = label.split()
    if not 0 < len(words) <= _MOST_WORDS or _FUNCTION_ENGLISH.search(label) or is_word_of_business(label):
        return False
    return len(words) == 1 or not any(word.isalpha() and word.islower() for word in words)


def names_a_post(label: str) -> bool:
    """Whether a label ends like a post, an office or a way to address somebody (学生1何同学, 财务司, 老王总).

    In Latin script it is the name of a user: ana-lee, user12.
    """
    return bool(_POST.fullmatch(label) if re.search(f"[{HAN}]", label) else _HANDLE.fullmatch(label))
