import numpy as np

from services.matcher.embedding.four_bit import BLOCK, BLOCK_BYTES, unpacked


def packed(scale: float, numbers: list[int]) -> bytes:
    """One block: number j in the lower half of byte j, number j + 16 in the upper."""
    stored = [number + 8 for number in numbers]
    halves = bytes(low | high << 4 for low, high in zip(stored[:16], stored[16:], strict=True))
    return np.float16(scale).tobytes() + halves


def test_a_block_is_its_scale_times_whole_numbers_from_minus_8_to_7() -> None:
    numbers = [*range(-8, 8), *range(7, -9, -1)]
    blocks = np.frombuffer(packed(0.5, numbers), dtype=np.uint8).reshape(1, 1, BLOCK_BYTES)
    np.testing.assert_array_equal(unpacked(blocks), np.float32([numbers]) / 2)


def test_every_block_has_a_scale_of_its_own_and_rows_stay_apart() -> None:
    ones = [1] * BLOCK
    data = b"".join(packed(scale, ones) for scale in (1, 2, 4, -8))
    rows = unpacked(np.frombuffer(data, dtype=np.uint8).reshape(2, 2, BLOCK_BYTES))
    assert rows.dtype == np.float32
    np.testing.assert_array_equal(rows[:, ::BLOCK], [[1, 2], [4, -8]])
    assert rows.shape == (2, 2 * BLOCK)
