"""The serving benchmark asks what it says it asks."""

from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.serving.growth import exponent
from benchmarks.serving.many_clients import sustained
from benchmarks.serving.world import PER_ORGANISATION, World, identifier
from services.matcher.ports import Vectors
from shared.contracts.organisation import NewOrganisation, Side


class Embedder:
    """A direction for each text, another one on the other side."""

    model, dimension, device = "m", 384, "cpu"

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        rng = np.random.default_rng(len(texts) + (side is Side.NEED))
        rows = rng.standard_normal((len(texts), self.dimension), dtype=np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def world() -> World:
    return World(Embedder())


def test_organisations_are_the_same_each_time_and_can_be_imported(world: World) -> None:
    rows = list(world.organisations(range(3, 5)))
    assert rows == list(World(Embedder()).organisations(range(3, 5)))
    for number, row in enumerate(rows, 3):
        one = NewOrganisation.model_validate({**row, "country": "CN"})
        assert one.id == identifier(number)
        stated = [statement.text for statement in (*one.capabilities, *one.needs)]
        assert stated == [statement.text for statement in world.statements(number)]


def test_no_two_statements_have_one_text_and_no_question_was_stated(world: World) -> None:
    texts = [one.text for number in range(200) for one in world.statements(number)]
    assert len(set(texts)) == 200 * PER_ORGANISATION
    assert not set(texts) & set(world.questions)


def test_a_statement_lies_near_to_the_sum_of_its_parts_whatever_it_is_made_with(
    world: World,
) -> None:
    stated = world.statements(7)
    vectors = world.vectors(stated)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.allclose(vectors[2], world.vectors(stated[2:3])[0])
    assert abs(float(vectors[0] @ world.vectors(world.statements(8))[0])) < 0.9


def test_growth_is_the_power_of_the_size() -> None:
    assert exponent([1_000, 10_000, 100_000], [10, 20, 40]) == pytest.approx(np.log10(2))


def test_errors_of_many_clients_are_counted_and_give_no_rate() -> None:
    def fails(number: int) -> None:
        raise ValueError(number)

    found = sustained("search", fails, 0.01, 10.0)
    assert found.errors == found.requests >= 32
    assert found.ratio == 0
