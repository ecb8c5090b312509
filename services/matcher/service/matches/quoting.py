"""The explanation of a match: numbers as computed then, texts as the profiles have them now."""

from collections.abc import Mapping
from datetime import date

from services.matcher.domain.explanation import quote
from services.matcher.domain.matches.suggesting import Evidence, EvidenceDirection
from services.matcher.domain.pairs import Pair
from services.matcher.domain.ranking import rounded
from services.matcher.domain.snapshot import current
from services.matcher.domain.statements import MatchedOrganisation, Statement
from services.matcher.service.matches.journal import PLATFORM
from shared.contracts.organisation import Necessity, Side
from shared.contracts.suggestions import Answer, Direction, Feature, StatementQuote

Statements = Mapping[str, Statement]


def directions(
    evidence: Evidence, pair: Pair, profiles: Mapping[str, MatchedOrganisation], day: date
) -> dict[str, Direction | None]:
    """What each side receives, in full, for staff."""
    stated = {id: _statements(profiles.get(id), day) for id in pair}
    return {
        pair.first: _direction(evidence.first, pair.first, pair.second, stated),
        pair.second: _direction(evidence.second, pair.second, pair.first, stated),
    }


def features(evidence: Evidence) -> tuple[Feature, ...]:
    """What moved the score."""
    return tuple(
        Feature(name=one.name, value=rounded(one.value), contribution=rounded(one.contribution))
        for one in evidence.features
    )


def _direction(
    kept: EvidenceDirection | None, asker: str, other: str, stated: Mapping[str, Statements]
) -> Direction | None:
    if kept is None:
        return None
    side = Side.NEED if kept.basis.value == "needs" else Side.CAPABILITY
    answers = tuple(
        Answer(
            need=_quote(stated[asker], asker, one.need, side),
            capability=_quote(stated[other], other, one.capability, Side.CAPABILITY),
            score=rounded(one.score),
            similarity=rounded(one.similarity),
            lexical=rounded(one.lexical),
        )
        for one in kept.answers
    )
    unmet = tuple(_quote(stated[asker], asker, id, side) for id in kept.unmet)
    must = sum(one.necessity is not Necessity.NICE_TO_HAVE for one in unmet)
    return Direction(
        score=rounded(kept.score),
        basis=kept.basis,
        answers=answers,
        unmet=unmet,
        unmet_must_haves=must,
    )


def _quote(stated: Statements, organisation: str, id: str, side: Side) -> StatementQuote:
    """Of a statement that is gone nobody knows any more whether it was confidential."""
    if statement := stated.get(id):
        return quote(statement, PLATFORM)
    return StatementQuote(
        organisation=organisation, id=id, side=side, text=None, language=None, confidential=True
    )


def _statements(organisation: MatchedOrganisation | None, day: date) -> Statements:
    if organisation is None:
        return {}
    return {one.key.statement: one for one in current(organisation, day).statements}
