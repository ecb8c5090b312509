"""What another ranking would have earned, from places that chance has filled."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class LoggedPlace:
    """A place that was shown, and what came of it."""

    reward: float
    propensity: float
    """The chance with which it was shown, above 0."""
    target: float
    """The chance with which the other ranking would have shown it."""


def ips(log: Sequence[LoggedPlace]) -> float:
    """Mean reward of the other ranking (Horvitz & Thompson 1952): unbiased, wide.

    Raises ValueError for an empty log or a propensity that is not above 0.
    """
    return sum(one.reward * _ratio(one) for one in _checked(log)) / len(log)


def snips(log: Sequence[LoggedPlace]) -> float:
    """The same, self-normalised (Swaminathan & Joachims, NIPS 2015): narrower, a little biased.

    Raises ValueError as above, and where the other ranking would have shown nothing of the log.
    """
    total = sum(_ratio(one) for one in _checked(log))
    if total == 0:
        raise ValueError("the log holds nothing that the other ranking would show")
    return sum(one.reward * _ratio(one) for one in log) / total


def _ratio(one: LoggedPlace) -> float:
    return one.target / one.propensity


def _checked(log: Sequence[LoggedPlace]) -> Sequence[LoggedPlace]:
    if not log:
        raise ValueError("an empty log says nothing")
    if any(one.propensity <= 0 for one in log):
        raise ValueError("a propensity is not above 0")
    return log
