"""Free-text search: who can do this, who needs this."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.constants import CANDIDATES_PER_STATEMENT
from services.matcher.domain.explanation import may_read, quote, summary
from services.matcher.domain.language import detect_language
from services.matcher.domain.pair_score import PairEvidence, pair_score, standardised
from services.matcher.domain.ranking import page_after, rounded
from services.matcher.domain.shortlist import shortlist
from services.matcher.domain.snapshot import current
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from services.matcher.domain.stored import IndexState
from services.matcher.ports import IndexFilter
from services.matcher.service.cursors import read_cursor, write_cursor
from services.matcher.service.evidence import Evidence, Question, ask, ask_exactly, evidence_from
from services.matcher.service.live import Live, LiveIndex
from services.matcher.service.scope import EVERYWHERE, Scope
from services.matcher.service.suggestions import freshness
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
class _Hit:
    partner: MatchedOrganisation
    matches: tuple[_Match, ...]

    @property
    def score(self) -> float:
        return self.matches[0].score


@dataclass(frozen=True)
class _Read:
    state: IndexState | None
    excluded: tuple[str, ...]


class Search:
    """Others' confidential statements are left out for members altogether.

    Asking again and again with words of one's choice would otherwise tell what they say.
    """

    def __init__(self, store: MatcherStore, live: LiveIndex) -> None:
        self._store = store
        self._live = live

    async def search(
        self, request: SearchRequest, reader: Principal, scope: Scope = EVERYWHERE
    ) -> SearchPage:
        """Organisations by their best statement. Raises ProblemError `not_ready`."""
        after = read_cursor(request.cursor)
        live = self._live.current()
        # The model works in a thread of its own: PostgreSQL is asked meanwhile.
        probe, read = await asyncio.gather(
            live.encoder.probe_text(_TEXT, request.text, request.side), self._read(reader)
        )
        narrowing = scope.narrowed(_narrowing(request, reader, read.excluded))
        question = Question(probe, narrowing.side)
        evidence = await _evidence(live, question, narrowing, scope.depth)
        hits = await self._hits(live, _as_organisation(request), evidence, reader, scope.depth)
        wanted = [hit for hit in hits if rounded(hit.score) >= request.filter.minimum_score]
        page = page_after(
            wanted, lambda hit: (hit.score, hit.partner.id), after=after, limit=request.limit
        )
        return SearchPage(
            side=request.side,
            language=_language(request),
            items=tuple(_search_hit(rank, hit, reader) for rank, hit in page.items),
            next_cursor=write_cursor(page.next),
            freshness=freshness(live, read.state, None),
        )

    async def _hits(
        self,
        live: Live,
        asker: MatchedOrganisation,
        evidence: Evidence,
        reader: Principal,
        depth: int,
    ) -> list[_Hit]:
        statistics = live.encoder.statistics
        candidates = shortlist(asker, evidence.so_far, evidence.pairs(), statistics)
        partners = await self._partners(candidates[:depth])
        hits = [_hit(asker, partner, evidence, live, reader) for partner in partners]
        return [hit for hit in hits if hit]

    async def _read(self, reader: Principal) -> _Read:
        """For a member also the organisations that it never works with, and itself."""
        own = None if reader.sees_everything else reader.organisation
        async with self._store.transaction() as transaction:
            state = await transaction.index.get()
            if own is None:
                return _Read(state, ())
            excluding = await transaction.snapshots.excluding(own)
            mine = (await transaction.snapshots.active([own])).get(own)
        return _Read(state, tuple(sorted({own, *excluding, *(mine.exclusions if mine else ())})))

    async def _partners(self, ids: list[str]) -> list[MatchedOrganisation]:
        today = datetime.now(UTC).date()
        async with self._store.transaction() as transaction:
            found = await transaction.snapshots.active(ids)
        return [current(found[id], today) for id in ids if id in found]


def _narrowing(request: SearchRequest, reader: Principal, excluded: tuple[str, ...]) -> IndexFilter:
    wanted = request.filter
    return IndexFilter(
        side=Side.CAPABILITY if request.side is Side.NEED else Side.NEED,
        kind=wanted.kind,
        country=wanted.country,
        province=wanted.province,
        field=wanted.field,
        excluded_organisations=excluded,
        visibility=None if reader.sees_everything else Visibility.MEMBERS,
    )


async def _evidence(live: Live, question: Question, narrowing: IndexFilter, depth: int) -> Evidence:
    """Of everything that came up, by meaning or by its words."""
    evidence = await evidence_from(live.index)
    limit = max(CANDIDATES_PER_STATEMENT, depth)
    await ask(live.index, [question], narrowing, evidence, limit=limit)
    lexical_only = {k[1].organisation for k in evidence.lexical.keys() - evidence.similarities}
    await ask_exactly(
        live.index, [question], narrowing, sorted(lexical_only), evidence, statements=1000
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


def _hit(
    asker: MatchedOrganisation,
    partner: MatchedOrganisation,
    evidence: Evidence,
    live: Live,
    reader: Principal,
) -> _Hit | None:
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
    return _Hit(partner, tuple(matches[:_MATCHES])) if matches else None


def _search_hit(rank: int, hit: _Hit, reader: Principal) -> SearchHit:
    return SearchHit(
        rank=rank,
        partner=summary(hit.partner),
        score=rounded(hit.score),
        matches=tuple(
            SearchMatch(
                statement=quote(match.statement, reader),
                score=rounded(match.score),
                similarity=rounded(match.evidence.similarity),
                lexical=rounded(match.evidence.lexical),
            )
            for match in hit.matches
        ),
    )
