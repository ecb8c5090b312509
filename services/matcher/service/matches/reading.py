"""The match page's document, its history, and the right to contacts."""

from dataclasses import dataclass
from datetime import datetime

from services.matcher.domain.matches.policy import MatchPolicy
from services.matcher.domain.matches.rubric import Review, agreement, mean, passes
from services.matcher.domain.matches.states import DONE_STATES
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.service.matches.cases import Cases, found
from services.matcher.service.matches.flags import flags_of
from services.matcher.service.matches.histories import history_of
from services.matcher.service.matches.journal import SUBJECT_KIND
from services.matcher.service.matches.listing import ListMatches
from services.matcher.service.matches.parties import side
from services.matcher.service.matches.permissions import allowed
from services.matcher.service.matches.quoting import directions, features
from services.matcher.store import StoreTransaction
from shared.contracts.match_document import (
    ContactsRight,
    Match,
    MatchDecision,
    MatchHistory,
    MatchReview,
    MatchRubric,
    Resuggestion,
)
from shared.contracts.matches import MatchState
from shared.contracts.principal import Principal
from shared.errors import ProblemError
from shared.match_visibility import history_as_seen_by, match_as_seen_by

_COMMENTS = 200
_STEPS_SHOWN = 50
_STEPS = 500
_CONTACTS_OPEN = frozenset({MatchState.INTRODUCED, MatchState.COLLABORATING})


@dataclass(frozen=True)
class ReadMatches:
    """Everything is made for staff, then cut down to what the reader may see."""

    cases: Cases
    listing: ListMatches

    async def read(self, id: str, reader: Principal) -> Match:
        """Raises ProblemError("not_found")."""
        async with self.cases.store.transaction() as transaction:
            match = await found(transaction, id, reader)
            return await self.document(transaction, match, reader)

    async def history(self, id: str, reader: Principal) -> MatchHistory:
        """The last 500 steps. Raises ProblemError("not_found")."""
        async with self.cases.store.transaction() as transaction:
            match = await found(transaction, id, reader)
            entries = await transaction.audit.of(SUBJECT_KIND, id, _STEPS)
            document = await self.document(transaction, match, reader)
        return history_as_seen_by(MatchHistory(items=history_of(entries)), document, reader)

    async def contacts_right(self, id: str, reader: Principal) -> ContactsRight:
        """Raises ProblemError `not_found` or `contacts_closed`."""
        async with self.cases.store.transaction() as transaction:
            match = await found(transaction, id, reader)
            cards = await transaction.cards.of(match.pair)
        gone = any(not card.active for card in cards.values())
        if match.state not in _CONTACTS_OPEN or match.introduced_at is None or gone:
            raise ProblemError("contacts_closed")
        return ContactsRight(
            match_id=id,
            introduced_at=match.introduced_at,
            organisations=(match.pair.first, match.pair.second),
        )

    async def document(
        self, transaction: StoreTransaction, match: StoredMatch, reader: Principal
    ) -> Match:
        """As the reader may see it."""
        now, stale = self.cases.now(), self.listing.stale_before()
        pair, said = match.pair, match.said
        cards = await transaction.cards.of(pair)
        evidence = await transaction.matches.evidence(match.id)
        profiles = await transaction.snapshots.active(pair)
        entries = await transaction.audit.of(SUBJECT_KIND, match.id, _STEPS_SHOWN)
        flags = await flags_of(transaction, [match], day=now.date(), stale_before=stale)
        receives = directions(evidence, pair, profiles, now.date())
        versions = (evidence.first, evidence.second)
        one, other = (
            side(match, id, cards, receives[id], kept.version if kept else None)
            for id, kept in zip(pair, versions, strict=True)
        )
        reviews = await transaction.notes.reviews(match.id)
        document = Match(
            id=match.id,
            version=match.version,
            state=match.state,
            sides=(one, other),
            score=match.score,
            features=features(evidence),
            origin=match.origin,
            run=match.run,
            requested_by=match.requested_by,
            request_text=_request_text(match),
            assignee=match.assignee,
            flags=flags[match.id],
            decision=_decision(match, now),
            rubric=_rubric(match, reviews, self.cases.policy),
            comments=tuple(await transaction.notes.comments(match.id, _COMMENTS)),
            resuggestion=_resuggestion(match, self.cases.policy),
            outcome=said.ended.outcome if said.ended else None,
            outcome_by=said.ended.side if said.ended else None,
            outcome_text=said.ended.text if said.ended else None,
            waiting_for=match.waiting,
            both_agreed=match.agreed,
            contacts_open=match.state in _CONTACTS_OPEN,
            allowed=allowed(match, reader, now),
            created_at=match.created_at,
            since=match.since,
            updated_at=match.updated_at,
            asked_at=match.asked_at,
            nudged_at=match.nudged_at,
            due_at=match.due_at,
            history=history_of(entries),
        )
        return match_as_seen_by(document, reader)


def _request_text(match: StoredMatch) -> str | None:
    if match.requested_by:
        return match.side(match.requested_by).text
    return match.said.request


def _decision(match: StoredMatch, now: datetime) -> MatchDecision | None:
    decided, undo = match.said.decision, match.said.undo
    if decided is None:
        return None
    return MatchDecision(
        decision=decided.decision,
        reasons=decided.reasons,
        text=decided.text,
        by=decided.by,
        at=decided.at,
        undo_until=undo.until if undo and now < undo.until else None,
    )


def _rubric(match: StoredMatch, reviews: list[Review], policy: MatchPolicy) -> MatchRubric:
    wanted = match.reviewers or policy.reviewers
    return MatchRubric(
        reviewers=wanted,
        minimum_each=policy.minimum_each,
        minimum_mean=policy.minimum_mean,
        reviews=tuple(
            MatchReview(
                reviewer=one.reviewer,
                scores=one.scores,
                mean=mean(one.scores),
                passes=passes(one.scores, policy),
                text=one.text,
                at=one.at,
            )
            for one in reviews
        ),
        agreement=agreement(reviews, wanted, policy),
    )


def _resuggestion(match: StoredMatch, policy: MatchPolicy) -> Resuggestion | None:
    down, why = match.said.turned_down, match.said.again
    if down is None or not (why or match.state in DONE_STATES):
        return None
    return Resuggestion(
        turned_down_at=down.at,
        how=down.how,
        reasons=down.reasons,
        again_from=down.at + policy.again_after,
        because=why.because if why and match.state not in DONE_STATES else None,
        changed=why.changed if why else (),
    )
