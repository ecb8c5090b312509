"""Who looks after a match, and what coordinators think of it."""

from dataclasses import dataclass, replace

from services.matcher.domain.matches.decisions import assign
from services.matcher.domain.matches.request_key import KeyUse
from services.matcher.domain.matches.rubric import Review, agreement
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.service.matches.cases import Cases, opened
from services.matcher.service.matches.journal import entry, record
from services.matcher.service.matches.request_keys import digest_of, used_before
from services.matcher.store import StoreTransaction
from shared.contracts.match_document import Agreement, MatchComment
from shared.contracts.match_requests import AssignmentRequest, CommentRequest, ScoreRequest
from shared.contracts.matches import MatchChange
from shared.contracts.principal import Principal
from shared.http.preconditions import Precondition

_ANY = Precondition(any_version=True, given=True)


@dataclass(frozen=True)
class CareForMatches:
    """Comments and scores change nothing that a decision rests on: the version stays."""

    cases: Cases

    async def assign(
        self, id: str, said: AssignmentRequest, by: Principal, expected: Precondition
    ) -> StoredMatch:
        """To a coordinator, or to nobody.

        Raises ProblemError `not_found`, `version_required`, `stale_version`.
        """
        async with self.cases.store.transaction() as transaction:
            match = await opened(transaction, id, by, expected, required=True)
            step = assign(match, said.assignee, said.reviewers, self.cases.now())
            step = replace(step, match=await self._weighed(transaction, step.match))
            await transaction.matches.save([step.match])
            await record(transaction, [step], by)
        return step.match

    async def comment(
        self, id: str, said: CommentRequest, by: Principal, key: str | None
    ) -> MatchComment:
        """Added once for each key. Raises ProblemError `not_found`, `idempotency_key_reused`."""
        digest, now = digest_of(id, said), self.cases.now()
        async with self.cases.store.transaction() as transaction:
            if earlier := await used_before(transaction, by, key, digest):
                return MatchComment.model_validate_json(earlier)
            match = await opened(transaction, id, by, _ANY)
            made = await transaction.notes.comment(id, said.text, by.subject, now)
            if key:
                use = KeyUse(digest, made.model_dump_json())
                await transaction.request_keys.remember(by.subject, key, use, now)
            await transaction.matches.save([replace(match, comments=match.comments + 1)])
            row = entry(match, MatchChange.COMMENTED, by, now, {"comment": made.id})
            await transaction.audit.append([row])
        return made

    async def score(self, id: str, said: ScoreRequest, by: Principal) -> StoredMatch:
        """One's own scores. Raises ProblemError("not_found")."""
        now = self.cases.now()
        async with self.cases.store.transaction() as transaction:
            match = await opened(transaction, id, by, _ANY)
            review = Review(by.subject, said.scores, now, said.text)
            await transaction.notes.review(id, review)
            match = await self._weighed(transaction, match)
            await transaction.matches.save([match])
            marks = said.scores.model_dump()
            await transaction.audit.append([entry(match, MatchChange.SCORED, by, now, marks)])
        return match

    async def _weighed(self, transaction: StoreTransaction, match: StoredMatch) -> StoredMatch:
        """With a note of whether its reviewers disagree."""
        policy = self.cases.policy
        reviews = await transaction.notes.reviews(match.id)
        found = agreement(reviews, match.reviewers or policy.reviewers, policy)
        return replace(match, split=found is Agreement.SPLIT)
