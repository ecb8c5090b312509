from pathlib import Path

import numpy as np
import pytest

from services.matcher.embedding.packed_file import PackedFile, open_packed
from services.matcher.embedding.shipped_model import shipped_file


@pytest.mark.parametrize("start", [b"GGUF" + bytes(60), b"E5S1\x02\0\0\0" + bytes(60)])
def test_another_kind_or_version_of_file_is_refused(tmp_path: Path, start: bytes) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(start)
    with pytest.raises(ValueError, match=r"model\.bin is not a packed E5 model of version 1"):
        open_packed(file)


def test_a_file_that_was_cut_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(shipped_file().read_bytes()[:100_000])
    with pytest.raises(ValueError, match="ends early"):
        open_packed(file)


@pytest.fixture(scope="module")
def packed() -> PackedFile:
    return open_packed(shipped_file())


def test_the_shipped_file_is_multilingual_e5_small(packed: PackedFile) -> None:
    sizes = packed.sizes
    assert (sizes.width, sizes.layers, sizes.heads, sizes.inner) == (384, 12, 12, 1536)
    assert (sizes.words, sizes.positions) == (250_037, 512)


def test_its_vocabulary_has_the_special_pieces_where_it_says(packed: PackedFile) -> None:
    vocabulary = packed.vocabulary
    special = (vocabulary.first, vocabulary.last, vocabulary.unknown)
    assert [vocabulary.pieces[number] for number in special] == ["<s>", "</s>", "<unk>"]
    assert len(vocabulary.pieces) == len(vocabulary.scores)
    assert vocabulary.replacements[ord("\u3000")] == " "


def test_rows_are_those_of_the_whole_matrix(packed: PackedFile) -> None:
    inner = packed.tensors.matrix("l3.fi.w", 384)
    assert inner.shape == (1536, 384)
    some = np.array([7, 1535, 7])
    np.testing.assert_array_equal(packed.tensors.rows("l3.fi.w", 384, some), inner[some])


def test_no_piece_reaches_over_a_space(packed: PackedFile) -> None:
    """Texts are looked up word by word because of this."""
    assert not [piece for piece in packed.vocabulary.pieces if "\u2581" in piece[1:]]
