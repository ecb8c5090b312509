"""Words that say nothing about a need or a capability."""

_ENGLISH = """
a an and any are as at be been being but by can could do does for from had has have he her here
his how if in into is it its may more most must no nor not of off on one or other our out over
per shall should so some such than that the their them then there these they this those through
to too under up us use used using very via was we were what when where which while who whom why
will with within without would you your need needs seek seeking offer looking provide provides
"""
_CHINESE = """
的 了 和 与 及 或 在 是 对 为 以 等 将 把 被 由 从 到 向 于 并 而 且 其 该 此 这 那 有 无 不 也 都
可 能 我们 我司 我校 他们 以及 通过 基于 进行 用于 可以 能够 具有 具备 提供 需要 需求 寻求 希望 寻找
欢迎 相关 方面 一种 一个 其中 已经 如何 目前 包括 实现 支持
"""

ENGLISH_STOP_WORDS = frozenset(_ENGLISH.split())
CHINESE_STOP_WORDS = frozenset(_CHINESE.split())
