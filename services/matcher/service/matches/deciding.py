"""Coordinators' decisions, one by one and many at once, and taking one back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from services.matcher.domain.matches.decisions import CHANGES, decide, undo
from services.matcher.domain.matches.moves import Moved
from services.matcher.domain.matches.rubric import agreement
from services.matcher.domain.matches.states import MoveRefusedError, target
from services.matcher.domain.matches.stored import Decided, StoredMatch
from services.matcher.service.matches.cases import Cases, opened, refused
from services.matcher.service.matches.introducing import asked, introduced, last
from services.matcher.service.matches.journal import mover_of, record
from services.matcher.service.matches.keeping_apart import keep_apart, release
from services.matcher.service.matches.learned_from import keep_record
from services.matcher.service.matches.obstacles import obstacles
from services.matcher.service.matches.teaching import MissingSnapshots, Snapshots
from services.matcher.store import StoreTransaction
from shared.contracts.decisions import RecordKind, Verdict
from shared.contracts.match_document import Agreement
from shared.contracts.match_requests import (
    BulkDecisionItem,
    BulkDecisionOutcome,
    BulkDecisionRequest,
    BulkUndoRequest,
    Decision,
    MatchDecisionRequest,
)
from shared.contracts.principal import Principal
from shared.errors import ProblemError
from shared.http.preconditions import Precondition

_OUTWARD = frozenset({Decision.ASK, Decision.INTRODUCE})
_TOGETHER = frozenset({Decision.APPROVE, Decision.ASK, Decision.INTRODUCE})
_VERDICTS = {Decision.APPROVE: Verdict.APPROVED, Decision.REJECT: Verdict.REJECTED}


@dataclass(frozen=True)
class DecideMatches:
    """One transaction for each match: of two at once one wins, the other reads again."""

    cases: Cases
    missing: MissingSnapshots

    async def decide(
        self, id: str, said: MatchDecisionRequest, by: Principal, expected: Precondition
    ) -> StoredMatch:
        """The match after it.

        Raises ProblemError `not_found`, `version_required`, `stale_version`, `match_state`,
        `match_blocked`, `review_incomplete`.
        """
        now = await self.missing.of(id, by) if said.decision in _VERDICTS else {}
        async with self.cases.store.transaction() as transaction:
            introduces = said.decision in _OUTWARD
            match = await opened(
                transaction, id, by, expected, introduces=introduces, required=True
            )
            try:
                steps = await self._steps(transaction, match, said, by, now)
            except MoveRefusedError as error:
                raise refused(error) from error
            await transaction.matches.save([last(match, steps)])
            await record(transaction, steps, by)
        return last(match, steps)

    async def decide_many(
        self, request: BulkDecisionRequest, by: Principal, language: str
    ) -> list[BulkDecisionOutcome]:
        """Each by itself, in the order of the request."""
        said = MatchDecisionRequest(
            decision=request.decision, reasons=request.reasons, text=request.text
        )

        async def decide(item: BulkDecisionItem) -> StoredMatch:
            return await self.decide(item.id, said, by, _at(item))

        return [await _one_of_many(decide, item, language) for item in request.matches]

    async def undo_many(
        self, request: BulkUndoRequest, by: Principal, language: str
    ) -> list[BulkDecisionOutcome]:
        """Each by itself, in the order of the request."""

        async def take_back(item: BulkDecisionItem) -> StoredMatch:
            return await self.undo(item.id, by, _at(item))

        return [await _one_of_many(take_back, item, language) for item in request.matches]

    async def undo(self, id: str, by: Principal, expected: Precondition) -> StoredMatch:
        """As it was before the last decision.

        Raises ProblemError `not_found`, `version_required`, `stale_version`, `undo_too_late`.
        """
        async with self.cases.store.transaction() as transaction:
            match = await opened(transaction, id, by, expected, required=True)
            try:
                step = undo(match, self.cases.now())
            except MoveRefusedError as error:
                raise ProblemError("undo_too_late") from error
            if match.said.undo and match.said.undo.record is not None:
                await transaction.records.retract(match.said.undo.record)
            await release(transaction, match)
            await transaction.matches.save([step.match])
            await record(transaction, [step], by)
        return step.match

    async def _steps(
        self,
        transaction: StoreTransaction,
        match: StoredMatch,
        said: MatchDecisionRequest,
        by: Principal,
        snapshots: Snapshots,
    ) -> Sequence[Moved]:
        now = self.cases.now()
        target(CHANGES[said.decision], match.state, mover_of(by))
        if said.decision in _TOGETHER:
            (await obstacles(transaction, match.pair, now)).require_none()
        if said.decision is Decision.ASK:
            return await asked(self.cases, transaction, match, by, now)
        if said.decision is Decision.INTRODUCE:
            return [await self._introduce(transaction, match, by)]
        if said.decision is Decision.APPROVE:
            await self._require_agreement(transaction, match)
        kept = await self._keep(transaction, match, said, by, snapshots)
        stated = await transaction.cards.stated(match.pair)
        decided = Decided(said.decision, by.subject, now, said.reasons, said.text)
        apart = await keep_apart(transaction, match.pair, decided)
        policy = self.cases.policy
        return [decide(match, decided, policy, stated=stated, record=kept, constraints=apart)]

    async def _introduce(
        self, transaction: StoreTransaction, match: StoredMatch, by: Principal
    ) -> Moved:
        if not match.agreed:
            raise ProblemError("match_state", action="introduced", state="asked")
        return await introduced(transaction, match, by, self.cases.now())

    async def _require_agreement(self, transaction: StoreTransaction, match: StoredMatch) -> None:
        policy = self.cases.policy
        wanted = match.reviewers or policy.reviewers
        reviews = await transaction.notes.reviews(match.id) if wanted > 1 else []
        found = agreement(reviews, wanted, policy)
        if found not in (Agreement.NOT_ASKED, Agreement.FOR):
            raise ProblemError("review_incomplete", reviewers=wanted, agreement=found.value)

    async def _keep(
        self,
        transaction: StoreTransaction,
        match: StoredMatch,
        said: MatchDecisionRequest,
        by: Principal,
        snapshots: Snapshots,
    ) -> int | None:
        verdict = _VERDICTS.get(said.decision)
        if verdict is None:
            return None
        return await keep_record(
            transaction,
            match,
            RecordKind.DECISION,
            verdict,
            by,
            reasons=said.reasons,
            text=said.text,
            now=snapshots,
        )


def _at(item: BulkDecisionItem) -> Precondition:
    return Precondition(versions=frozenset({item.version}), given=True)


async def _one_of_many(
    do: Callable[[BulkDecisionItem], Awaitable[StoredMatch]], item: BulkDecisionItem, language: str
) -> BulkDecisionOutcome:
    try:
        match = await do(item)
    except ProblemError as error:
        return _refusal(item.id, error, language)
    return BulkDecisionOutcome(
        id=item.id, decided=True, version=match.version, state=match.state.value
    )


def _refusal(id: str, error: ProblemError, language: str) -> BulkDecisionOutcome:
    current = error.parameters.get("current")
    return BulkDecisionOutcome(
        id=id,
        decided=False,
        version=current if isinstance(current, int) else None,
        code=error.code,
        reason=error.entry.detail(language, error.parameters),
    )
