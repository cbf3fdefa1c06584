"""What looks like a person's name, a job title or a firm, in Chinese and English.

Nothing here decides who somebody is; it tells shapes apart, so that a line can be taken for what it is.
"""

from __future__ import annotations

import re

from indexer.text.language import HAN

# The commonest Chinese family names, simplified and traditional; they begin well over nine names in ten.
_FAMILY_NAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔"
    "伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙"
    "鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬"
    "师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻"
    "張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭蔣餘葉蘇呂盧鐘鍾譚陸範賈韋鄒龍賀顧龔萬錢嚴湯龐顏莊聶魯嶽歐關蘭單塗駱藍車連麥婁竇衛"
    "應閔鄔邊師榮叢鞏鄺談樂儲勞諶樓滿聞"
)
_COMPOUND_FAMILY_NAMES = "欧阳|上官|司马|司徒|诸葛|夏侯|皇甫|东方|尉迟|公孙|慕容|令狐|独孤|端木|歐陽|司馬|諸葛"
# Words that begin with the character of a family name and stand before a colon or on a line of their own.
_COMMON_WORDS = """
    谢谢 謝謝 高管 成本 方法 金额 时间 时候 关于 于是 安全 明天 明年 明确 向上 全年 全球 全部 全文
    全体 方面 方向 文章 文件 和平 应该 应用 原因 原文 原话 查询 满意 万一 华东 华南 华北 南方 明显
    商业 商品 官网 封面 解释 解读 包括 简介 简单 单位 管理层 管理 路演 左右 常见 易方达 乐观 楼主
    司机 任务 任何 何时 何况 何谓 何为 时长 时点 成果 成立 成员 高端 高层 白酒 石油 金融 黄金 马上
    钱包 房产 车型 安排 连续 项目 项下 施工 梅花 康复 温度 江苏 宁波 云南 关键 关注 向好 向下 谈到
    華東 關於 時間 應該 單位 成長 高階 原則 解讀 方針 路徑 连线 和解 和讯 明细 游戏 查看 相关 游客
    荣誉 符合 温馨提示 简体 房地产 白色家电 华尔街见闻 单季度 单季 全市场 全公司 全行业 金价
    文字实录 文字版 文本 全称 简称 管理層 文字 常用 易用 毛利 毛利率 武器 成都 路线 安徽 史上 时事
    计划 万科 任意 应对 应收 原创 原标题 官方 成交额 成交 车主 车企 车队 麦当劳 沙特 闻言 苏州 温州
    郑州 徐州 广州 盘面 盘后 满分 桂林 连云港 项目组 贺词 贺电 顾客 顾问
"""
_NO_NAMES = frozenset(_COMMON_WORDS.split())
_HONORIFIC = r"(?:总|总监|先生|女士|博士|老师|教授|总裁|董|總|小姐|部長|主席|院长|院長|主任|委員|议员|議員)"
_HAN_NAME = re.compile(
    rf"(?:{_COMPOUND_FAMILY_NAMES})[{HAN}]{{1,2}}|[{_FAMILY_NAMES}][{HAN}]{{1,2}}|[{_FAMILY_NAMES}]{{2}}[{HAN}]{{2}}"
)
_HAN_ADDRESS = re.compile(rf"(?:[{_FAMILY_NAMES}]|{_COMPOUND_FAMILY_NAMES})[{HAN}]{{0,3}}{_HONORIFIC}")
_TRANSLITERATION = re.compile(rf"[{HAN}]{{1,8}}(?:[·•・‧][{HAN}A-Z.]{{1,10}})+")
_NUMBERED = re.compile(
    r"(?:发言人|說話人|说话人|發言人|嘉宾|嘉賓|受访者|提问者|投资者|分析师|Speaker|Participant|Guest"
    r"|Analyst)\s*[0-9A-Z一二三四五六七八九十]{0,2}",
    re.IGNORECASE,
)
_LATIN_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w'’\-]*\.?)"
_PARTICLE = r"(?:de|da|del|della|di|dos|du|van|von|der|den|la|le|bin|al|el|ter|y|e)"
_LATIN_NAME = re.compile(
    rf"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir)\.?\s+)?{_LATIN_WORD}(?:\s+(?:{_LATIN_WORD}|{_PARTICLE}|\"[^\"]+\""
    rf"|\([A-Z][a-z]+\)))"
    r"{0,4}(?:,?\s+(?:Jr|Sr|II|III|IV|CFA|PhD|Ph\.D|MD|M\.D)\.?)*"
)
_NO_LATIN_NAMES = re.compile(
    r"\b(?:Prepared|Remarks|Questions?|Answers?|Session|Presentation|Contents?|Call|Conference|Earnings"
    r"|Transcript|Quarter|"
    r"Results|Participants|Executives|Analysts|Duration|Disclaimer|Forward|Looking|Statements?|Note"
    r"|Notes|Summary|Date|"
    r"Time|Source|Image|Introduction|Overview|Outlook|Guidance|Agenda|Company|Corporate|Thank|Thanks"
    r"|Yes|No|Okay|And|The|"
    r"This|That|First|Second|Third|Finally|Next|So|But|We|Our|In|For|With|On|Of|Revenue|Income"
    r"|Highlights?|Copyright|"
    r"Title|Ticker|Period|Location|Event|Host|Topic|Q[1-4]|FY\d*|URL|Email|Phone|Website|Here|Also|Now"
    r"|It|If|As|At|To|"
    r"What|How|Why|When|Where|Who|Good|Great|Hello|Hi|Well|Right|Sure|Read|More|All|Market|Financial"
    r"|Business|Review)\b"
)
_TITLE_ZH = re.compile(
    "首席|董事|总裁|總裁|主席|主管|经理|經理|总监|總監|负责人|負責人|创始人|創辦人|创办人|合伙人|秘书"
    "|董秘|代表|顾问|顧問|"
    "分析师|分析師|研究员|研究員|主任|部长|院长|教授|总经理|财务官|执行官|营运官|官$|投资者关系"
    "|投資人關係|发言人|律师|"
    "审计师|主持人|副总|会长|干事|組長|组长|工程师"
)
_TITLE_EN = re.compile(
    r"\b(?:Chief|Officer|President|Chair(?:man|woman|person)?|Director|Head|Manager|Vice|VP|SVP|EVP|CEO"
    r"|CFO|COO|CTO|CMO|"
    r"CIO|CSO|CRO|Treasurer|Secretary|Founder|Co-?Founder|Controller|Partner|Principal|Analyst|Counsel"
    r"|Investor Relations?|"
    r"IR|Relations|Executive|Advisor|Strategist|Economist|Scientist|Engineer|Moderator|Host|Associate)\b",
    re.IGNORECASE,
)
ANALYST_TITLE = re.compile(r"分析师|分析師|研究员|研究員|\bAnalysts?\b|Equity Research", re.IGNORECASE)
_FIRM_ZH = re.compile(
    r".{1,20}(?:集团|集團|公司|控股|股份|银行|銀行|证券|證券|资本|資本|基金|国际|國際|汽车|汽車|科技)"
)
_OFFICE_ZH = re.compile(
    "(?:联席|聯席|首席|董事|总裁|總裁|主席|执行|執行|高级|高級|资深|資深|副|联合|聯合|创始|創辦|创办"
    "|财务|財務|投资者关系|投資人關係|投资人关系|"
    "总经理|總經理|常务|独立|分析师|分析師|研究员|研究員|发言人|秘书|合伙人)"
)
_DASH = re.compile(r"\s+(?:--|[-–—])\s+")
_NOT_A_FIRM = frozenset({"公司", "本公司", "集团", "集團", "本集团", "股份", "科技", "分公司", "子公司"})


def is_latin_name(text: str) -> bool:
    """Whether the text is written like a person's name in Latin script: capitalised words, at most five."""
    return bool(_LATIN_NAME.fullmatch(text)) and not _NO_LATIN_NAMES.search(text) and not _TITLE_EN.search(text)


def is_full_latin_name(text: str) -> bool:
    """Whether it is a name of two words or more: a line of one word is too often something else."""
    return is_latin_name(text) and len(text.split()) > 1 and not text.isupper()


def is_han_name(text: str) -> bool:
    """Whether the text is written like a Chinese name, a transliterated one, or a name with an honorific."""
    if text in _NO_NAMES:
        return False
    return any(pattern.fullmatch(text) for pattern in (_HAN_NAME, _HAN_ADDRESS, _TRANSLITERATION))


def is_numbered(text: str) -> bool:
    """Whether the text is the label of a speaker whom the source does not name: Speaker 1, 发言人2."""
    return bool(_NUMBERED.fullmatch(text))


def is_name(text: str) -> bool:
    """Whether the text is written like the name of a person or the label of a speaker."""
    return is_han_name(text) or is_latin_name(text) or is_numbered(text)


def is_title(text: str) -> bool:
    """Whether the text holds a word for an office or a profession and does not read like a sentence."""
    return bool(_TITLE_ZH.search(text) or _TITLE_EN.search(text)) and not re.search(r"[。！？!?]|[a-z]\.\s*$", text)


def firm_of_title(title: str) -> str | None:
    """Return the firm that a title names, or None.

    Chinese titles open with it ("淘天集团董事兼首席执行官"); English ones part it from the office by a dash
    or a comma ("Goldman Sachs -- Analyst", "MediaTek, Investor Relations").
    """
    if re.search(f"[{HAN}]", title):
        return _chinese_firm(title)
    pieces = [piece.strip() for piece in _DASH.split(title) if piece.strip()]
    if len(pieces) == 1:
        pieces = [piece.strip() for piece in title.split(", ") if piece.strip()]
    firms = [piece for piece in pieces if not _TITLE_EN.search(piece)]
    is_first = bool(pieces) and firms[:1] == pieces[:1]
    return firms[0] if is_first and len(pieces) > 1 and len(firms) < len(pieces) else None


def _chinese_firm(title: str) -> str | None:
    office = _OFFICE_ZH.search(title)
    head = title[: office.start()] if office else title
    named = _FIRM_ZH.match(head)
    firm = named.group() if named else (head.strip(" ，,、") if office else "")
    return firm if len(firm) > 1 and firm not in _NOT_A_FIRM else None
