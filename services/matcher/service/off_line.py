"""The live ranking and the hand-set one, judged by what was shown and what came of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.matcher.domain.learning.off_line import (
    OffLineEstimate,
    ShownPlace,
    estimate,
    rewards,
)
from services.matcher.service.live_ranking import HAND_SET_VERSION, version_of
from services.matcher.store import MatcherStore
from shared.contracts.learning import EstimatedInterest, OffLineReport, RankingEstimate

_LOOKED_BACK = timedelta(days=90)
_MOST = 200_000
"""Places that are read, the newest first."""


@dataclass(frozen=True)
class JudgeOffLine:
    """Only places that the ranking which is live now has answered with."""

    store: MatcherStore

    async def report(self) -> OffLineReport:
        """Without estimates where nothing was shown, or exploration is off."""
        since = datetime.now(UTC).date() - _LOOKED_BACK
        async with self.store.transaction() as transaction:
            version = version_of(await transaction.runs.live())
            places = await transaction.records.window_places(version, since, limit=_MOST)
            interest = await transaction.records.interested(since)
        earned = rewards(places, interest)
        return OffLineReport(
            version=version,
            since=since,
            places=len(places),
            explored=sum(not one.by_live for one in places),
            interested=int(sum(earned)),
            estimates=await asyncio.to_thread(_estimates, places, earned) if places else (),
        )


def _estimates(
    places: Sequence[ShownPlace], earned: Sequence[float]
) -> tuple[RankingEstimate, ...]:
    targets = {
        "live": [one.by_live for one in places],
        HAND_SET_VERSION: [one.by_hand_set for one in places],
    }
    found = {name: estimate(places, earned, chosen) for name, chosen in targets.items()}
    return tuple(_told(name, one) for name, one in found.items() if one)


def _told(name: str, found: OffLineEstimate) -> RankingEstimate:
    return RankingEstimate(
        name=name,
        ips=EstimatedInterest(**vars(found.ips)),
        snips=EstimatedInterest(**vars(found.snips)),
        covered=found.covered,
    )
