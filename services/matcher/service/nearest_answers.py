"""How near the nearest capability on the whole platform comes to answering a need."""

from collections.abc import Mapping, Sequence

from services.matcher.domain.pair_score import PairEvidence, pair_score, rarest_idf, standardised
from services.matcher.domain.statements import Statement, StatementKey
from services.matcher.index_hits import IndexHit
from services.matcher.ports import IndexFilter, IndexQuery
from services.matcher.service.encoding import Probe
from services.matcher.service.live import Live

_HITS = 20
"""Asked for each need and way of looking: the best answer is among them."""


async def nearest_scores(
    live: Live, needs: Sequence[Statement], narrowings: Sequence[IndexFilter]
) -> list[float]:
    """The best score of each need among what its narrowing lets be found; 0.0 where nothing is."""
    probes = await live.encoder.probes(needs)
    asked = list(zip(probes, narrowings, strict=True))
    dense = await live.index.query([IndexQuery(n, _HITS, dense=p.dense) for p, n in asked])
    worded = [(probe, narrowing) for probe, narrowing in asked if probe.lexical.indices]
    lexical = await live.index.query(
        [IndexQuery(narrowing, _HITS, lexical=probe.lexical) for probe, narrowing in worded]
    )
    by_words = {probe.key: hits for (probe, _), hits in zip(worded, lexical, strict=True)}
    rarest = rarest_idf(await live.index.count())
    return [
        _best(live, need, hits, _shares(probe, by_words.get(probe.key, ()), rarest))
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
