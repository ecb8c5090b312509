"""Whether a need says enough to be matched: by its words, and by what the platform makes of it."""

from collections.abc import Sequence

from services.matcher.domain.distinctness import POOL, distinctness_score, spread
from services.matcher.domain.language import detect_language
from services.matcher.domain.pair_score import PairEvidence, standardised
from services.matcher.domain.statements import Statement, StatementKey
from services.matcher.index_hits import IndexHit
from services.matcher.ports import IndexFilter, IndexQuery
from services.matcher.service.encoding import Probe
from services.matcher.service.fresh import FreshProfiles
from services.matcher.service.live import Live, LiveIndex
from shared.clarity.assessment import assess
from shared.clarity.text_clarity import text_clarity
from shared.contracts.clarity import (
    Clarity,
    ClarityRequest,
    Distinctness,
    OrganisationClarity,
    StatementClarity,
)
from shared.contracts.organisation import Facets, Language, Side, Visibility
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from shared.facets.vocabulary import Vocabulary

_TEXT = StatementKey("", "")


class AssessClarity:
    """Others' confidential statements are no part of it for members: it could be asked often."""

    def __init__(self, fresh: FreshProfiles, live: LiveIndex, vocabulary: Vocabulary) -> None:
        self._fresh = fresh
        self._live = live
        self._vocabulary = vocabulary

    async def of_text(
        self, request: ClarityRequest, reader: Principal, reader_language: Language | None
    ) -> Clarity:
        """Of a text that is not stored. While there is no index, by its words alone."""
        language = request.language or detect_language(request.text)
        found: Distinctness | None = None
        if self._live.ready:
            live = self._live.current()
            probe = await live.encoder.probe_text(_TEXT, request.text, request.side)
            narrowing = _narrowing(request.side, reader, reader.organisation)
            (found,) = await _distinctness(live, [(probe, language)], narrowing)
        return self._assessed(
            request.text, request.side, language, request.facets, found, reader_language
        )

    async def of_organisation(
        self, organisation: str, reader: Principal, reader_language: Language | None
    ) -> OrganisationClarity:
        """Of all its needs. Raises ProblemError `forbidden`, `not_found` or `not_ready`."""
        if reader.role is Role.MEMBER and not reader.speaks_for(organisation):
            raise ProblemError("forbidden", reason="clarity is for the organisation's members")
        asker = (await self._fresh.asker(organisation)).profile
        needs = asker.side(Side.NEED)
        found = await self._of_stated(needs, _narrowing(Side.NEED, reader, organisation))
        items = [
            StatementClarity(
                id=need.key.statement,
                clarity=self._assessed(
                    need.text, Side.NEED, need.language, need.facets, one, reader_language
                ),
            )
            for need, one in zip(needs, found, strict=True)
        ]
        items.sort(key=lambda item: (item.clarity.score, item.id))
        return OrganisationClarity(
            organisation=organisation, version=asker.version, items=tuple(items)
        )

    async def _of_stated(
        self, needs: Sequence[Statement], narrowing: IndexFilter
    ) -> list[Distinctness | None]:
        live = self._live.current()
        probes = await live.encoder.probes(needs)
        asked = [(probe, need.language) for probe, need in zip(probes, needs, strict=True)]
        return await _distinctness(live, asked, narrowing)

    def _assessed(
        self,
        text: str,
        side: Side,
        language: Language,
        given: Facets | None,
        found: Distinctness | None,
        reader_language: Language | None,
    ) -> Clarity:
        words = text_clarity(text, language, given, self._vocabulary)
        return assess(words, found, side=side, language=language, reader_language=reader_language)


def _narrowing(side: Side, reader: Principal, own: str | None) -> IndexFilter:
    return IndexFilter(
        side=Side.CAPABILITY if side is Side.NEED else Side.NEED,
        excluded_organisations=(own,) if own else (),
        visibility=None if reader.sees_everything else Visibility.MEMBERS,
    )


async def _distinctness(
    live: Live, asked: Sequence[tuple[Probe, Language]], narrowing: IndexFilter
) -> list[Distinctness | None]:
    queries = [IndexQuery(narrowing, POOL, dense=probe.dense) for probe, _ in asked]
    answers = await live.index.query(queries) if queries else []
    return [
        _measured(live, language, hits, narrowing.side)
        for (_, language), hits in zip(asked, answers, strict=True)
    ]


def _measured(
    live: Live, language: Language, hits: Sequence[IndexHit], answering: Side
) -> Distinctness | None:
    scores = []
    for hit in hits:
        other: Language = "zh" if hit.point.language == "zh" else "en"
        pair = (language, other) if answering is Side.CAPABILITY else (other, language)
        background = live.encoder.statistics.background_of(*pair)
        scores.append(standardised(PairEvidence(hit.score, 0.0), background))
    found = spread(scores)
    if found is None:
        return None
    return Distinctness(
        score=round(distinctness_score(found[0]), 3), spread=round(found[0], 3), compared=found[1]
    )
