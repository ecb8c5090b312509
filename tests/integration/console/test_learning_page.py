"""What was learned, for coordinators; operators take it back."""

from datetime import UTC, datetime
from html import unescape

import pytest

from shared.contracts.learning import (
    LearnedWeight,
    LearningFigures,
    LearningReport,
    LearningRun,
    LearningRunPage,
    LiveRankingVersion,
)
from tests.integration.console.conftest import Edge, LogIn

pytestmark = pytest.mark.anyio


def run(id: int, *, live: bool, why_not: tuple[str, ...] = ()) -> LearningRun:
    figures = LearningFigures(name="learned", log_loss=0.4, auc=0.87654, calibration_error=0.02)
    report = LearningReport(
        records=300,
        examples=250,
        left_out=50,
        held_out=62,
        figures=(figures,),
        weights=(LearnedWeight(name="same_province", change=1.25),),
        why_not=why_not,
    )
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    return LearningRun(
        id=id, started_by="nightly", created_at=moment, accepted=live, live=live, report=report
    )


async def test_runs_are_shown_with_figures_and_reasons_and_taken_back_by_operators(
    edge: Edge, log_in: LogIn
) -> None:
    refused = run(8, live=False, why_not=("AUC falls from 0.8800 to 0.8765",))
    runs = LearningRunPage(items=(refused, run(7, live=True)))
    edge.matcher.answer("GET", "/learning-runs", runs)
    back = LiveRankingVersion(version="hand-set")
    edge.matcher.answer("POST", "/learning-runs/rollback", back)
    coordinator, operator = await log_in("coordinator"), await log_in("operator")
    seen = [unescape((await one.get("/console/learning")).text) for one in (coordinator, operator)]
    for text in seen:
        assert "AUC falls from 0.8800 to 0.8765" in text
        assert "0.8765" in text
        assert "+1.250" in text
    assert ["/console/learning/rollback" in text for text in seen] == [False, True]
    refused_answer = await coordinator.post("/console/learning/rollback")
    assert refused_answer.status_code == 403
    answer = await operator.post("/console/learning/rollback")
    assert answer.headers["location"] == "/console/learning"
