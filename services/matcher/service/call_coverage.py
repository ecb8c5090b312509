"""How well organisations cover a call's requirements, by the ranking that answers a search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.consortium.call_problem import Scored
from services.matcher.domain.consortium.constants import (
    ASKED_AT_ONCE,
    CANDIDATES_EACH,
    CANDIDATES_OF_KIND,
    REQUIREMENT_ORGANISATIONS,
)
from services.matcher.domain.consortium.likelihood import likelihood
from services.matcher.domain.explanation import may_read
from services.matcher.domain.language import detect_language
from services.matcher.domain.pair_score import standardised
from services.matcher.domain.partner_features import FeatureName
from services.matcher.domain.prior_features import Priors
from services.matcher.domain.prior_weights import TEXT_PRIORS, PriorWeights
from services.matcher.domain.ranking_weights import WEIGHTS, RankingWeights
from services.matcher.domain.snapshot import current
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from services.matcher.ports import IndexFilter
from services.matcher.service.evidence import Evidence, Question, ask_exactly, evidence_from
from services.matcher.service.live import Live
from services.matcher.service.text_hits import EmbeddedText, TextHits, look_for_all
from services.matcher.service.text_ranking import TextRanking
from services.matcher.store import MatcherStore
from shared.contracts.consortia import CallRequirement
from shared.contracts.organisation import Kind, Language, Side
from shared.contracts.principal import Principal


@dataclass(frozen=True, eq=False)
class CallCoverage:
    """Scores, and the statement that each rests on."""

    scored: Scored
    statements: tuple[tuple[Statement | None, ...], ...]
    """By requirement and organisation; None where nothing readable comes near."""
    languages: tuple[Language, ...]
    """Of the requirements."""
    grounds: NDArray[np.float64]
    """What the scores are made of, shape (requirements, organisations, 2): the sum of the ranking
    by the text, and the standard score of the best statement; NaN where nothing is readable."""


@dataclass(frozen=True)
class CallScope:
    """What is asked, and among whom."""

    requirements: Sequence[CallRequirement]
    everywhere: IndexFilter
    places: Sequence[IndexFilter]
    """The same, narrowed to each place that the call names."""
    fixed: Sequence[str]
    kinds: Sequence[Kind]
    barred: frozenset[str]
    """Looked at in no case, but for the fixed ones; the index may not know them all."""


@dataclass(frozen=True)
class CoverRequirements:
    """Texts are asked together: one batch of the model, a few round trips of the index."""

    store: MatcherStore
    weights: RankingWeights = WEIGHTS
    priors: PriorWeights = TEXT_PRIORS
    off: frozenset[FeatureName] = frozenset()
    """Features beside the text that an operator wants no part of."""

    async def coverage(self, live: Live, scope: CallScope, reader: Principal) -> CallCoverage:
        """Of the best organisations everywhere and in each of the places, and the fixed ones.

        What the reader may not read counts for nothing, as in a search. Scores are by the ranking
        everywhere: among the few of one place somebody would always look good.
        """
        asked = await _asked(live, scope.requirements)
        chosen = await self._active(scope.fixed)
        everywhere = await self._rankings(live, asked, scope.everywhere)
        rankings = list(everywhere)
        for place in scope.places:
            rankings += await self._rankings(live, asked, place)
        for ranking in rankings:
            chosen |= await self._best(ranking, scope, reader)
        organisations = tuple(chosen[id] for id in sorted(chosen))
        evidence = await _evidence(live, asked, organisations)
        return _coverage(live, asked, everywhere, organisations, evidence, reader)

    async def _rankings(
        self, live: Live, asked: Sequence[EmbeddedText], narrowing: IndexFilter
    ) -> list[TextRanking]:
        hits = await _hits(live, asked, narrowing, self.weights)
        return [self._ranking(live, *pair) for pair in zip(asked, hits, strict=True)]

    def _ranking(self, live: Live, asked: EmbeddedText, hits: TextHits) -> TextRanking:
        """With what speaks beside the text, as in a search: a flagged hub loses here as well."""
        words = live.encoder.statistics.words
        return TextRanking(
            asked,
            hits,
            Side.CAPABILITY,
            (),
            live.encoder.lexicon,
            live.encoder.statistics,
            Priors(self.priors, off=self.off, well_known=words.well_known),
            datetime.now(UTC).date(),
            self.weights,
        )

    async def _best(
        self, ranking: TextRanking, scope: CallScope, reader: Principal
    ) -> dict[str, MatchedOrganisation]:
        """For one requirement: the best of all, and of each kind."""
        ids = ranking.hits.best_organisations(REQUIREMENT_ORGANISATIONS)
        active = await self._active([id for id in ids if id not in scope.barred])
        found = ranking.ranked([active[id] for id in ids if id in active], reader)
        found.sort(key=lambda one: (-one.score, one.partner.id))
        best = found[:CANDIDATES_EACH]
        for kind in scope.kinds:
            alike = [one for one in found if one.partner.kind == kind.value]
            best += alike[:CANDIDATES_OF_KIND]
        return {one.partner.id: one.partner for one in best}

    async def _active(self, ids: Sequence[str]) -> dict[str, MatchedOrganisation]:
        today = datetime.now(UTC).date()
        async with self.store.reading() as stored:
            found = await stored.snapshots.active(ids)
        return {id: current(one, today) for id, one in found.items()}


async def _asked(live: Live, requirements: Sequence[CallRequirement]) -> list[EmbeddedText]:
    texts = [(StatementKey("", one.id), one.text) for one in requirements]
    probes = await live.encoder.probe_texts(texts, Side.NEED)
    lexicon = live.encoder.lexicon
    return [
        EmbeddedText(
            lexical=probe.lexical,
            words=tuple(lexicon.words(one.text)),
            language=one.language or detect_language(one.text),
            probe=probe,
        )
        for probe, one in zip(probes, requirements, strict=True)
    ]


async def _hits(
    live: Live, asked: Sequence[EmbeddedText], narrowing: IndexFilter, weights: RankingWeights
) -> list[TextHits]:
    words = live.encoder.statistics.words
    return [
        hits
        for part in _parts(asked)
        for hits in await look_for_all(live.index, part, narrowing, words, weights)
    ]


async def _evidence(
    live: Live, asked: Sequence[EmbeddedText], organisations: Sequence[MatchedOrganisation]
) -> Evidence:
    """Exact, of all statements; who may read which is looked at afterwards."""
    evidence = await evidence_from(live.index)
    for part in _parts(asked):
        await ask_exactly(
            live.index,
            [Question(one.probe, Side.CAPABILITY) for one in part],
            IndexFilter(side=Side.CAPABILITY),
            [one.id for one in organisations],
            evidence,
            statements=sum(len(one.statements) for one in organisations),
        )
    return evidence


def _coverage(
    live: Live,
    asked: Sequence[EmbeddedText],
    rankings: Sequence[TextRanking],
    organisations: tuple[MatchedOrganisation, ...],
    evidence: Evidence,
    reader: Principal,
) -> CallCoverage:
    grounds = np.full((len(asked), len(organisations), 2), np.nan)
    statements = []
    for row, (text, ranking) in enumerate(zip(asked, rankings, strict=True)):
        ranked = {one.partner.id: one for one in ranking.ranked(organisations, reader)}
        best = [_best_statement(live, text, one, evidence, reader) for one in organisations]
        for column, (one, found) in enumerate(zip(organisations, best, strict=True)):
            if found and one.id in ranked:
                grounds[row, column] = ranked[one.id].total, found[0]
        statements.append(tuple(found[1] if found else None for found in best))
    languages = tuple(text.language for text in asked)
    scored = Scored(organisations, _scores(grounds))
    return CallCoverage(scored, tuple(statements), languages, grounds)


def _scores(grounds: NDArray[np.float64]) -> NDArray[np.float64]:
    scores = np.zeros(grounds.shape[:2])
    for place in np.argwhere(~np.isnan(grounds[..., 0])):
        scores[tuple(place)] = likelihood(*grounds[tuple(place)])
    return scores


def _best_statement(
    live: Live,
    asked: EmbeddedText,
    organisation: MatchedOrganisation,
    evidence: Evidence,
    reader: Principal,
) -> tuple[float, Statement] | None:
    """With its standard score; ties go to the first."""
    best: tuple[float, Statement] | None = None
    for statement in organisation.side(Side.CAPABILITY):
        found = evidence.of(asked.probe.key, statement.key) if may_read(statement, reader) else None
        if found is None:
            continue
        background = live.encoder.statistics.background_of(asked.language, statement.language)
        standard = standardised(found, background)
        if best is None or standard > best[0]:
            best = (standard, statement)
    return best


def _parts(asked: Sequence[EmbeddedText]) -> Iterator[Sequence[EmbeddedText]]:
    for start in range(0, len(asked), ASKED_AT_ONCE):
        yield asked[start : start + ASKED_AT_ONCE]
