import pytest

from services.matcher.embedding.packed_vocabulary import Vocabulary
from services.matcher.embedding.word_pieces import WordPieces

PIECES = {
    "<s>": 0.0, "</s>": 0.0, "<unk>": 0.0, "▁": -3.0, "a": -4.0, "b": -4.0, "ab": -5.0,
    "▁ab": -9.0, "▁a": -4.5, "bb": -9.0, "<": -6.0, "u": -6.0, "n": -6.0, "k": -6.0, ">": -6.0,
}  # fmt: skip
REPLACED = {ord("\u3000"): " ", ord("ﬀ"): "ab", 1: ""}


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(Vocabulary(list(PIECES), list(PIECES.values()), 0, 1, 2, REPLACED))


def found(pieces: WordPieces, text: str) -> list[str]:
    return [list(PIECES)[number] for number in pieces.numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", ["▁a"]),
        ("ab", ["▁", "ab"]),  # -8 is better than the longer piece's -9
        ("bb", ["▁", "b", "b"]),
        ("a  b", ["▁a", "▁", "b"]),
        (" a", ["▁a"]),
        ("a ", ["▁a", "▁"]),
        ("", ["▁"]),
        ("a▁a", ["▁a", "▁a"]),
        ("a\u3000\x01b", ["▁a", "▁", "b"]),
        ("ﬀ", ["▁", "ab"]),
    ],
)
def test_the_likeliest_pieces_are_taken(pieces: WordPieces, text: str, expected: list[str]) -> None:
    assert found(pieces, text) == expected


def test_every_unknown_character_is_one_unknown_piece(pieces: WordPieces) -> None:
    assert found(pieces, "a龘龘") == ["▁a", "<unk>", "<unk>"]


def test_a_text_cannot_write_the_unknown_piece_but_the_others(pieces: WordPieces) -> None:
    assert found(pieces, "<unk>") == ["▁", "<", "u", "n", "k", ">"]
    assert found(pieces, "<s>") == ["▁", "<s>"]


def test_long_words_are_read_like_short_ones(pieces: WordPieces) -> None:
    assert found(pieces, "ab" * 50) == ["▁", *["ab"] * 50]


def test_a_lone_surrogate_is_refused(pieces: WordPieces) -> None:
    with pytest.raises(ValueError, match="surrogate"):
        pieces.numbers("a\ud800")
