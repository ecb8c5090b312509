"""Reads little-endian numbers one after the other; nothing is aligned."""

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray


class ByteCursor:
    """A place in bytes that moves on with every reading."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data
        self._at = 0

    def bytes(self, count: int) -> bytes:
        """The next ones, copied."""
        return self._step(count).tobytes()

    def numbers(self, layout: str) -> tuple[Any, ...]:
        """As `struct` names them, without padding."""
        layout = f"<{layout}"
        return struct.unpack(layout, self.bytes(struct.calcsize(layout)))

    def number(self, kind: str) -> Any:
        """One of that kind."""
        return self.numbers(kind)[0]

    def array(self, kind: str, count: int) -> NDArray[Any]:
        """So many numbers of that kind, not copied."""
        return self._step(count * np.dtype(kind).itemsize).view(kind)

    def _step(self, count: int) -> NDArray[np.uint8]:
        start, self._at = self._at, self._at + count
        if self._at > len(self._data):
            raise ValueError("the file ends early")
        return self._data[start : self._at]
