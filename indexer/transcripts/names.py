"""What looks like a person's name, in Chinese and English.

Nothing here decides who somebody is; it tells shapes apart, so that a line can be taken for what it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.text.language import HAN
from indexer.transcripts.offices import TITLE_EN

# The commonest Chinese family names, simplified and traditional; they begin well over nine names in ten.
_FAMILY_NAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚"
    "卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康"
    "施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗"
    "谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜"
    "冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠"
    "荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭蔣餘葉蘇呂盧鐘鍾譚陸範賈"
    "韋鄒龍賀顧龔萬錢嚴湯龐顏莊聶魯嶽歐關蘭單塗駱藍車連麥婁竇衛羅於閆溫齊喬寧畢遊鮑華饒陽時農繆項蘆黨宮費欒遲"
    "荊盤厲厙臺鹹圖聖嬀媯庫惲曠晉曉樸權來愛矯祿種稅篤練緒膽膠脫羋蒼蔭萊薩蘄蟻襲詩諸譙貝貫賁資賞闢達郟鄲採欽鈄"
    "鎮門閃閉閭陰頓須顓鰲應閔鄔邊師榮叢鞏鄺談樂儲勞諶樓滿聞亓仉仝伏冮千厉厍句召台吾咸哈回图圣夙夷奉妫姒姝宇"
    "宓岱巢库底庹弓弋恽戈戎扈拓揭撒操敬斛旷昌晁晋晓晨暴朴权来杭杲枚格桓楮殳母毋毌汝汲沃沐沓泉洛洪浦淡渠湛源滑"
    "漆漕濮火烏焉爱牙牧狐狄玄玉琚琴生由甲疏益眭睦矫示祖禄禹种税竺笪笃粘糜納纳练绪羊羿翠耨肇胆胶脱舜色芈芮苍英"
    "茅茆茹荀荫莘莱菅萨葆蒯蒿蓬蔚蕲薄虎虢蚁表衣袭訾訣诗诸谯豆豹貊貟贝贯贲资赏赖赫起軒轩辜輔辟辥达迎逄逯遆邰邴"
    "邸郅郇郏郗郜郤郦郯郸鄂鄞酆酈采钦钭銀镇门闪闭闾阎阙阚阴隆隗雍雪零霜青靖顿须颛乜禤鬱鳌鹿黑默鼓賴閻藺簡紀"
    "鳳鐵彌闕闞代幸亢"
)
_COMPOUND_FAMILY_NAMES = (
    "欧阳|上官|司马|司徒|诸葛|夏侯|皇甫|东方|尉迟|公孙|慕容|令狐|独孤|端木|歐陽|司馬|諸葛|東方|尉遲|公孫"
    "|獨孤|长孙|長孫|宇文"
    "|山田|田中|佐藤|鈴木|铃木|高橋|高桥|伊藤|渡辺|渡边|渡邊|中村|小林|加藤|吉田|山本|松本|井上|木村|清水"
    "|山口|斎藤|齋藤|斋藤|早川|松田|中島|中岛"
    "|小川|前田|岡田|冈田|長谷川|长谷川|藤田|後藤|后藤|近藤|村上|遠藤|远藤|青木|坂本|西村|福田|太田|藤井"
    "|岡本|冈本|三浦|藤原|中野|原田|小野|竹内"
    "|钟离|鍾離|呼延|百里|东郭|南宫|南宮|轩辕|軒轅|鲜于|闻人|太史|澹台|澹臺|公冶|宗政|濮阳|淳于|单于|申屠"
    "|仲孙|公羊|拓跋|完颜|赫连|万俟"
)
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
    郑州 徐州 广州 盘面 盘后 满分 桂林 连云港 项目组 贺词 贺电 顾客 顾问 资本 资产 资金 资料 资讯 来源 来看
    权益 权重 生产 生意 长期 长远 长线 门店 门槛 起步 路演 车队 达成 达到 时效 由于 由此 须知 镇江 表示 表现
    采购 采访 玉米 种植 种类 税率 税务 税前 税后 益处 示例 英文 英伟达 青岛 高度 高速 高铁 黑色 黄牛 回答 回复
    回购 回款 图片 图表 火电 煤炭 集团 台湾 台灣 爱立信 班组 汽车 源头 祖国 敬请 隆重 隆基 操作 查找 暴露 晋级
    洛阳 滑坡 湛江 达标 默认 顿时 起因 迎来 逻辑 车间 解决 解决方案 长江 门户 须 贯穿 资质 资源 时值 時程 長期
    資料 資金 資本 資訊 來源 權益 生產 門市 稅率 車用 圖表 達成 貫穿 高層 連結 金額 溫度 蘋果 應用 簡報 賴以 單價
    代表 代理 代理商 代码 代碼 代价 代價 代工 代建 代销 代言人 代言 代谢 代謝 幸运 幸福 幸好 亢奋
"""
_COMPANY = re.compile(
    r"^..(?:股份|集团|集團|科技|控股|证券|證券|银行|銀行|基金|公司|电子|電子|医药|醫藥|能源|汽车|汽車|智能|生物)$"
)
_NO_NAMES = frozenset(_COMMON_WORDS.split())
_HONORIFIC = (
    r"(?:董事长|董事長|财务长|財務長|营运长|營運長|技术长|技術長|总经理|總經理|总监|总裁|总工|總監|總裁|总|總|董秘|董|先生|女士|小姐|博士|老师|老師|教授|主席|院长|院長|主任|委员"
    r"|委員|议员|議員|同学|同學"
    r"|[部处處科局署司次所校会會组組行厅廳市县縣]长|[部處局署司次所校會組行廳市縣科]長|理事长|理事長|执行长"
    r"|執行長|秘书长|秘書長|经理|經理"
    r"|记者|記者|律师|律師|医师|醫師|医生|醫生|顾问|顧問|专员|專員|专委|專委|分析师|分析師)"
)
_HAN_NAME = re.compile(
    rf"(?:{_COMPOUND_FAMILY_NAMES})[{HAN}]{{1,3}}|[{_FAMILY_NAMES}][{HAN}]{{1,2}}|[{_FAMILY_NAMES}]{{2}}[{HAN}]{{2}}"
)
LATIN_ADDRESS = re.compile(r"(?:Mr|Ms|Mrs|Miss|Dr|Prof)\.?\s+")
"""A form of address before a Latin name, as it is written."""
_HAN_ADDRESS = re.compile(
    rf"(?P<family>[{_FAMILY_NAMES}]|{_COMPOUND_FAMILY_NAMES})(?P<given>[{HAN}]{{0,3}}){_HONORIFIC}"
)
_TRANSLITERATION = re.compile(rf"[{HAN}]{{1,8}}(?:[·•・‧∙．][{HAN}A-Z.]{{1,10}})+")
_LONGEST_HAN_NAME = 30
_LONGEST_LATIN_NAME = 80
_NUMBERED = re.compile(
    r"(?:发言人|說話人|说话人|發言人|讲话人|嘉宾|嘉賓|受访者|受訪者|参会者|与会者|與會者|观众|觀眾|听众|听友"
    r"|学员|用户|男|女"
    r"|Speaker|Participant|Guest|Person|Voice|Unknown(?:\s+Speaker)?|Unidentified\s+Speaker"
    r"|Audience(?:\s+Member)?|Attendee|Interviewer"
    r"|SPEAKER_|S)\s*[#-]?\s*(?:\d{1,3}|[A-Z]|[一二三四五六七八九十]{1,2})"
    r"|(?:发言人|說話人|说话人|發言人|Speaker)",
    re.IGNORECASE,
)
_LATIN_WORD = r"(?:(?:[A-Z]\.){1,4}|(?:[dlD]['’])?[A-ZÀ-ÖØ-ÞŁŚŽČŠŞİĆŐŰ][\w'’\-]*\.?)"
_PARTICLE = (
    r"(?:d[aeiou]|dal|del|della|d[oa]s|van|von|der|den|te[rn]|l[ae]|l[oa]s|bin|bint|ibn|al|el|y|e|st\.|zu|a[fvp])"
)
_LATIN_NAME = re.compile(
    rf"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame|Lord)\.?\s+)?(?:{_PARTICLE}\s+)*{_LATIN_WORD}"
    rf"(?:\s+(?:{_LATIN_WORD}|{_PARTICLE}|[\"“(][A-Z][\w.'’\-]*[\"”)])){{0,4}}"
    r"(?:,?\s+(?:Jr|Sr|II|III|IV|CFA|CPA|MBA|PhD|Ph\.D|MD|M\.D|Esq)\.?)*"
)
_NO_FIRST_WORDS = re.compile(
    r"(?:Thank|Thanks|Yes|No|Okay|And|The|This|That|These|First|Second|Third|Finally|Next|So|But|We|Our|My"
    r"|In|For|With|On|Of"
    r"|Here|Also|Now|It|If|As|At|To|What|How|Why|When|Where|Who|Good|Great|Hello|Hi|Well|Right|Sure|Read"
    r"|More|All|Is|Are|Was"
    r"|Not|Only|Just|One|Two|Then|There|They|You|Your|From|By|Let|Please|Key|Risk|Total|Gross|Net|Versus"
    r"|Bottom|Top)\b"
)
_NO_LATIN_NAMES = re.compile(
    r"\b(?:Prepared|Remarks|Questions?|Answers?|Session|Presentation|Contents?|Call|Conference|Earnings"
    r"|Transcript|Quarter"
    r"|Quarterly|Annual|Results|Participants|Executives|Analysts|Duration|Disclaimer|Forward|Looking"
    r"|Statements?|Note|Notes"
    r"|Summary|Date|Time|Source|Image|Introduction|Overview|Outlook|Guidance|Agenda|Company|Corporate"
    r"|Revenues?|Income|Highlights?"
    r"|Copyright|Title|Ticker|Period|Location|Event|Host|Topic|Q[1-4]|FY\d*|URL|Email|Phone|Website|Market"
    r"|Financial|Business"
    r"|Review|Margins?|Sales|Cash|Flow|Growth|Cost|Costs|Profit|Operating|EBITDA|EPS|Assets|Debt|Capital"
    r"|Segment|Segments"
    r"|Strategy|Update|Updates|Risks?|Factors|Takeaways?|Conclusion|Appendix|Chapter|Section|Part|Figure"
    r"|Table|Step|Point"
    r"|Americas|Europe|Asia|China|Total|Products?|Services|Meeting|Minutes|Attendees|Action|Items?"
    r"|Decisions?|Thoughts?)\b"
)


@lru_cache(maxsize=4096)
def is_latin_name(text: str) -> bool:
    """Whether the text is written like a person's name in Latin script: capitalised words, at most five."""
    if (
        not 1 < len(text) < _LONGEST_LATIN_NAME
        or not _LATIN_NAME.fullmatch(text)
        or _NO_FIRST_WORDS.match(_cased(text))
    ):
        return False
    return not _NO_LATIN_NAMES.search(_cased(text)) and not TITLE_EN.search(text)


def is_word_of_business(text: str) -> bool:
    """Whether a Latin label has a word that no name has: Revenue, Guidance, First."""
    return bool(_NO_FIRST_WORDS.match(_cased(text)) or _NO_LATIN_NAMES.search(_cased(text)))


def is_full_latin_name(text: str) -> bool:
    """Whether it is a name of two words or more: a line of one word is too often something else."""
    return is_latin_name(text) and len(text.split()) > 1


def is_han_name(text: str) -> bool:
    """Whether the text is written like a Chinese name, a transliterated one, or a name with an honorific."""
    if len(text) > _LONGEST_HAN_NAME or text.isascii() or text in _NO_NAMES or _COMPANY.search(text):
        return False
    return bool(_HAN_NAME.fullmatch(text) or _HAN_ADDRESS.fullmatch(text) or _TRANSLITERATION.fullmatch(text))


def family_of_address(text: str) -> tuple[str, str] | None:
    """Return the family name and what is said of the given one in an address such as 张总 or 徐宏先生, or None."""
    match = None if text.isascii() else _HAN_ADDRESS.fullmatch(text)
    return (match["family"], match["given"]) if match else None


def is_numbered(text: str) -> bool:
    """Whether the text is the label of a speaker whom the source does not name: Speaker 1, 发言人2."""
    return bool(_NUMBERED.fullmatch(text))


def is_name(text: str) -> bool:
    """Whether the text is written like the name of a person or the label of a speaker."""
    return is_han_name(text) or is_latin_name(text) or is_numbered(text)


def _cased(text: str) -> str:
    return text.title() if text.isupper() else text
