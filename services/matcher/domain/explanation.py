"""Why a partner is suggested, from text that this reader may see."""

from collections.abc import Sequence

from services.matcher.domain.constants import EXPLAINED_ANSWERS, MET
from services.matcher.domain.partner_features import PartnerFeature
from services.matcher.domain.ranking import rounded
from services.matcher.domain.scoring import BestAnswer, ScoredDirection
from services.matcher.domain.statements import MatchedOrganisation, Statement
from shared.contracts.organisation import Kind, Names, Necessity, Visibility
from shared.contracts.principal import Principal
from shared.contracts.suggestions import (
    Answer,
    Basis,
    Direction,
    Feature,
    PartnerSummary,
    StatementQuote,
)


def may_read(statement: Statement, reader: Principal) -> bool:
    """Whether the reader may see the text: members, unless it is another's confidential one."""
    if reader.sees_everything or reader.speaks_for(statement.key.organisation):
        return True
    return statement.visibility is Visibility.MEMBERS


def is_of(statement: Statement, owner: MatchedOrganisation, fields: Sequence[str]) -> bool:
    """Whether one of these is its field; all are where none is asked for.

    Its own fields say it more exactly than its organisation's, which stand in where it has none.
    """
    return not fields or not set(fields).isdisjoint(statement.fields or owner.fields)


def may_be_found(
    organisation: MatchedOrganisation, fields: Sequence[str], reader: Principal
) -> bool:
    """By fields: only where a statement that the reader may read has one of them.

    The index knows the fields of confidential statements too; who asked field by field would
    learn them.
    """
    return not fields or any(
        is_of(statement, organisation, fields) and may_read(statement, reader)
        for statement in organisation.statements
    )


def quote(statement: Statement, reader: Principal) -> StatementQuote:
    """The statement; without text and id where it is confidential to the reader."""
    readable = may_read(statement, reader)
    return StatementQuote(
        organisation=statement.key.organisation,
        id=statement.key.statement if readable else None,
        side=statement.side,
        text=statement.text if readable else None,
        language=statement.language if readable else None,
        necessity=statement.necessity if readable else None,
        confidential=statement.visibility is Visibility.CONFIDENTIAL,
    )


def explain(direction: ScoredDirection, reader: Principal) -> Direction:
    """Which needs are met by what, best first, and which stay unmet, must-haves first.

    Where nothing is met, the one answer that comes closest is shown. Unmet needs that are
    confidential to the reader are left out: they explain nothing and say too much.
    """
    ordered = sorted(direction.answers, key=lambda a: (-a.score, a.asking.key.statement))
    met = [answer for answer in ordered if answer.score >= MET]
    shown = met or ordered[:1]
    answered = {answer.asking.key for answer in met}
    unmet = [s for s in direction.asking if s.key not in answered and may_read(s, reader)]
    unmet.sort(key=lambda need: not _must_have(need))
    told = unmet if direction.basis is Basis.NEEDS else []
    return Direction(
        score=rounded(direction.score),
        basis=direction.basis,
        answers=tuple(_answer(answer, reader) for answer in shown[:EXPLAINED_ANSWERS]),
        unmet=tuple(quote(s, reader) for s in told),
        unmet_must_haves=sum(map(_must_have, told)),
    )


def _must_have(need: Statement) -> bool:
    return need.necessity is Necessity.MUST_HAVE


def shown_features(features: Sequence[PartnerFeature]) -> tuple[Feature, ...]:
    """Those that say something, in their order."""
    return tuple(
        Feature(
            name=one.name.value, value=rounded(one.value), contribution=rounded(one.contribution)
        )
        for one in features
        if one.contribution
    )


def summary(organisation: MatchedOrganisation) -> PartnerSummary:
    """The partner without contacts, exclusions and capacity."""
    return PartnerSummary(
        id=organisation.id,
        version=organisation.version,
        kind=Kind(organisation.kind),
        names=Names(zh=organisation.names.get("zh"), en=organisation.names.get("en")),
        country=organisation.country,
        province=organisation.province,
        city_name=organisation.city_name,
        fields=organisation.fields,
    )


def _answer(answer: BestAnswer, reader: Principal) -> Answer:
    readable = may_read(answer.asking, reader) and may_read(answer.answering, reader)
    return Answer(
        need=quote(answer.asking, reader),
        capability=quote(answer.answering, reader),
        score=rounded(answer.score),
        similarity=rounded(answer.evidence.similarity) if readable else None,
        lexical=rounded(answer.evidence.lexical) if readable else None,
    )
