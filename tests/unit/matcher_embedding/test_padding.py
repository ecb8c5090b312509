import torch

from services.matcher.embedding.padding import padded, padding

COUNTS = range(1, 1025)


def test_few_sizes_occur_and_an_eighth_at_most_is_padded() -> None:
    sizes = {padded(count) for count in COUNTS}
    assert len(sizes) < 60
    assert all(count <= padded(count) <= max(count * 9 / 8, count + 3) for count in COUNTS)


def test_what_is_a_size_already_stays() -> None:
    assert all(padded(padded(count)) == padded(count) for count in COUNTS)
    assert padded(512) == 512


def test_every_input_has_as_many_places_as_the_longest_needs() -> None:
    shape = padding([[1] * 3, [1] * 9])
    assert (shape.inputs, shape.tokens, shape.used, shape.rows) == (2, 12, 24, 24)
    assert shape.real().sum(dim=1).tolist() == [3, 9]
    assert torch.equal(shape.real()[0], torch.arange(12) < 3)


def test_rows_that_belong_to_no_input_come_behind() -> None:
    shape = padding([[1] * 12] * 11)
    assert (shape.used, shape.rows) == (132, 144)
