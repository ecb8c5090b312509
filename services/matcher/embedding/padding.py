"""Inputs of different lengths in one tensor, of one of few shapes.

oneDNN compiles its products for every shape anew and keeps them; texts of any length in batches of
any size took more than a gigabyte that way. Here there are eight shapes between a power of two and
the next, so that a sixteenth is padded on average.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

_LEAST_STEP = 4


@dataclass(frozen=True)
class Padding:
    """Where the tokens of some inputs are."""

    lengths: torch.Tensor
    tokens: int
    """Of every input, padding included."""
    rows: int
    """Of all inputs, and some more that belong to none."""

    @property
    def inputs(self) -> int:
        return len(self.lengths)

    @property
    def used(self) -> int:
        """Rows that belong to an input."""
        return self.inputs * self.tokens

    def real(self) -> torch.Tensor:
        """Whether a token is the text's; shape (inputs, tokens)."""
        return torch.arange(self.tokens) < self.lengths[:, None]


def padding(inputs: Sequence[Sequence[int]]) -> Padding:
    """For these inputs, one at least."""
    lengths = [len(one) for one in inputs]
    tokens = padded(max(lengths))
    return Padding(torch.tensor(lengths), tokens, padded(len(inputs) * tokens))


def padded(count: int) -> int:
    """The next larger of the sizes that occur."""
    step = max(_LEAST_STEP, 1 << max(0, count.bit_length() - 4))
    return -(-count // step) * step
