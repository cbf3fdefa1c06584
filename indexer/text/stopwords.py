"""Function words of Chinese and English: they carry grammar, not what a passage is about."""

from __future__ import annotations

from indexer.text.stemmer import stem


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CHINESE = _words(
    """的 了 着 过 地 得 之 在 是 和 与 及 或 并 而 但 但是 而且 并且 以及 或者 也 都 就 才 又 再 还
    还是 很 太 更 最 这 那 这个 那个 这些 那些 这样 那样 这里 那里 哪 哪些 哪个 什么 怎么 怎么样 怎样
    如何 为何 为什么 多少 几 吗 呢 吧 啊 呀 嘛 哦 嗯 我 你 您 他 她 它 我们 你们 您们 他们 她们 它们
    咱们 大家 自己 其 其中 此 该 各 每 某 因为 所以 因此 由于 如果 虽然 尽管 然而 不过 那么 然后 于是
    从而 以 为 为了 于 对 对于 关于 从 到 由 向 把 被 让 给 跟 同 比 将 会 能 能够 可以 可 要 应该 应 不
    没 没有 有 有关 上 下 中 里 内 个 些 种 等 等等 之间 以上 以下 一个 一些 一下 一样 就是 也是 都是
    还有 只 只是 请 请问 谢谢 是否 来 去 说 做 谁 是谁 哪位 哪里 哪儿 哪种 哪一 何 何时 何处 何地 何人 何种
    多久 多大 多长 多高 几个 几次 是不是 有没有 有无 能否 可否 会不会 什么样 你好 您好"""
)
_ENGLISH = _words(
    """a an the this that these those it its i me my mine we us our ours you your yours he him his she
    her hers they them their theirs who whom whose which what when where why how and or but nor so if
    then than as at by for from in into of off on onto out over to up down with without within about
    above after again against before below between during through under until while because since though
    although is am are was were be been being do does did doing done has have had having can could may
    might must shall should will would not no don't doesn't didn't isn't aren't wasn't weren't won't
    wouldn't can't couldn't shouldn't haven't hasn't there here just also too very only same such each
    any all some both more most other own few many much ever let please thank thanks say said tell get got lot kind
    sort ok okay yes yeah hi hello hey"""
)
_TERMS = _CHINESE | _ENGLISH | frozenset(map(stem, _ENGLISH))


def is_stopword(term: str) -> bool:
    """Tell whether a folded term is a function word. Stemmed or not makes no difference."""
    return term in _TERMS
