"""The use cases behind the routes; the app's state has them as `matcher.use_cases`."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from services.matcher.service.calls.call_proposals import ProposeTeams
from services.matcher.service.consortium import ProposeConsortia
from services.matcher.service.dead_letters import DeadLetterOffice
from services.matcher.service.declined_suggestions import DeclinedSuggestions
from services.matcher.service.index_status import ReadIndexStatus
from services.matcher.service.learning import LearnRanking
from services.matcher.service.matches.explaining import ExplainPair
from services.matcher.service.need_clarity import AssessClarity
from services.matcher.service.off_line import JudgeOffLine
from services.matcher.service.pair_constraints import KeepPairConstraints
from services.matcher.service.pair_records import KeepPairRecords
from services.matcher.service.prototype_likeness import ComparePrototypes
from services.matcher.service.rebuild import RebuildIndex
from services.matcher.service.reconcile import Reconcile
from services.matcher.service.search import Search
from services.matcher.service.suggestions import Suggest
from services.matcher.service.upkeep import KeepIndex
from services.matcher.service.why_not import ExplainAbsence
from shared.errors import ProblemError


@dataclass(frozen=True)
class UseCases:
    """Everything that a route may do."""

    suggest: Suggest
    why_not: ExplainAbsence
    pair_constraints: KeepPairConstraints
    search: Search
    consortia: ProposeConsortia
    teams: ProposeTeams
    clarity: AssessClarity
    likeness: ComparePrototypes
    records: KeepPairRecords
    declined: DeclinedSuggestions
    off_line: JudgeOffLine
    explain: ExplainPair
    learning: LearnRanking
    status: ReadIndexStatus
    rebuild: RebuildIndex
    upkeep: KeepIndex
    reconcile: Reconcile
    letters: DeadLetterOffice


async def _current(request: Request) -> UseCases:
    found: UseCases | None = request.app.state.matcher.use_cases
    if found is None:
        raise ProblemError("not_ready", what="matcher", headers={"Retry-After": "5"})
    return found


Current = Annotated[UseCases, Depends(_current)]
"""Raises ProblemError("not_ready") until the model is loaded."""
