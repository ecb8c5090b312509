"""Looks, a few needs at a time, which of them nobody answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.matcher.domain.insights.stated import BestAnswer, OpenQuestion
from services.matcher.domain.snapshot import current
from services.matcher.domain.statements import MatchedOrganisation, Statement
from services.matcher.insight_store import InsightStore
from services.matcher.ports import IndexFilter
from services.matcher.service.live import LiveIndex
from services.matcher.service.nearest_answers import nearest_scores
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Side

_AT_ONCE = 4
_AGAIN_AFTER = timedelta(days=1)


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class AnswerNeeds:
    """Idempotent: any number may run, and each need is looked at once a day."""

    store: MatcherStore
    insights: InsightStore
    live: LiveIndex
    now: Callable[[], datetime] = utc_now

    async def look(self) -> int:
        """At the needs that wait longest; how many. Raises ProblemError("not_ready")."""
        live, now = self.live.current(), self.now()
        questions = await self.insights.open_questions(now - _AGAIN_AFTER, _AT_ONCE)
        async with self.store.transaction() as transaction:
            owners = await transaction.snapshots.active([one.organisation for one in questions])
        asked = [(one, _need(owners, one, now)) for one in questions]
        known = [(one, need) for one, need in asked if need is not None]
        scores = await nearest_scores(
            live,
            [need for _, need in known],
            [_of_others(one.organisation) for one, _ in known],
        )
        found = [BestAnswer(one, score, now) for (one, _), score in zip(known, scores, strict=True)]
        # A need that is not valid any more counts as answered: nobody has to look for it.
        found += [BestAnswer(one, 1.0, now) for one, need in asked if need is None]
        await self.insights.answered(found)
        return len(questions)


def _need(
    owners: dict[str, MatchedOrganisation], question: OpenQuestion, now: datetime
) -> Statement | None:
    owner = owners.get(question.organisation)
    if owner is None:
        return None
    needs = current(owner, now.date()).side(Side.NEED)
    return next((one for one in needs if one.key.statement == question.need), None)


def _of_others(organisation: str) -> IndexFilter:
    return IndexFilter(Side.CAPABILITY, excluded_organisations=(organisation,))
