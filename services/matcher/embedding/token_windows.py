"""Long texts in parts that the model can read, and parts of about equal length together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """A part of a text."""

    text: int
    """Its place among the texts."""
    tokens: Sequence[int]
    """With the first and the last of every input."""

    @property
    def weight(self) -> int:
        """In the mean of its text: tokens of its own."""
        return max(1, len(self.tokens) - 2)


def windows(
    texts: Sequence[Sequence[int]], *, most: int, ends: tuple[int, int]
) -> Iterator[Window]:
    """Of each text, in order, without overlap; at most so many tokens with the two `ends`."""
    step = most - 2
    for number, tokens in enumerate(texts):
        for start in range(0, max(1, len(tokens)), step):
            yield Window(number, [ends[0], *tokens[start : start + step], ends[1]])


def batches(parts: Sequence[Window], *, tokens: int) -> Iterator[list[Window]]:
    """The longest first, so that little is padded; at most so many tokens when padded, or one."""
    ordered = sorted(parts, key=lambda part: -len(part.tokens))
    start = 0
    while start < len(ordered):
        count = max(1, tokens // len(ordered[start].tokens))
        yield ordered[start : start + count]
        start += count
