"""Learning from what people decided, and which ranking answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from services.matcher.domain.learning.document import to_document
from services.matcher.domain.learning.examples import examples, split_in_time
from services.matcher.domain.learning.fit import (
    HELD_OUT,
    LEAST_EXAMPLES,
    LEAST_OF_EACH,
    Judged,
    judged,
    learn,
    too_few,
)
from services.matcher.domain.learning.known_answers import GoldenFigures
from services.matcher.domain.learning.learned_ranking import EDITION, LearnedRanking
from services.matcher.domain.learning.stored import HAND_SET_RUN, NewRun, StoredRun
from services.matcher.service.cursors import read_id_cursor, write_id_cursor
from services.matcher.service.live import LiveIndex
from services.matcher.service.live_ranking import LiveRanking, version_of
from services.matcher.store import MatcherStore
from shared.contracts.decisions import PairRecord
from shared.contracts.learning import (
    LearnedWeight,
    LearningFigures,
    LearningReport,
    LearningRun,
    LearningRunPage,
    LiveRankingVersion,
)
from shared.contracts.principal import Principal
from shared.errors import ProblemError

_SAME = 1e-9


class GoldenCheck(Protocol):
    """Figures on known answers that no decision has touched."""

    async def figures(self, ranking: LearnedRanking) -> GoldenFigures:
        """Of the golden set's tuning part."""


@dataclass
class LearnRanking:
    """Fits on earlier pairs, judges on later ones; what goes live is what was judged."""

    store: MatcherStore
    live: LiveIndex
    ranking: LiveRanking
    golden: GoldenCheck | None = None

    async def learn(self, by: Principal) -> LearningRun:
        """A run with its report. Raises ProblemError `conflict` while one is running anywhere."""
        async with self._claimed():
            return await self._learn(by)

    async def learn_from_new(self, by: Principal) -> LearningRun | None:
        """None where nothing was said since the last run, or ever, and the index is as it was.
        Raises ProblemError `conflict` while one is running anywhere."""
        async with self._claimed():
            return await self._learn(by) if await self._is_new() else None

    @asynccontextmanager
    async def _claimed(self) -> AsyncIterator[None]:
        """One run at a time, in whichever process: its transaction reads and writes nothing else,
        and ends with the process."""
        async with self.store.transaction() as transaction:
            if not await transaction.runs.claim():
                reason = "a learning run is going on; wait for its end"
                raise ProblemError("conflict", reason=reason)
            yield

    async def _is_new(self) -> bool:
        state = self.live.current().state
        async with self.store.transaction() as transaction:
            records = await transaction.records.count()
            last = await transaction.runs.page(before=None, limit=1)
        known = last[0].run if last else None
        made_with = (state.model, state.statistics_version, EDITION)
        if records != (known.report.records if known else 0):
            return True
        return known is not None and _made_with(known) != made_with

    async def page(self, *, cursor: str | None, limit: int) -> LearningRunPage:
        """Newest first."""
        before = read_id_cursor(cursor)
        async with self.store.transaction() as transaction:
            live = await transaction.runs.live()
            found = await transaction.runs.page(before=before, limit=limit + 1)
        more = found[limit - 1].id if len(found) > limit else None
        items = tuple(_told(one, live) for one in found[:limit])
        return LearningRunPage(items=items, next_cursor=write_id_cursor(more))

    async def get(self, id: int) -> LearningRun:
        """Raises ProblemError("not_found")."""
        async with self.store.transaction() as transaction:
            live = await transaction.runs.live()
            found = await transaction.runs.get(id)
        if found is None:
            raise ProblemError("not_found", what="learning run", id=str(id))
        return _told(found, live)

    async def roll_back(self, by: Principal) -> LiveRankingVersion:
        """Answer as before the live ranking. Raises `conflict` where nothing learned is live."""
        async with self.store.transaction() as transaction:
            live = await transaction.runs.live()
            if live == HAND_SET_RUN:
                raise ProblemError("conflict", reason="the hand-set ranking is live already")
            before = await transaction.runs.before(live)
            await transaction.runs.activate(before, by.subject)
        self.ranking.changed()
        return LiveRankingVersion(version=version_of(before))

    async def _learn(self, by: Principal) -> LearningRun:
        state = self.live.current().state
        async with self.store.transaction() as transaction:
            total = await transaction.records.count()
            records = await transaction.records.standing()
        self.ranking.changed()
        current = (await self.ranking.current(state)).ranking
        learned, report = await self._report(records, total, state.model, current)
        run = NewRun(
            started_by=by.subject,
            model=state.model,
            statistics_version=state.statistics_version,
            edition=EDITION,
            accepted=not report.why_not,
            ranking=to_document(learned) if learned else None,
            report=report,
        )
        async with self.store.transaction() as transaction:
            stored = await transaction.runs.add(run)
            if run.accepted:
                await transaction.runs.activate(stored.id, by.subject)
            live = await transaction.runs.live()
        self.ranking.changed()
        return _told(stored, live)

    async def _report(
        self, records: list[PairRecord], total: int, model: str, current: LearnedRanking
    ) -> tuple[LearnedRanking | None, LearningReport]:
        found = examples(records, EDITION, model)
        train, held_out = split_in_time(found, HELD_OUT)
        report = LearningReport(
            records=total, examples=len(found), left_out=total - len(found), held_out=len(held_out)
        )
        if too_few(train, LEAST_EXAMPLES) or too_few(held_out, 2 * LEAST_OF_EACH):
            least = f"{LEAST_EXAMPLES} to learn from, and {LEAST_OF_EACH} of each outcome held out"
            return None, report.model_copy(
                update={"why_not": (f"too few decisions that teach: at least {least}",)}
            )
        learned = await asyncio.to_thread(learn, train)
        before, after = judged(current, held_out), judged(learned, held_out)
        golden = await self._golden(current), await self._golden(learned)
        update = {
            "figures": (_figures("live", before, golden[0]), _figures("learned", after, golden[1])),
            "weights": _weights(learned),
            "calibration": learned.calibration.method.value,
            "why_not": tuple(_worse(before, after, golden)),
        }
        return learned, report.model_copy(update=update)

    async def _golden(self, ranking: LearnedRanking) -> GoldenFigures | None:
        return await self.golden.figures(ranking) if self.golden else None


def _made_with(run: NewRun) -> tuple[str, int, str]:
    return run.model, run.statistics_version, run.edition


def _worse(
    before: Judged, after: Judged, golden: tuple[GoldenFigures | None, GoldenFigures | None]
) -> list[str]:
    """A sentence for each figure that got worse."""
    found = []
    if after.log_loss > before.log_loss + _SAME:
        found.append(f"log loss rises from {before.log_loss:.4f} to {after.log_loss:.4f}")
    if after.auc < before.auc - _SAME:
        found.append(f"AUC falls from {before.auc:.4f} to {after.auc:.4f}")
    known, now = golden
    if known and now and now.mrr < known.mrr - _SAME:
        found.append(f"golden set: MRR falls from {known.mrr:.4f} to {now.mrr:.4f}")
    if known and now and now.first < known.first - _SAME:
        found.append(f"golden set: R@1 falls from {known.first:.4f} to {now.first:.4f}")
    return found


def _figures(name: str, found: Judged, golden: GoldenFigures | None) -> LearningFigures:
    return LearningFigures(
        name=name,
        log_loss=found.log_loss,
        auc=found.auc,
        calibration_error=found.calibration_error,
        golden_mrr=golden.mrr if golden else None,
        golden_first=golden.first if golden else None,
    )


def _weights(learned: LearnedRanking) -> tuple[LearnedWeight, ...]:
    changes = sorted(learned.changes.items())
    return tuple(LearnedWeight(name=name, change=change) for name, change in changes)


def _told(stored: StoredRun, live: int) -> LearningRun:
    return LearningRun(
        id=stored.id,
        started_by=stored.run.started_by,
        created_at=stored.created_at,
        accepted=stored.run.accepted,
        live=stored.id == live,
        report=stored.run.report,
    )
