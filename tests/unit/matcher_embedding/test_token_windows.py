import pytest

from services.matcher.embedding.token_windows import Window, batches, windows

ENDS = (0, 2)


def parts(*lengths: int) -> list[Window]:
    return [Window(number, [9] * length) for number, length in enumerate(lengths)]


@pytest.mark.parametrize(("length", "lengths"), [(0, [0]), (1, [1]), (6, [6]), (7, [6, 1])])
def test_a_text_is_cut_where_the_model_ends_and_loses_nothing(
    length: int, lengths: list[int]
) -> None:
    tokens = list(range(10, 10 + length))
    found = list(windows([tokens], most=8, ends=ENDS))
    assert [len(one.tokens) - 2 for one in found] == lengths
    assert [token for one in found for token in one.tokens[1:-1]] == tokens
    assert all((one.tokens[0], one.tokens[-1]) == ENDS for one in found)


def test_windows_know_their_text_and_weigh_by_its_tokens() -> None:
    found = list(windows([[5] * 9, [], [6]], most=8, ends=ENDS))
    assert [(one.text, one.weight) for one in found] == [(0, 6), (0, 3), (1, 1), (2, 1)]


def test_batches_take_the_longest_first_and_every_window_once() -> None:
    found = list(batches(parts(3, 9, 4, 9, 2), tokens=18))
    assert [[len(one.tokens) for one in batch] for batch in found] == [[9, 9], [4, 3, 2]]
    assert sorted(one.text for batch in found for one in batch) == [0, 1, 2, 3, 4]


def test_a_batch_holds_no_more_tokens_than_allowed_padding_included() -> None:
    for batch in batches(parts(*range(1, 60)), tokens=64):
        assert len(batch) * max(len(one.tokens) for one in batch) <= 64


def test_a_window_longer_than_a_batch_goes_alone() -> None:
    assert [len(batch) for batch in batches(parts(100, 100, 1), tokens=64)] == [1, 1, 1]
