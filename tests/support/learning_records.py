"""Decisions with a preference in them, as the store keeps them."""

from collections.abc import Mapping

import numpy as np

from services.matcher.domain.learning.document import to_document
from services.matcher.domain.learning.learned_ranking import EDITION, LearnedRanking
from services.matcher.domain.learning.stored import NewRecord, NewRun
from shared.contracts.decisions import (
    Reason,
    RecordKind,
    SnapshotFeature,
    SuggestionSnapshot,
    Verdict,
)
from shared.contracts.learning import LearningReport
from tests.support.matcher_bench import MatcherBench


async def decide(bench: MatcherBench, count: int, *, towards: float = 1.0, start: int = 0) -> None:
    """Approvals and rejections by somebody who wants partners of the same province; -1: others."""
    rng = np.random.default_rng(3 + start)
    model = bench.live.current().state.model
    for number in range(start, start + count):
        async with bench.store.transaction() as transaction:
            raw, province = float(rng.normal()), float(rng.integers(0, 2))
            odds = 0.7 * raw + towards * 4.0 * (province - 0.5)
            approves = bool(rng.random() < 1 / (1 + np.exp(-odds)))
            await transaction.records.add(_record(number, approves, raw, province, model))


def _record(number: int, approves: bool, raw: float, province: float, model: str) -> NewRecord:
    return NewRecord(
        kind=RecordKind.DECISION,
        organisation=f"a{number}",
        partner=f"b{number}",
        verdict=Verdict.APPROVED if approves else Verdict.REJECTED,
        reasons=() if approves else (Reason.OUT_OF_SCOPE,),
        text=None,
        said_by="c",
        request_key=None,
        snapshot=_snapshot({"same_province": province}, raw, model),
    )


def _snapshot(values: Mapping[str, float], raw: float, model: str) -> SuggestionSnapshot:
    return SuggestionSnapshot(
        features=tuple(
            SnapshotFeature(name=name, value=value, contribution=0.0)
            for name, value in values.items()
        ),
        raw=raw,
        probability=0.5,
        rank=1,
        ranking_version=f"{EDITION}+hand-set",
        model=model,
        statistics_version=0,
        organisation_version=1,
        partner_version=1,
    )


async def activate(
    bench: MatcherBench, ranking: LearnedRanking, *, statistics_version: int = 0
) -> int:
    """Let this ranking answer, as learned with these statistics; the run's number."""
    report = LearningReport(records=0, examples=0, left_out=0, held_out=0)
    run = NewRun(
        started_by="o",
        model=bench.live.current().state.model,
        statistics_version=statistics_version,
        edition=EDITION,
        accepted=True,
        ranking=to_document(ranking),
        report=report,
    )
    async with bench.store.transaction() as transaction:
        stored = await transaction.runs.add(run)
        await transaction.runs.activate(stored.id, "o")
    return stored.id
