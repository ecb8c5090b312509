"""A scored partner as the evidence of a match: statement ids and numbers, no text."""

from services.matcher.domain.constants import EXPLAINED_ANSWERS, MET
from services.matcher.domain.matches.suggesting import (
    Evidence,
    EvidenceDirection,
    EvidenceFeature,
    EvidencePair,
    SuggestedPair,
)
from services.matcher.domain.pairs import Pair
from services.matcher.domain.scoring import ScoredDirection
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.service.scored_partner import ScoredPartner
from shared.contracts.decisions import SuggestionSnapshot
from shared.contracts.organisation import Necessity
from shared.contracts.suggestions import Basis


def suggested_pair(
    asker: MatchedOrganisation,
    scored: ScoredPartner,
    snapshot: SuggestionSnapshot | None = None,
) -> SuggestedPair:
    """What `RecordSuggested` takes; `snapshot` is of the partner's place in the asker's list."""
    pair = Pair.of(asker.id, scored.partner.id)
    receives = evidence_direction(scored.receives, asker.version)
    gives = evidence_direction(scored.gives, scored.partner.version)
    first, second = (receives, gives) if pair.first == asker.id else (gives, receives)
    features = tuple(
        EvidenceFeature(one.name.value, one.value, one.contribution)
        for one in scored.features
        if one.contribution
    )
    snapshots = {asker.id: snapshot} if snapshot else {}
    return SuggestedPair(pair, scored.score, Evidence(first, second, features, snapshots))


def evidence_direction(direction: ScoredDirection, version: int) -> EvidenceDirection:
    """As `domain.explanation.explain` shows it: what is met, best first, and what is not."""
    ordered = sorted(direction.answers, key=lambda one: (-one.score, one.asking.key.statement))
    met = [one for one in ordered if one.score >= MET]
    shown = (met or ordered[:1])[:EXPLAINED_ANSWERS]
    answered = {one.asking.key for one in met}
    unmet = [one for one in direction.asking if one.key not in answered]
    unmet.sort(key=lambda need: need.necessity is not Necessity.MUST_HAVE)
    told = unmet if direction.basis is Basis.NEEDS else []
    return EvidenceDirection(
        score=direction.score,
        basis=direction.basis,
        answers=tuple(
            EvidencePair(
                need=one.asking.key.statement,
                capability=one.answering.key.statement,
                score=one.score,
                similarity=one.evidence.similarity,
                lexical=one.evidence.lexical,
            )
            for one in shown
        ),
        unmet=tuple(need.key.statement for need in told),
        version=version,
    )
