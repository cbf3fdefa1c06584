"""How Chinese is read aloud, and how Chinese names are written in Latin letters. This module owns pypinyin.

Its tables take a moment to load, and few searches need them: they are loaded when first asked for. That of phrases,
which would take 44 MB and a fifth of a second, stays away: only single characters are looked up. The readings of
surnames, which differ from those of the same characters elsewhere, are a table of our own.
"""

from __future__ import annotations

import os
import re
from functools import cache, partial
from typing import TYPE_CHECKING

from indexer.text.language import HAN

if TYPE_CHECKING:
    from collections.abc import Callable

_LEVELS = range(0xB0, 0xF8)
_COMMON = range(0xB0, 0xD8)
_SURNAMES = """
赵zhao 钱qian 孙sun 李li 周zhou 吴wu 郑zheng 王wang 冯feng 陈chen 褚chu 卫wei 蒋jiang 沈shen 韩han 杨yang 朱zhu
秦qin 尤you 许xu 何he 吕lv 施shi 张zhang 孔kong 曹cao 严yan 华hua 金jin 魏wei 陶tao 姜jiang 戚qi 谢xie 邹zou 喻yu
柏bai 窦dou 章zhang 苏su 潘pan 葛ge 奚xi 范fan 彭peng 郎lang 鲁lu 韦wei 马ma 苗miao 凤feng 方fang 俞yu 任ren 袁yuan
柳liu 鲍bao 史shi 唐tang 费fei 薛xue 雷lei 贺he 倪ni 汤tang 殷yin 罗luo 毕bi 郝hao 安an 常chang 乐yue 于yu 傅fu 齐qi
康kang 伍wu 余yu 元yuan 顾gu 孟meng 黄huang 穆mu 萧xiao 肖xiao 尹yin 姚yao 邵shao 汪wang 毛mao 狄di 戴dai 宋song
庞pang 熊xiong 纪ji 舒shu 屈qu 项xiang 祝zhu 董dong 梁liang 杜du 阮ruan 蓝lan 闵min 季ji 贾jia 路lu 江jiang 童tong
颜yan 郭guo 梅mei 盛sheng 林lin 刁diao 钟zhong 徐xu 邱qiu 骆luo 高gao 夏xia 蔡cai 田tian 樊fan 胡hu 凌ling 霍huo
虞yu 万wan 柯ke 卢lu 莫mo 房fang 裘qiu 解xie 应ying 宗zong 丁ding 邓deng 洪hong 包bao 左zuo 石shi 崔cui 龚gong
程cheng 裴pei 陆lu 荣rong 翁weng 甄zhen 封feng 储chu 靳jin 段duan 焦jiao 谷gu 车che 侯hou 全quan 班ban 仇qiu 宁ning
甘gan 武wu 符fu 刘liu 景jing 詹zhan 龙long 叶ye 黎li 白bai 蒲pu 赖lai 卓zhuo 池chi 乔qiao 闻wen 翟zhai 谭tan 申shen
冉ran 牛niu 温wen 庄zhuang 柴chai 阎yan 连lian 习xi 艾ai 向xiang 古gu 易yi 廖liao 耿geng 匡kuang 欧ou 区ou 曾zeng
沙sha 关guan 查zha 游you 岳yue 尚shang 巩gong 聂nie 佟tong 苑yuan 丘qiu 涂tu 单shan 曲qu 覃qin 辛xin 简jian 饶rao
敖ao 冷leng 岑cen 党dang 欧阳ouyang 上官shangguan 司马sima 诸葛zhuge 司徒situ 东方dongfang 皇甫huangfu 尉迟yuchi
公孙gongsun 慕容murong 令狐linghu 夏侯xiahou
"""


def _gb_2312(rows: range) -> tuple[str, ...]:
    """Return the characters of these rows of GB 2312, in which each row has 94 places, not all of them taken."""
    codes = (bytes((high, low)) for high in rows for low in range(0xA1, 0xFF))
    return tuple(char for code in codes if (char := code.decode("gb2312", "ignore")))


GB_2312 = frozenset(_gb_2312(_LEVELS))
"""The Chinese characters of GB 2312, which are nearly all that simplified text has."""

_READ = re.compile(rf"([{HAN}]+)([a-z]+)")
SURNAMES = {match[1]: match[2] for match in _READ.finditer(_SURNAMES)}
"""The readings of Chinese surnames, in simplified characters."""

_SYLLABLE = (
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:iang|iong|uang|iao|ian|ing|ang|eng|ong|uai|uan|iu|ie|in|ia|ai|ei|ao|ou|an|en|"
    r"er|ui|un|uo|ua|ue|ve|a|o|e|i|u|v))"
)
_PINYIN = re.compile(f"{_SYLLABLE}{{1,3}}")


@cache
def _pypinyin() -> Callable[[str], list[list[str]]]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin  # noqa: PLC0415 - see above.

    return partial(pinyin, style=Style.NORMAL, heteronym=True)


@cache
def readings(char: str) -> frozenset[str]:
    """Return every reading that a character can have, without tones."""
    return frozenset(_pypinyin()(char)[0])


@cache
def sounding(sound: str) -> tuple[str, ...]:
    """Return the common characters that can be read so."""
    return _by_sound().get(sound, ())


def is_pinyin(folded: str) -> bool:
    """Tell whether a Latin word may be one to three Chinese syllables."""
    return bool(_PINYIN.fullmatch(folded))


def is_read(han: str, latin: str) -> bool:
    """Tell whether Chinese characters can be read as a Latin word: 望川 as wangchuan. An ü may be u, v or yu."""
    if not han:
        return not latin
    return any(
        latin.startswith(written) and is_read(han[1:], latin[len(written) :])
        for reading in readings(han[0])
        for written in {reading, reading.replace("ü", "v"), reading.replace("v", "u"), reading.replace("v", "yu")}
    )


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    """Return the common characters, those of the first level of GB 2312, by their readings."""
    found: dict[str, list[str]] = {}
    for char in _gb_2312(_COMMON):
        for sound in readings(char):
            found.setdefault(sound, []).append(char)
    return {sound: tuple(chars) for sound, chars in found.items()}
