"""Whether a text names an organisation."""

from collections.abc import Callable, Sequence


def mention(text: Sequence[str], name: Sequence[str], idf: Callable[[str], float]) -> float:
    """The longest run of consecutive words of the name in the text, 0 for none.

    Its IDF mass, times the share that it has of the whole name's mass: `university` says
    little, and so does one word of a long name. Both are given as words in their order.
    """
    total = sum(idf(word) for word in set(name))
    if total <= 0:
        return 0.0
    best = max((sum(map(idf, run)) for run in _runs(text, name)), default=0.0)
    return best * best / total


def _runs(text: Sequence[str], name: Sequence[str]) -> list[Sequence[str]]:
    """The longest stretches of the name that stand in the text as they are."""
    known, written = set(text), _joined(text)
    runs, start = [], 0
    while start < len(name):
        end = start
        if name[start] in known:
            end = start + 1
            while end < len(name) and _joined(name[start : end + 1]) in written:
                end += 1
            runs.append(name[start:end])
        start = max(end, start + 1)
    return runs


def _joined(words: Sequence[str]) -> str:
    return "\x00" + "\x00".join(words) + "\x00"
