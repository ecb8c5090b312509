"""The organisations that are worth suggesting to one, scored."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from services.matcher.domain.constants import (
    CANDIDATE_ORGANISATIONS,
    CANDIDATES_PER_STATEMENT,
    RELATED_WORK_CONFIDENCE,
)
from services.matcher.domain.field_tree import NO_FIELDS, FieldTree
from services.matcher.domain.partner_features import FeatureName, shifted
from services.matcher.domain.prior_features import Priors
from services.matcher.domain.ranking_weights import RANKED_ORGANISATIONS, STANDARD, Weights
from services.matcher.domain.scoring import (
    ScoredDirection,
    both_directions,
    levelled,
    overall,
)
from services.matcher.domain.shortlist import shortlist
from services.matcher.domain.snapshot import current
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.ports import IndexFilter
from services.matcher.service.evidence import Evidence, ask, ask_exactly, evidence_from
from services.matcher.service.live import Live
from services.matcher.service.partner_questions import Questions, questions_of
from services.matcher.service.related_work import RelatedWork, look_around, own_names
from services.matcher.service.scored_partner import ScoredPartner
from services.matcher.service.statement_levels import levels_among
from services.matcher.service.text_ranking import RankedPartner
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Side
from shared.contracts.suggestions import Basis, SuggestionSide

ReadPartners = Callable[[Sequence[str]], Awaitable[Mapping[str, MatchedOrganisation]]]
"""Active organisations by id, without the statements that screening holds."""


class PartnerRanking:
    """Candidates from the index, then exact reciprocal scores."""

    def __init__(
        self,
        partners: ReadPartners,
        weights: Weights = STANDARD,
        fields: FieldTree = NO_FIELDS,
        *,
        off: frozenset[FeatureName] = frozenset(),
    ) -> None:
        self._read = partners
        self._weights = weights
        self._fields = fields
        self._off = off

    async def ranked(
        self,
        live: Live,
        asker: MatchedOrganisation,
        narrowing: IndexFilter,
        *,
        side: SuggestionSide,
        today: date,
        depth: int,
        among: Sequence[str] | None = None,
    ) -> list[ScoredPartner]:
        """In no order; `narrowing` says among which organisations. `among` are candidates that
        were found otherwise: their scores are those that they have in the whole list."""
        evidence = await evidence_from(live.index)
        questions = await questions_of(live, asker, side)
        limit = max(CANDIDATES_PER_STATEMENT, depth)
        await ask(live.index, questions.broad, narrowing, evidence, limit=limit)
        promising = shortlist(asker, evidence.so_far, evidence.pairs(), live.encoder.statistics)
        related = await self._related(live, asker, questions, narrowing, today, depth)
        wanted = _chosen(promising, related, depth) if among is None else among
        chosen = await self._chosen(wanted, related, today)
        late, partners = _parted(chosen, related)
        await ask_exactly(
            live.index,
            questions.exact(partners),
            # The filter has chosen organisations; all their statements count.
            IndexFilter(side=Side.CAPABILITY),
            [partner.id for partner in partners],
            evidence,
            statements=sum(len(partner.statements) for partner in partners),
        )
        scored = [_scored(asker, partner, evidence, live, side) for partner in partners]
        scored += [_alike(asker, partner) for partner in late]
        if questions.needs or side is not SuggestionSide.MUTUAL:
            around = await self._around(
                live, asker, questions, narrowing, promising, partners, today
            )
            scored = await _levelled(live, scored, around, side)
        found = [_with_related(one, related.get(one.partner.id), side) for one in scored]
        known = live.encoder.statistics.words.well_known
        return [
            self._with_priors(asker, one, one.partner.id in related, today, known) for one in found
        ]

    def _with_priors(
        self,
        asker: MatchedOrganisation,
        one: ScoredPartner,
        related: bool,
        today: date,
        well_known: float,
    ) -> ScoredPartner:
        weights = self._weights.related_prior if related else self._weights.prior
        priors = Priors(weights, self._fields, self._off, well_known)
        beside = priors.of_pair(asker, one.partner, (one.receives, one.gives), today)
        moved = shifted(one.score, beside)
        return replace(one, score=moved, features=(*one.features, *beside))

    async def _around(
        self,
        live: Live,
        asker: MatchedOrganisation,
        questions: Questions,
        narrowing: IndexFilter,
        promising: Sequence[str],
        partners: Sequence[MatchedOrganisation],
        today: date,
    ) -> list[MatchedOrganisation]:
        """Itself and those nearest to it, whatever is asked for: a filter changes no score."""
        if _narrowed(narrowing):
            evidence = await evidence_from(live.index)
            await ask(live.index, questions.broad, IndexFilter(side=Side.CAPABILITY), evidence)
            statistics = live.encoder.statistics
            promising = shortlist(asker, evidence.so_far, evidence.pairs(), statistics)
        known = {one.id: one for one in partners}
        wanted = [one for one in promising if one != asker.id][:CANDIDATE_ORGANISATIONS]
        missing = [one for one in wanted if one not in known]
        known.update({one.id: one for one in await self._partners(missing, today)})
        return [asker, *(known[one] for one in wanted if one in known)]

    async def _related(
        self,
        live: Live,
        asker: MatchedOrganisation,
        questions: Questions,
        narrowing: IndexFilter,
        today: date,
        depth: int,
    ) -> dict[str, RankedPartner]:
        """Best first; nothing for an organisation that says what it needs."""
        if questions.needs or not questions.alike:
            return {}
        lexicon = live.encoder.lexicon
        asked = {question.probe.key for question in questions.alike}
        texts = [lexicon.words(one.text) for one in asker.statements if one.key in asked]
        probes = [question.probe for question in questions.alike]
        weights = self._weights.related
        own = own_names(asker, lexicon, live.encoder.statistics.words)
        hits = await look_around(live.index, probes, texts, own, narrowing, weights)
        candidates = hits.best_organisations(max(RANKED_ORGANISATIONS, depth))
        partners = await self._partners(candidates, today)
        work = RelatedWork(asker, hits, own, lexicon, live.encoder.statistics.words, weights)
        ranked = sorted(work.ranked(partners), key=lambda one: (-one.score, one.partner.id))
        return {one.partner.id: one for one in ranked}

    async def _chosen(
        self, ids: Sequence[str], read: Mapping[str, RankedPartner], today: date
    ) -> list[MatchedOrganisation]:
        """In the order given; those that were read before are not read again."""
        unread = [id for id in ids if id not in read]
        found = {one.id: one for one in await self._partners(unread, today)}
        found.update({id: read[id].partner for id in ids if id in read})
        return [found[id] for id in ids if id in found]

    async def _partners(self, ids: list[str], today: date) -> list[MatchedOrganisation]:
        found = await self._read(ids) if ids else {}
        return [current(found[id], today) for id in ids if id in found]


def stored_partners(store: MatcherStore) -> ReadPartners:
    """As they are now."""

    async def read(ids: Sequence[str]) -> Mapping[str, MatchedOrganisation]:
        async with store.reading() as stored:
            return await stored.snapshots.active(ids)

    return read


def _scored(
    asker: MatchedOrganisation,
    partner: MatchedOrganisation,
    evidence: Evidence,
    live: Live,
    side: SuggestionSide,
) -> ScoredPartner:
    receives, gives = both_directions(asker, partner, evidence.of, live.encoder.statistics)
    return ScoredPartner(partner, overall(receives, gives, side), receives, gives)


def _parted(
    chosen: Sequence[MatchedOrganisation], related: Collection[str]
) -> tuple[list[MatchedOrganisation], list[MatchedOrganisation]]:
    """Those that are scored by related work in both directions, and the others."""
    late = {one.id for one in chosen if one.id in related and not one.side(Side.NEED)}
    return [o for o in chosen if o.id in late], [o for o in chosen if o.id not in late]


def _alike(asker: MatchedOrganisation, partner: MatchedOrganisation) -> ScoredPartner:
    """Neither has said what it needs: the statements behind it are read when it is shown."""
    receives, gives = (
        ScoredDirection(0.0, Basis.RELATED_WORK, one.side(Side.CAPABILITY), ())
        for one in (asker, partner)
    )
    return ScoredPartner(partner, 0.0, receives, gives, answers_late=True)


async def _levelled(
    live: Live,
    scored: Sequence[ScoredPartner],
    around: Sequence[MatchedOrganisation],
    side: SuggestionSide,
) -> list[ScoredPartner]:
    directions = [direction for one in scored for direction in (one.receives, one.gives)]
    level = await levels_among(live.encoder, directions, around)
    both = [(levelled(one.receives, level), levelled(one.gives, level)) for one in scored]
    return [
        replace(one, score=overall(receives, gives, side), receives=receives, gives=gives)
        for one, (receives, gives) in zip(scored, both, strict=True)
    ]


def _narrowed(narrowing: IndexFilter) -> bool:
    """Whether it leaves out more than organisations that are barred."""
    return narrowing != IndexFilter(
        side=narrowing.side, excluded_organisations=narrowing.excluded_organisations
    )


def _chosen(promising: Sequence[str], related: Iterable[str], depth: int) -> list[str]:
    """As many of each kind: those that are near to what it does, and those whose needs it meets."""
    near = list(related)[:depth]
    return list(dict.fromkeys([*near, *promising[: depth if near else None]][: 2 * depth]))


def _with_related(
    scored: ScoredPartner, related: RankedPartner | None, side: SuggestionSide
) -> ScoredPartner:
    """A direction that rests on related work takes its score from all that both have done."""
    if related is None:
        return scored
    score = RELATED_WORK_CONFIDENCE * related.score
    receives, gives = (
        replace(one, score=score, likelihood=score) if one.basis is Basis.RELATED_WORK else one
        for one in (scored.receives, scored.gives)
    )
    return replace(
        scored,
        score=overall(receives, gives, side),
        receives=receives,
        gives=gives,
        features=related.features,
    )
