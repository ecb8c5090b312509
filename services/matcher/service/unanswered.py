"""Must-haves that no organisation on the platform answers, said once for the whole list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.matcher.domain.constants import MET
from services.matcher.domain.pair_score import PairEvidence, pair_score, rarest_idf, standardised
from services.matcher.domain.restrictions import EXCLUDED_BY_NAME
from services.matcher.domain.statements import Statement, StatementKey
from services.matcher.ports import IndexFilter, IndexHit, IndexQuery
from services.matcher.service.encoding import Probe
from services.matcher.service.listing import Listing
from services.matcher.service.live import Live
from shared.contracts.organisation import Necessity, Side

_HITS = 20
"""Asked for each need and way of looking: the best answer is among them."""


@dataclass(frozen=True)
class Unanswered:
    """A must-have, and the score of what comes nearest to an answer."""

    need: Statement
    best: float


async def unanswered_must_haves(listing: Listing) -> list[Unanswered]:
    """Those without a capability above the threshold, whatever the list was narrowed to.

    Organisations that are barred for this asker count as not there; confidential capabilities
    count, as they do in scores.
    """
    open_needs = _not_met_in(listing)
    if not open_needs:
        return []
    best = await _best_scores(listing, open_needs)
    return [Unanswered(need, score) for need, score in best if score < MET]


def _not_met_in(listing: Listing) -> list[Statement]:
    scored = [*(one.scored for one in listing.partners), *listing.below_minimum]
    met = {
        answer.asking.key
        for one in scored
        for answer in one.receives.answers
        if answer.score >= MET
    }
    needs = listing.asker.side(Side.NEED)
    return [n for n in needs if n.necessity is Necessity.MUST_HAVE and n.key not in met]


async def _best_scores(
    listing: Listing, needs: Sequence[Statement]
) -> list[tuple[Statement, float]]:
    live = listing.live
    excluded = {listing.asker.id, *listing.restrictions.excluded(EXCLUDED_BY_NAME)}
    narrowing = IndexFilter(Side.CAPABILITY, excluded_organisations=tuple(sorted(excluded)))
    probes = await live.encoder.probes(needs)
    dense = await live.index.query([IndexQuery(narrowing, _HITS, dense=p.dense) for p in probes])
    worded = [probe for probe in probes if probe.lexical.indices]
    lexical = await live.index.query(
        [IndexQuery(narrowing, _HITS, lexical=probe.lexical) for probe in worded]
    )
    by_words = {probe.key: hits for probe, hits in zip(worded, lexical, strict=True)}
    rarest = rarest_idf(await live.index.count())
    return [
        (need, _best(live, need, hits, _shares(probe, by_words.get(probe.key, ()), rarest)))
        for need, probe, hits in zip(needs, probes, dense, strict=True)
    ]


def _shares(probe: Probe, hits: Sequence[IndexHit], rarest: float) -> Mapping[StatementKey, float]:
    most = len(probe.lexical.indices) * rarest
    return {hit.key: min(1.0, max(0.0, hit.score / most)) for hit in hits} if most > 0 else {}


def _best(
    live: Live, need: Statement, hits: Sequence[IndexHit], shares: Mapping[StatementKey, float]
) -> float:
    best = 0.0
    for hit in hits:
        background = live.encoder.statistics.background_of(
            need.language, "zh" if hit.point.language == "zh" else "en"
        )
        evidence = PairEvidence(hit.score, shares.get(hit.key, 0.0))
        best = max(best, pair_score(standardised(evidence, background)))
    return best
