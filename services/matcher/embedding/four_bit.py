"""Matrices of 4-bit numbers, as ggml's Q4_0 lays them out."""

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
"""Numbers that share a scale."""
BLOCK_BYTES = 18
"""A scale of 16 bits, and half a byte for each number."""

_ZERO = 8


def unpacked(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Numbers of packed rows: shape (rows, blocks, 18) becomes (rows, 32 * blocks).

    Byte j of a block holds number j in its lower half and number j + 16 in its upper half.
    """
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    halves = blocks[..., 2:]
    numbers = np.empty((*blocks.shape[:-1], BLOCK), dtype=np.float32)
    numbers[..., : BLOCK // 2] = halves & 0x0F
    numbers[..., BLOCK // 2 :] = halves >> 4
    numbers -= _ZERO
    numbers *= scales
    return numbers.reshape(len(blocks), -1)
