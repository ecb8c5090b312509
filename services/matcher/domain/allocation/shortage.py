"""Why bounds cannot be met, in words, and the smallest change that would do."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from services.matcher.domain.allocation.bounds import Problem
from services.matcher.domain.allocation.delivery import Deliver, Delivery


@dataclass(frozen=True)
class Shortage:
    """Some seekers cannot get what is due to them."""

    least: int
    """Suggestions that everyone was to get."""
    short: int
    """Seekers that would get fewer, in the best case."""
    crowd: int
    """Seekers that look for the same candidates..."""
    sought: int
    """...so many candidates..."""
    places: int
    """...with so many places together..."""
    wanted: int
    """...of which so many are wanted."""
    exposure: int | None
    """The smallest bound on exposure that would do; None where capacities stand in the way."""
    fewer: int
    """The largest `least` that could be met with the bounds as they are."""

    def words(self) -> str:
        """For a person, in English."""
        ways = [f"give everyone at least {self.fewer} instead of {self.least}"]
        if self.exposure is not None:
            ways.insert(0, f"let each organisation stand in up to {self.exposure} lists")
        return (
            f"{self.short} organisations cannot get {self.least} suggestions: {self.crowd} look "
            f"for the same {self.sought} candidates, which have {self.places} places for "
            f"{self.wanted} suggestions. Either of these would do: {'; '.join(ways)}."
        )

    def words_zh(self) -> str:
        """For a person, in Chinese."""
        ways = [f"每家至少 {self.fewer} 条（原为 {self.least} 条）"]
        if self.exposure is not None:
            ways.insert(0, f"允许每家机构最多出现在 {self.exposure} 份名单中")
        return (
            f"有 {self.short} 家机构得不到 {self.least} 条推荐：{self.crowd} 家机构争用同样的 "
            f"{self.sought} 个候选，这些候选共有 {self.places} 个名额，"
            f"而需要 {self.wanted} 条推荐。"
            f"以下任一调整即可：{'；'.join(ways)}。"
        )


class InfeasibleBoundsError(ValueError):
    """The bounds contradict each other; says how little would do."""

    def __init__(self, shortage: Shortage) -> None:
        super().__init__(shortage.words())
        self.shortage = shortage


def shortage(problem: Problem, deliver: Deliver) -> Shortage | None:
    """None where everyone can get what is due."""
    if not problem.least.any():
        return None
    best = deliver(problem)
    return _told(problem, best, deliver) if best.missing.any() else None


def _told(problem: Problem, best: Delivery, deliver: Deliver) -> Shortage:
    graph = problem.graph
    in_crowd = np.isin(graph.seeker, best.crowd)
    asked = np.bincount(graph.partner[in_crowd], minlength=graph.partners)
    least = int(problem.least.max())
    return Shortage(
        least=least,
        short=int(np.count_nonzero(best.missing)),
        crowd=len(best.crowd),
        sought=int(np.count_nonzero(asked)),
        places=int(np.minimum(asked, problem.exposure).sum()),
        wanted=int(problem.least[best.crowd].sum()),
        exposure=_smallest_exposure(problem, deliver),
        fewer=_largest_least(problem, least, deliver),
    )


def _smallest_exposure(problem: Problem, deliver: Deliver) -> int | None:
    """Capacities stay: only a bound that is the same for all can be raised."""
    if problem.bound is None:
        return None
    most = int(problem.graph.wanted().max(initial=0))

    def enough(bound: int) -> bool:
        raised = np.minimum(problem.capacity, bound)
        return not deliver(replace(problem, exposure=raised)).missing.any()

    return _smallest(enough, problem.bound + 1, most) if enough(most) else None


def _largest_least(problem: Problem, least: int, deliver: Deliver) -> int:
    def too_much(number: int) -> bool:
        lowered = np.minimum(problem.least, number)
        return bool(deliver(replace(problem, least=lowered)).missing.any())

    return _smallest(too_much, 1, least) - 1


def _smallest(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The smallest number from which on it holds; it does for `high`."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return high
