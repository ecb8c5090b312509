"""Free-text search: who can do this, who needs this."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.explanation import may_read, quote, shown_features, summary
from services.matcher.domain.field_tree import NO_FIELDS, FieldTree
from services.matcher.domain.language import detect_language
from services.matcher.domain.pair_score import PairEvidence, pair_score, standardised
from services.matcher.domain.partner_features import FeatureName
from services.matcher.domain.prior_features import Priors
from services.matcher.domain.prior_weights import TEXT_PRIORS, PriorWeights
from services.matcher.domain.ranking import RankedPage, page_after, rounded
from services.matcher.domain.ranking_weights import (
    RANKED_EACH,
    RANKED_ORGANISATIONS,
    WEIGHTS,
    RankingWeights,
)
from services.matcher.domain.snapshot import current
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from services.matcher.domain.stored import IndexState
from services.matcher.ports import IndexFilter
from services.matcher.service.constraints import Constraints
from services.matcher.service.cursors import read_cursor, write_cursor
from services.matcher.service.encoding import Probe
from services.matcher.service.evidence import Evidence, Question, ask_exactly, evidence_from
from services.matcher.service.live import Live, LiveIndex
from services.matcher.service.scope import EVERYWHERE, Scope
from services.matcher.service.suggestions import freshness
from services.matcher.service.text_hits import AskedText, look
from services.matcher.service.text_ranking import RankedPartner, TextRanking
from services.matcher.store import MatcherStore
from shared.contracts.organisation import Language, Side, Visibility
from shared.contracts.principal import Principal
from shared.contracts.suggestions import SearchHit, SearchMatch, SearchPage, SearchRequest

_MATCHES = 5
_TEXT = StatementKey("", "")
"""Stands for the searched text, which belongs to nobody."""


@dataclass(frozen=True)
class _Match:
    statement: Statement
    evidence: PairEvidence
    score: float


@dataclass(frozen=True)
class _Read:
    state: IndexState | None
    excluded: tuple[str, ...]


class Search:
    """Others' confidential statements are left out for members altogether.

    Asking again and again with words of one's choice would otherwise tell what they say.
    """

    def __init__(
        self,
        store: MatcherStore,
        live: LiveIndex,
        constraints: Constraints,
        weights: RankingWeights = WEIGHTS,
        priors: PriorWeights = TEXT_PRIORS,
        fields: FieldTree = NO_FIELDS,
        *,
        off: frozenset[FeatureName] = frozenset(),
    ) -> None:
        self._store = store
        self._live = live
        self._constraints = constraints
        self._weights = weights
        self._priors = priors
        self._fields = fields
        self._off = off

    async def search(
        self, request: SearchRequest, reader: Principal, scope: Scope = EVERYWHERE
    ) -> SearchPage:
        """Organisations by all that they state. Raises ProblemError `not_ready`."""
        after = read_cursor(request.cursor)
        live = self._live.current()
        # The model works in a thread of its own: PostgreSQL and the index are asked meanwhile.
        probing = asyncio.create_task(live.encoder.probe_text(_TEXT, request.text, request.side))
        try:
            read = await self._read(reader)
            narrowing = scope.narrowed(_narrowing(request, reader, read.excluded, self._fields))
            wide = max(RANKED_ORGANISATIONS, RANKED_EACH * request.limit, scope.depth)
            ranked = await self._ranked(live, request, probing, narrowing, reader, wide)
            probe = await probing
        finally:
            probing.cancel()
        wanted = [one for one in ranked if rounded(one.score) >= request.filter.minimum_score]
        page = page_after(
            wanted, lambda one: (one.score, one.partner.id), after=after, limit=request.limit
        )
        evidence = await _evidence(live, Question(probe, narrowing.side), narrowing, page)
        asker = _as_organisation(request)
        return SearchPage(
            side=request.side,
            language=_language(request),
            items=tuple(
                _search_hit(rank, one, _matches(asker, one.partner, evidence, live, reader), reader)
                for rank, one in page.items
            ),
            next_cursor=write_cursor(page.next),
            freshness=freshness(live, read.state, None),
        )

    async def _ranked(
        self,
        live: Live,
        request: SearchRequest,
        probing: Awaitable[Probe],
        narrowing: IndexFilter,
        reader: Principal,
        organisations: int,
    ) -> list[RankedPartner]:
        lexicon = live.encoder.lexicon
        asked = AskedText(
            lexicon.query(request.text), tuple(lexicon.words(request.text)), _language(request)
        )
        words = live.encoder.statistics.words
        hits = await look(live.index, asked, probing, narrowing, words, self._weights)
        partners = await self._partners(hits.best_organisations(organisations))
        priors = Priors(self._priors, off=self._off, well_known=words.well_known)
        today = datetime.now(UTC).date()
        ranking = TextRanking(
            asked,
            hits,
            narrowing.side,
            narrowing.fields,
            lexicon,
            live.encoder.statistics,
            priors,
            today,
            self._weights,
        )
        return ranking.ranked(partners, reader)

    async def _read(self, reader: Principal) -> _Read:
        """For a member also itself, the organisations that it never works with, and those that
        coordinators keep apart from it."""
        own = None if reader.sees_everything else reader.organisation
        async with self._store.reading() as stored:
            state = await stored.index.get()
            hidden = await self._constraints.hidden_from_search(stored)
            if own is None:
                return _Read(state, tuple(sorted(hidden)))
            excluding = await stored.snapshots.excluding(own)
            mine = (await stored.snapshots.active([own])).get(own)
            apart = await stored.pairs.kept_apart(own, datetime.now(UTC).date())
        exclusions = mine.exclusions if mine else frozenset()
        return _Read(state, tuple(sorted({own, *hidden, *excluding, *exclusions, *apart})))

    async def _partners(self, ids: list[str]) -> list[MatchedOrganisation]:
        today = datetime.now(UTC).date()
        async with self._store.reading() as stored:
            found = await stored.snapshots.active(ids)
        return [current(found[id], today) for id in ids if id in found]


def _narrowing(
    request: SearchRequest, reader: Principal, excluded: tuple[str, ...], fields: FieldTree
) -> IndexFilter:
    wanted = request.filter
    return IndexFilter(
        side=Side.CAPABILITY if request.side is Side.NEED else Side.NEED,
        kind=wanted.kind,
        country=wanted.country,
        province=wanted.province,
        fields=fields.wanted(wanted.field),
        excluded_organisations=excluded,
        visibility=None if reader.sees_everything else Visibility.MEMBERS,
    )


async def _evidence(
    live: Live, question: Question, narrowing: IndexFilter, page: RankedPage[RankedPartner]
) -> Evidence:
    """Exact, of all statements of those that are shown."""
    shown = [one.partner for _, one in page.items]
    evidence = await evidence_from(live.index)
    await ask_exactly(
        live.index,
        [question],
        narrowing,
        [one.id for one in shown],
        evidence,
        statements=sum(len(one.statements) for one in shown),
    )
    return evidence


def _as_organisation(request: SearchRequest) -> MatchedOrganisation:
    """The text as if an organisation had stated it, so that it is scored like any other."""
    language = _language(request)
    statement = Statement(
        _TEXT, request.side, request.text, language, (), None, None, Visibility.MEMBERS
    )
    return MatchedOrganisation("", 0, "other", {}, "", None, None, (), frozenset(), 0, (statement,))


def _language(request: SearchRequest) -> Language:
    return request.language or detect_language(request.text)


def _matches(
    asker: MatchedOrganisation,
    partner: MatchedOrganisation,
    evidence: Evidence,
    live: Live,
    reader: Principal,
) -> tuple[_Match, ...]:
    """The statements that answer the text best, best first."""
    asked = asker.statements[0]
    matches = []
    for statement in partner.statements:
        found = evidence.of(asked.key, statement.key)
        # Checked here again: an older point may not yet know that it became confidential.
        if found is None or not may_read(statement, reader):
            continue
        need, capability = (asked, statement) if asked.side is Side.NEED else (statement, asked)
        background = live.encoder.statistics.background_of(need.language, capability.language)
        matches.append(_Match(statement, found, pair_score(standardised(found, background))))
    matches.sort(key=lambda match: (-match.score, match.statement.key.statement))
    return tuple(matches[:_MATCHES])


def _search_hit(
    rank: int, ranked: RankedPartner, matches: tuple[_Match, ...], reader: Principal
) -> SearchHit:
    return SearchHit(
        rank=rank,
        partner=summary(ranked.partner),
        score=rounded(ranked.score),
        matches=tuple(
            SearchMatch(
                statement=quote(match.statement, reader),
                score=rounded(match.score),
                similarity=rounded(match.evidence.similarity),
                lexical=rounded(match.evidence.lexical),
            )
            for match in matches
        ),
        features=shown_features(ranked.features),
    )
