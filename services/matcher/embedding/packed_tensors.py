"""The tensors in the shipped model's file, mapped: what is not asked for is not read."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matcher.embedding.byte_cursor import ByteCursor
from services.matcher.embedding.four_bit import BLOCK, BLOCK_BYTES, unpacked

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


class PackedTensors:
    """By name."""

    def __init__(self, data: Bytes, directory: Mapping[str, tuple[int, int]]) -> None:
        """`directory`: where each begins, and its bytes."""
        self._data = data
        self._directory = directory

    def vector(self, name: str) -> Floats:
        """One that is kept in 32 bits, flat."""
        return self._stored(name).view("<f4")

    def matrix(self, name: str, width: int) -> Floats:
        """One of 4 bits, shape (rows, width)."""
        return unpacked(self._blocks(name, width))

    def rows(self, name: str, width: int, numbers: NDArray[Any]) -> Floats:
        """Some of its rows, shape (len(numbers), width)."""
        return unpacked(self._blocks(name, width)[numbers])

    def _blocks(self, name: str, width: int) -> Bytes:
        return self._stored(name).reshape(-1, width // BLOCK, BLOCK_BYTES)

    def _stored(self, name: str) -> Bytes:
        start, length = self._directory[name]
        return self._data[start : start + length]


def read_directory(cursor: ByteCursor) -> dict[str, tuple[int, int]]:
    """Where each tensor begins, and its bytes."""
    return dict(_entry(cursor) for _ in range(cursor.number("i")))


def _entry(cursor: ByteCursor) -> tuple[str, tuple[int, int]]:
    name = cursor.bytes(cursor.number("H")).decode()
    _kind, _count, start, length = cursor.numbers("BIQQ")
    return name, (start, length)
