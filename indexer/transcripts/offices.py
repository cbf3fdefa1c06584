"""What looks like a job title, and the firm that a title names, in Chinese and English."""

from __future__ import annotations

import re

from indexer.text.language import HAN

TITLE_ZH = re.compile(
    "首席|董事|总裁|總裁|主席|主管|经理|經理|总监|總監|负责人|負責人|创始人|創辦人|创办人|合伙人|秘书|秘書"
    "|董秘|代表|顾问|顧問|分析师|分析師|研究员|研究員|主任|部长|部長|院长|院長|教授|财务官|執行長|財務長"
    "|执行官|营运官"
    "|(?<![银銀])行[长長](?!期)|官$|投资者关系|投資人關係|投資者關係|发言人|發言人|律师|律師|审计师|審計師|主持人|副总|副總|会长|會長"
    "|干事|組長|组长"
    "|工程师|工程師|总工|證代|证代|证券事务|董办"
)
TITLE_EN = re.compile(
    r"(?<![A-Za-z])(?:Chief|Officer|President|Chair(?:man|woman|person)?|Director|Head|Manager|Vice|VP|SVP"
    r"|EVP|CEO|CFO|COO|CTO"
    r"|CMO|CIO|CSO|CRO|CPO|CHRO|Treasurer|Secretary|Founder|Co-?Founder|Controller|Partner|Principal|Analyst|Counsel"
    r"|Investor Relations?|IR|Relations|Executive|Advisor|Adviser|Strategist|Economist|Scientist|Engineer|Moderator"
    r"|Host|Associate|General Manager|GM|Geschäftsführer|Superintendent|Governor|Minister)(?![A-Za-z])",
    re.IGNORECASE,
)
ANALYST_TITLE = re.compile(
    r"分析师|分析師|研究员|研究員|(?<![A-Za-z])Analysts?(?![A-Za-z])|Equity Research|\bResearch Division\b",
    re.IGNORECASE,
)
_FIRM_ZH = re.compile(
    r".{1,20}(?:集团|集團|公司|控股|股份|银行|銀行|证券|證券|资本|資本|基金|国际|國際|汽车|汽車|科技|資管"
    r"|资管|保险|投資|投资)"
)
_OFFICE_ZH = re.compile(
    "(?:联席|聯席|首席|董事|总裁|總裁|主席|执行|執行|高级|高級|资深|資深|副|联合|聯合|创始|創辦|创办"
    "|财务|財務|投资者关系|投資人關係|投资人关系|总经理|總經理|常务|独立|分析师|分析師|研究员|研究員|发言人"
    "|秘书|合伙人)"
)
_BROKER = re.compile(
    r"证券|證券|资本|資本|基金|银行|銀行|资管|資管|保险|投行|投资|投資|研究|信托|中金|高盛|摩根|瑞银|瑞銀"
    r"|花旗|美银|美銀|汇丰|滙豐"
    r"|野村|大和|里昂|杰富瑞|巴克莱|德意志|瑞信|瑞穗|麦格理|星展|海通|国泰|招商|华泰|广发|申万|中信|国君"
    r"|兴业|浙商|东方|光大|长江|投顾|投顧|投信|大摩|小摩|美林|法巴|國泰|華泰|廣發|申萬|國君|興業|海通國際"
    r"|傑富瑞|巴克萊|麥格理|凱基|元大|富邦|群益"
    r"|\b(?:Securities|Capital|Bank|Research|Partners|Sachs|Stanley|Morgan|JPMorgan|Citi(?:group)?|UBS"
    r"|Barclays|Jefferies"
    r"|HSBC|Nomura|Mizuho|Macquarie|CLSA|CICC|Bernstein|Evercore|Cowen|Piper|Stifel|Raymond|Wells|BofA"
    r"|Merrill|Deutsche"
    r"|Investec|Berenberg|Exane|Redburn|Liberum|Panmure|Vontobel|Numis|Kepler|Canaccord|Leerink|Guggenheim|Mediobanca"
    r"|Lazard|Susquehanna|Brokers|(?<!Emerging )(?<!Growth )Markets"
    r"|Needham|Oppenheimer|Wedbush|Wolfe|Truist|KeyBanc|Baird|Daiwa|DBS|RBC|BMO|TD|Advisors|Asset Management"
    r"|Equities)\b"
)
_FUNCTION = re.compile(
    r"(?:(?:global|corporate|chief|north|south|latin|group)\s+)?(?:finance|operations|strategy|marketing"
    r"|sales|technology|products?|legal|treasury"
    r"|accounting|planning|development|engineering|communications|human resources|research|design|services"
    r"|clinical|commercial"
    r"|americas?|europe|asia|emea|apac|china|taxes|tax|[a-z& ]*(?:finance|operations|strategy|development"
    r"|affairs|markets|planning))",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    rf"[{HAN}]{{2,8}}(?:证券|證券|基金|银行|銀行|资管|資管|保险|信托|研究所|研究院|投顾|投顧|投信)(?:股份)?"
    rf"|[{HAN}]{{2,6}}(?:资本|資本|投资|投資)"
    r"|(?:中金|高盛|摩根(?:士丹利|大通)?|瑞银|瑞銀|花旗|美银|美銀|汇丰|滙豐|野村|大和|里昂|杰富瑞|巴克莱"
    r"|德意志|瑞信|瑞穗|麦格理|星展|海通|招商|华泰|广发|申万(?:宏源)?|中信(?:建投)?"
    r"|国君|兴业|浙商|光大)(?:公司|国际|集团)?"
)
_SENTENCE = re.compile(r"[。！？!?]|[a-z]{3}(?<!\bInc)(?<!\bCorp)(?<!\bLtd)(?<!\bBros)\.\s*$")
_COMMA = re.compile(r",\s+(?!(?:Inc|LLC|L\.?L\.?C|Ltd|L\.?P|LLP|PLC|Corp|Limited|S\.A|N\.V)\b)", re.IGNORECASE)
_DASH = re.compile(r"\s+(?:--|[-–—])\s+")
_FUNCTION_ZH = re.compile(
    "(?:行政|技术|技術|销售|銷售|市场|市場|营销|營銷|行銷|研发|研發|供应链|供應鏈|运营|運營|营运|營運|战略|戰略|策略|产品|產品|品牌"
    "|人力资源|人力資源|人事|法务|法務|生产|生產|质量|品质|公关|公共关系|公共關係|投资|投資|资本市场|資本市場|海外|国际|國際|商务|商務"
    "|客户|渠道|信息|数字化|财经|金融|医学|临床|集团|集團|公司|(?:大?中[华華]|大?中[国國]|亚太|亞太|北美|欧洲|歐洲|全球)[区區]?)+"
    "(?:业务|業務|事业部|事業部|事业群|事業群|部|中心|区|區|条线|线|線)?"
)
_NOT_A_FIRM = frozenset({"公司", "本公司", "集团", "集團", "本集团", "股份", "科技", "分公司", "子公司"})


def is_title(text: str) -> bool:
    """Whether the text holds a word for an office or a profession and does not read like a sentence."""
    return bool(TITLE_ZH.search(text) or TITLE_EN.search(text)) and not _SENTENCE.search(text)


def is_broker(text: str) -> bool:
    """Whether the text names a house whose people ask questions on calls: a bank, a broker, a fund."""
    return bool(_BROKER.search(text))


def is_house(label: str) -> bool:
    """Whether a Chinese label is the name of such a house and of no person."""
    return bool(_HOUSE.fullmatch(label))


def firm_of_title(title: str) -> str | None:
    """Return the firm that a title names, or None.

    Chinese titles open with it ("淘天集团董事兼首席执行官"); English ones part it from the office by a dash
    or a comma ("Goldman Sachs -- Analyst", "MediaTek, Investor Relations").
    """
    if re.search(f"[{HAN}]", title):
        return _chinese_firm(title)
    pieces = [piece.strip() for piece in _DASH.split(title) if piece.strip()]
    if len(pieces) == 1:
        pieces = [piece.strip() for piece in _COMMA.split(title) if piece.strip()]
    firms = [piece for piece in pieces if not TITLE_EN.search(piece)]
    if len(pieces) < 2 or len(firms) == len(pieces):  # noqa: PLR2004 - an office and a firm
        return None
    if firms[:1] == pieces[:1]:
        return firms[0]
    last = pieces[-1]
    return last if firms[-1:] == [last] and (is_broker(last) or not _FUNCTION.fullmatch(last)) else None


def _chinese_firm(title: str) -> str | None:
    office = _OFFICE_ZH.search(title)
    head = title[: office.start()] if office else title
    named = _FIRM_ZH.match(head)
    firm = named.group() if named else (head.strip(" ，,、") if office else "")
    if TITLE_EN.search(firm) or _FUNCTION_ZH.fullmatch(firm):
        return None
    return firm if len(firm) > 1 and firm not in _NOT_A_FIRM else None
