"""Which statements stand behind related work: looked up for the partners that are shown alone."""

from collections.abc import Sequence
from dataclasses import replace

from services.matcher.domain.scoring import ScoredDirection, both_directions
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.ports import IndexFilter
from services.matcher.service.evidence import ask_exactly, evidence_from
from services.matcher.service.live import Live
from services.matcher.service.partner_questions import questions_of
from services.matcher.service.scored_partner import ScoredPartner
from shared.contracts.organisation import Side
from shared.contracts.suggestions import SuggestionSide


async def with_answers(
    live: Live, asker: MatchedOrganisation, scored: Sequence[ScoredPartner]
) -> dict[str, ScoredPartner]:
    """By partner; scores stay as they are."""
    found = {one.partner.id: one for one in scored}
    late = [one for one in scored if one.answers_late]
    if not late:
        return found
    questions = await questions_of(live, asker, SuggestionSide.MUTUAL)
    evidence = await evidence_from(live.index)
    await ask_exactly(
        live.index,
        questions.alike,
        IndexFilter(side=Side.CAPABILITY),
        [one.partner.id for one in late],
        evidence,
        statements=sum(len(one.partner.statements) for one in late),
    )
    statistics = live.encoder.statistics
    for one in late:
        receives, gives = both_directions(asker, one.partner, evidence.of, statistics)
        found[one.partner.id] = replace(
            one,
            receives=_answered(one.receives, receives),
            gives=_answered(one.gives, gives),
            answers_late=False,
        )
    return found


def _answered(shown: ScoredDirection, found: ScoredDirection) -> ScoredDirection:
    return replace(shown, asking=found.asking, answers=found.answers)
