import numpy as np
import pytest

from services.matcher.embedding.validity import check_vectors


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
def test_a_vector_without_direction_is_named_by_its_position(bad: float) -> None:
    vectors = np.ones((3, 4), dtype=np.float32)
    vectors[1] = bad
    with pytest.raises(ValueError, match="text 1 "):
        check_vectors(vectors)


def test_good_vectors_pass() -> None:
    vectors = np.eye(3, dtype=np.float32)
    assert check_vectors(vectors) is vectors
    assert len(check_vectors(np.zeros((0, 3), dtype=np.float32))) == 0
