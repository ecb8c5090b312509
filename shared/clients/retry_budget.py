"""A budget for retries, so that they cannot multiply an outage.

Every request earns a fraction of a retry (the method of Finagle's RetryBudget): however many
fail, retries add at most `ratio` of extra load, beyond a small reserve.
"""


class RetryBudget:
    """A balance of retries."""

    def __init__(self, *, ratio: float = 0.1, reserve: float = 3.0) -> None:
        self._ratio = ratio
        self._reserve = reserve
        self._balance = reserve

    def earn(self) -> None:
        """Count a first attempt."""
        self._balance = min(self._balance + self._ratio, self._reserve + 100 * self._ratio)

    def spend(self) -> bool:
        """Whether one more retry may be made; if so it is counted."""
        if self._balance < 1.0:
            return False
        self._balance -= 1.0
        return True
