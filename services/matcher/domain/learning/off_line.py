"""Rankings judged by places that were shown, chance having had a hand in them.

A partner counts as shown by a ranking where the ranking has it within the window, at whatever
place: exact places would leave hardly anything to compare. The reward is the organisation's
interest in the partner, once, at the last day on which it was shown before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.off_policy import LoggedPlace, ips, snips

_SAMPLES = 1000
_LEVEL = 95.0
_SEED = 11
Interest = Mapping[tuple[str, str], date]
"""When an organisation has said that it is interested in a partner."""


@dataclass(frozen=True)
class ShownPlace:
    """A partner that stood in an organisation's window on a day."""

    organisation: str
    partner: str
    day: date
    chance: float
    """That it stood somewhere in the window, above 0."""
    by_live: bool
    """Whether the ranking that answered has it in the window."""
    by_hand_set: bool


@dataclass(frozen=True)
class Interval:
    """An estimate of the interest in a place of the window, with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class OffLineEstimate:
    """Of one ranking."""

    ips: Interval
    snips: Interval
    covered: float
    """Mean weight of the places; much below 1, much that it would show could not be seen."""


def rewards(places: Sequence[ShownPlace], interest: Interest) -> list[float]:
    """1 or 0 for each place."""
    last: dict[tuple[str, str], date] = {}
    for one in places:
        pair = one.organisation, one.partner
        said = interest.get(pair)
        if said and one.day <= said:
            last[pair] = max(last.get(pair, one.day), one.day)
    return [float(last.get((one.organisation, one.partner)) == one.day) for one in places]


def estimate(
    places: Sequence[ShownPlace], earned: Sequence[float], targets: Sequence[bool]
) -> OffLineEstimate | None:
    """None where the log holds nothing of the ranking; intervals resample organisations.

    Raises ValueError for an empty log or a chance that is not above 0.
    """
    log = [
        LoggedPlace(reward, place.chance, float(target))
        for place, reward, target in zip(places, earned, targets, strict=True)
    ]
    if not any(targets):
        return None
    weights = np.array([one.target / one.propensity for one in log])
    names = sorted({place.organisation for place in places})
    row = {name: number for number, name in enumerate(names)}
    owner = np.array([row[place.organisation] for place in places])
    gained = np.bincount(owner, weights * np.array(earned), len(names))
    weighed, counted = np.bincount(owner, weights, len(names)), np.bincount(owner, None, len(names))
    drawn = np.random.default_rng(_SEED).integers(0, len(names), (_SAMPLES, len(names)))
    sums = [values[drawn].sum(axis=1) for values in (gained, weighed, counted)]
    return OffLineEstimate(
        ips=_interval(ips(log), sums[0], sums[2]),
        snips=_interval(snips(log), sums[0], sums[1]),
        covered=float(weights.mean()),
    )


def _interval(value: float, above: NDArray[np.float64], below: NDArray[np.float64]) -> Interval:
    known = below > 0
    tail = (100 - _LEVEL) / 2
    low, high = np.percentile(above[known] / below[known], [tail, 100 - tail])
    return Interval(value, float(low), float(high))
