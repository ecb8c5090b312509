"""What the two sides say, and what becomes of it."""

from dataclasses import dataclass

from services.matcher.domain.matches.answers import answer
from services.matcher.domain.matches.endings import close, collaborate
from services.matcher.domain.matches.moves import Moved
from services.matcher.domain.matches.states import MoveRefusedError
from services.matcher.domain.matches.stored import Ended, SideSaid, StoredMatch
from services.matcher.service.matches.cases import Cases, opened, refused
from services.matcher.service.matches.introducing import introduced_if_agreed, last
from services.matcher.service.matches.journal import mover_of, record
from services.matcher.service.matches.learned_from import keep_record
from services.matcher.service.matches.teaching import MissingSnapshots, Snapshots
from services.matcher.store import StoreTransaction
from shared.contracts.decisions import RecordKind, Verdict
from shared.contracts.match_requests import (
    MatchOutcomeRequest,
    MatchResponseRequest,
    SideAnswer,
)
from shared.contracts.matches import MatchState
from shared.contracts.principal import Principal, Role
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError
from shared.http.preconditions import Precondition

_VERDICTS = {SideAnswer.INTERESTED: Verdict.INTERESTED, SideAnswer.DECLINED: Verdict.DECLINED}


@dataclass(frozen=True)
class AnswerMatches:
    """By members for their own side, and by coordinators who were told so."""

    cases: Cases
    missing: MissingSnapshots

    async def respond(
        self, id: str, said: MatchResponseRequest, by: Principal, expected: Precondition
    ) -> StoredMatch:
        """Yes or no; the same again changes nothing.

        Raises ProblemError `not_found`, `stale_version`, `match_state`, `invalid_request`,
        `own_organisation_only`.
        """
        now = await self.missing.of(id, by, said.organisation or by.organisation)
        async with self.cases.store.transaction() as transaction:
            match = await opened(transaction, id, by, expected, introduces=True)
            side = _side(match, said.organisation, by)
            if match.side(side).answer is said.answer:
                return match
            try:
                steps = await self._answered(transaction, match, side, said, by, now)
            except MoveRefusedError as error:
                raise refused(error) from error
            await transaction.matches.save([last(match, steps)])
            await record(transaction, steps, by)
        return last(match, steps)

    async def report(
        self, id: str, said: MatchOutcomeRequest, by: Principal, expected: Precondition
    ) -> StoredMatch:
        """Working together, or over; the same again changes nothing.

        Raises ProblemError `not_found`, `stale_version`, `match_state`.
        """
        async with self.cases.store.transaction() as transaction:
            match = await opened(transaction, id, by, expected)
            if _said_already(match, said):
                return match
            try:
                step = await self._reported(transaction, match, said, by)
            except MoveRefusedError as error:
                raise refused(error) from error
            await transaction.matches.save([step.match])
            await record(transaction, [step], by)
        return step.match

    async def _answered(
        self,
        transaction: StoreTransaction,
        match: StoredMatch,
        side: str,
        said: MatchResponseRequest,
        by: Principal,
        snapshots: Snapshots,
    ) -> list[Moved]:
        now = self.cases.now()
        given = SideSaid(said.answer, now, by.subject, said.reasons, said.text)
        stated = await transaction.cards.stated(match.pair)
        step = answer(match, side, given, mover_of(by), stated)
        await keep_record(
            transaction,
            match,
            RecordKind.RESPONSE,
            _VERDICTS[said.answer],
            by,
            organisation=side,
            reasons=said.reasons,
            text=said.text,
            now=snapshots,
        )
        return [step, *await introduced_if_agreed(transaction, step.match, now)]

    async def _reported(
        self,
        transaction: StoreTransaction,
        match: StoredMatch,
        said: MatchOutcomeRequest,
        by: Principal,
    ) -> Moved:
        now, mover = self.cases.now(), mover_of(by)
        side = by.organisation if by.role is Role.MEMBER else None
        if said.outcome is None:
            step, verdict = collaborate(match, mover, side, now), Verdict.COLLABORATING
        else:
            ended = Ended(said.outcome, by.subject, side, said.text)
            stated = await transaction.cards.stated(match.pair)
            step, verdict = close(match, mover, ended, now, stated), Verdict.ENDED
            await transaction.introductions.close(match.pair, now)
        if match.introduced_at:
            await keep_record(transaction, match, RecordKind.OUTCOME, verdict, by)
        return step


def _side(match: StoredMatch, named: str | None, by: Principal) -> str:
    side = named or by.organisation
    if side is None or side not in match.pair:
        problem = FieldProblem(
            field="organisation",
            problem="is not one of the two",
            mend="name the side that has answered",
        )
        raise ProblemError("invalid_request", fields=[problem])
    if by.role is Role.MEMBER and not by.speaks_for(side):
        raise ProblemError("own_organisation_only")
    return side


def _said_already(match: StoredMatch, said: MatchOutcomeRequest) -> bool:
    if said.outcome is None:
        return match.state is MatchState.COLLABORATING
    ended = match.said.ended
    closed = match.state is MatchState.CLOSED and ended is not None
    return closed and ended is not None and ended.outcome == said.outcome
