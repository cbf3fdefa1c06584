"""Goods that a Chinese question names and that the index may not speak of: 云雀手机卖得怎么样.

That a question is after how a thing sells, or when it comes out, says that the words before it name the thing. Of these
what stands before the kind of goods is its name, unless it is a common word for a sort of them, as 智能 is of phones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_web.search.patterns import Span

_GOODS = (
    "(?:手机|平板(?:电脑)?|电脑|笔记本|手表|手环|耳机|眼镜|头显|音箱|电视|相机|打印机|路由器|无人机|机器人|空调|冰箱"
    "|洗衣机|汽车|轿车|电动车|跑车|卡车|芯片|处理器|疫苗|游戏机|面膜|口红|香水|咖啡机|扫地机)"
)
_SOLD = (
    "(?:的|本季度|今年|去年|目前|现在|在[^,。?]{1,8}?的?){0,3}"
    "(?:销量|销售|销路|出货|售价|定价|价格|卖|上市|发布|推出|开售|预售|预订|交付|市场份额|表现|订单|召回|停产|量产)"
)
_HAN_THING = re.compile(rf"(?:^|[,，。;；:：、\s?？]|请问|那么|公司的?)(?P<name>[{HAN}]{{2,6}}?)(?={_GOODS}{_SOLD})")
# What goods are called for their sort.
_SORTS = re.compile(
    r"(?:智能|高端|低端|中端|旗舰|折叠屏?|国产|进口|新款?|电动|无人|家用|商用|工业|人形|服务|自研|海外|国内"
    r"|全球|整体|品牌)+"
)


def things_named(question: str) -> Iterator[Span]:
    """Yield where a question has the name of goods, without the word for their kind."""
    for match in _HAN_THING.finditer(question):
        if not _SORTS.fullmatch(fold(match["name"])):
            yield match.span("name")
