"""A member asks to meet another organisation; a coordinator brings two together by hand."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from services.matcher.domain.matches.again import Refusal, again
from services.matcher.domain.matches.answers import EXPIRED, TAKEN_BACK
from services.matcher.domain.matches.moves import Moved
from services.matcher.domain.matches.request_key import KeyUse
from services.matcher.domain.matches.states import DONE_STATES, MoveRefusedError
from services.matcher.domain.matches.stored import SideSaid, StoredMatch, SuggestedAgain
from services.matcher.domain.matches.suggesting import SuggestedPair, requested
from services.matcher.domain.pairs import Pair
from services.matcher.service.matches.cases import Cases, may_know, refused
from services.matcher.service.matches.journal import mover_of, record
from services.matcher.service.matches.learned_from import keep_record
from services.matcher.service.matches.obstacles import obstacles
from services.matcher.service.matches.request_keys import digest_of, used_before
from services.matcher.service.matches.teaching import Explain
from services.matcher.service.other_profile import OtherProfiles
from services.matcher.service.pair_constraints import NamedPair
from services.matcher.store import StoreTransaction
from shared.contracts.decisions import RecordKind, Verdict
from shared.contracts.match_requests import IntroductionRequest, SideAnswer
from shared.contracts.matches import MatchOrigin, MatchState
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError


@dataclass(frozen=True)
class RequestIntroductions:
    """The asker has said yes; coordinators review it like any other match."""

    cases: Cases
    others: OtherProfiles
    explain: Explain

    async def request(
        self, said: IntroductionRequest, by: Principal, key: str | None
    ) -> StoredMatch:
        """The pair's match; asking again changes nothing.

        Raises ProblemError `own_organisation_only`, `not_found`, `invalid_request`,
        `already_exists`, `match_not_open`, `match_turned_down`, `match_blocked`,
        `too_many_requests_open`, `idempotency_key_reused`.
        """
        if by.role is Role.MEMBER and not by.speaks_for(said.organisation):
            raise ProblemError("own_organisation_only")
        pair = NamedPair(said.organisation, said.other).pair()
        await asyncio.gather(*(self.others.visible(id, by) for id in pair))
        suggested = await self.explain(pair)
        while True:
            async with self.cases.store.transaction() as transaction:
                made = await self._made(transaction, pair, said, by, key, suggested)
            if made is not None:
                return made

    async def _made(
        self,
        transaction: StoreTransaction,
        pair: Pair,
        said: IntroductionRequest,
        by: Principal,
        key: str | None,
        suggested: SuggestedPair | None,
    ) -> StoredMatch | None:
        """None where somebody else has just made the pair's first match."""
        digest = digest_of("introduction", said)
        if earlier := await used_before(transaction, by, key, digest):
            return await transaction.matches.get(earlier)
        now = self.cases.now()
        known = (await transaction.matches.lock_pairs([pair])).get(pair)
        await self._require_open(transaction, pair, said, by)
        match = await self._asked(transaction, known, said, by, now, suggested)
        if match and key:
            use = KeyUse(digest, match.id)
            await transaction.request_keys.remember(by.subject, key, use, now)
        return match

    async def _asked(
        self,
        transaction: StoreTransaction,
        known: StoredMatch | None,
        said: IntroductionRequest,
        by: Principal,
        now: datetime,
        suggested: SuggestedPair | None,
    ) -> StoredMatch | None:
        side = said.organisation if by.role is Role.MEMBER else None
        if side and not (known and _asked_already(known, side)):
            await self._require_room(transaction, side)
        if known is None:
            known = _first(Pair.of(said.organisation, said.other), by, now, suggested)
            if not await transaction.matches.add([known]):
                return None
        elif _asked_already(known, side):
            return known
        step = await self._step(transaction, known, side, said, by, now)
        await transaction.matches.save([step.match])
        if suggested:
            await transaction.matches.put_evidence([(known.id, suggested.evidence)])
        if side:
            await keep_record(
                transaction,
                step.match,
                RecordKind.RESPONSE,
                Verdict.INTERESTED,
                by,
                organisation=side,
                text=said.text,
            )
        await record(transaction, [step], by)
        return step.match

    async def _step(
        self,
        transaction: StoreTransaction,
        match: StoredMatch,
        side: str | None,
        said: IntroductionRequest,
        by: Principal,
        now: datetime,
    ) -> Moved:
        why = None
        if match.state in DONE_STATES:
            why = await self._why_again(transaction, match, said, by, now)
        text = None if side else said.text
        given = SideSaid(SideAnswer.INTERESTED, now, by.subject, (), said.text)
        try:
            return requested(match, side, given, text, why, mover_of(by))
        except MoveRefusedError as error:
            if may_know(match, by):
                raise ProblemError("already_exists", what="match", id=match.id) from error
            raise refused(error) from error

    async def _why_again(
        self,
        transaction: StoreTransaction,
        match: StoredMatch,
        said: IntroductionRequest,
        by: Principal,
        now: datetime,
    ) -> SuggestedAgain:
        stated = await transaction.cards.stated(match.pair)
        found = again(match.said.turned_down, stated, now, self.cases.policy)
        if isinstance(found, SuggestedAgain):
            return found
        if by.role is not Role.MEMBER or _may_come_back(found, match, said.organisation):
            return SuggestedAgain("requested")
        raise _not_yet(found, match, said, by)

    async def _require_room(self, transaction: StoreTransaction, side: str) -> None:
        """Somebody has to read each of them."""
        most = self.cases.policy.open_requests
        if await transaction.matches.open_requests(side) >= most:
            raise ProblemError("too_many_requests_open", most=most)

    async def _require_open(
        self, transaction: StoreTransaction, pair: Pair, said: IntroductionRequest, by: Principal
    ) -> None:
        found = await obstacles(transaction, pair, self.cases.now())
        if found.barring and by.role is Role.MEMBER:
            raise ProblemError("match_not_open", other=said.other)
        found.require_none()


def _may_come_back(found: Refusal, match: StoredMatch, side: str) -> bool:
    """Who took its own request back, or was only silent, has turned nobody down."""
    how = found.turned_down.how
    return how == TAKEN_BACK or (how == EXPIRED and side in match.pending)


def _not_yet(
    found: Refusal, match: StoredMatch, said: IntroductionRequest, by: Principal
) -> ProblemError:
    """A member who never knew of the match is not told that others turned it down."""
    if not may_know(match, by):
        return ProblemError("match_not_open", other=said.other)
    day = found.again_from.date().isoformat()
    return ProblemError("match_turned_down", how=found.turned_down.how, again_from=day)


def _first(
    pair: Pair, by: Principal, now: datetime, suggested: SuggestedPair | None
) -> StoredMatch:
    member = by.role is Role.MEMBER
    return StoredMatch(
        id=uuid4().hex,
        pair=pair,
        version=0,  # its first step makes it 1
        state=MatchState.SUGGESTED,
        origin=MatchOrigin.MEMBER if member else MatchOrigin.COORDINATOR,
        created_at=now,
        since=now,
        updated_at=now,
        score=suggested.score if suggested else None,
    )


def _asked_already(match: StoredMatch, side: str | None) -> bool:
    if match.state in DONE_STATES or match.asked_at:
        return False
    return side is None or match.side(side).answer is SideAnswer.INTERESTED
