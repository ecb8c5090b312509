from hypothesis import given
from hypothesis import strategies as st

from shared.clients.retry_budget import RetryBudget


def test_the_reserve_allows_a_few_retries_at_once() -> None:
    budget = RetryBudget(ratio=0.1, reserve=2)
    assert [budget.spend(), budget.spend(), budget.spend()] == [True, True, False]


@given(st.integers(min_value=0, max_value=2000))
def test_retries_add_at_most_a_tenth_beyond_the_reserve(requests: int) -> None:
    budget = RetryBudget(ratio=0.1, reserve=3)
    retries = 0
    for _ in range(requests):
        budget.earn()
        retries += budget.spend()
    assert retries <= requests * 0.1 + 3
