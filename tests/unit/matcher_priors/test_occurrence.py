"""Who stands among the best for too many needs."""

import numpy as np

from services.matcher.domain.occurrence import (
    LEAST_SHARE,
    HubGuard,
    best_similarities,
    occurrence,
)

NEEDS, DIMENSION = 60, 32
_rng = np.random.default_rng(7)


def units(count: int) -> np.ndarray:
    drawn = _rng.normal(size=(count, DIMENSION)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


needs = units(NEEDS)
honest = [[(one, ())] for one in units(80)]
copyist = [(one, ()) for one in needs]
found = occurrence(
    np.stack([best_similarities(needs, one) for one in honest]),
    [bytes([place]) for place in range(NEEDS)],
)
assert found is not None
guard = HubGuard(needs, np.array(list(found.levels.values())), found.limit)


def test_honest_profiles_stay_below_the_limit() -> None:
    assert [guard.excess(one) for one in honest] == [0.0] * len(honest)


def test_a_profile_that_repeats_every_need_is_a_multiple_of_the_limit() -> None:
    assert guard.excess(copyist) == NEEDS / guard.limit > 1


def test_windows_count_as_the_statement_that_they_are_of() -> None:
    soup = [(needs.mean(axis=0), tuple(needs))]
    assert guard.excess(soup) > 1


def test_few_needs_are_nothing_to_be_near_to() -> None:
    assert guard.limit >= LEAST_SHARE * NEEDS
    assert occurrence(np.zeros((5, NEEDS)), [b""] * NEEDS) is None
    assert guard.excess([]) == 0
