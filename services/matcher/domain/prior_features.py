"""What speaks for a partner beside the text: fields, readiness, place, past work, activity.

All is read from what every member may see, so that a number tells nothing that a text would not.
Each feature costs O(statements of the partner); one that says nothing is left out, as 0.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date

from services.matcher.domain.field_tree import NO_FIELDS, FieldTree
from services.matcher.domain.partner_features import FeatureName, PartnerFeature
from services.matcher.domain.prior_weights import (
    FORGOTTEN_YEARS,
    PRIORS,
    RECENT_YEARS,
    PriorWeights,
)
from services.matcher.domain.scoring import ScoredDirection
from services.matcher.domain.statements import MatchedOrganisation, Statement
from shared.contracts.organisation import Side, Visibility
from shared.contracts.suggestions import Basis

_DAYS = 365.25
_READINESS_LEVELS = 8
"""From 1 to 9."""

SWITCHABLE = frozenset(FeatureName(one.name) for one in fields(PriorWeights))
"""All features of this file."""

Value = tuple[FeatureName, float]


@dataclass(frozen=True)
class Priors:
    """How the features are computed and weighed."""

    weights: PriorWeights = PRIORS
    fields: FieldTree = NO_FIELDS
    off: frozenset[FeatureName] = frozenset()
    """Those that an operator wants no part of: what was learned of them has no part, either."""
    well_known: float = 0.0
    """The popularity that moves no score: that of the platform's well-known organisations. Counted
    from nothing it would lift every first page of an active platform towards certainty."""

    def of_partner(self, partner: MatchedOrganisation, today: date) -> tuple[PartnerFeature, ...]:
        """What the partner has by itself, whoever asks."""
        return self._weighed(self._standing(partner, today))

    def of_pair(
        self,
        asker: MatchedOrganisation,
        partner: MatchedOrganisation,
        directions: Sequence[ScoredDirection],
        today: date,
    ) -> tuple[PartnerFeature, ...]:
        """Those, and what the two have with each other; `directions` tell who answers whom."""
        return self._weighed(
            [
                *_fields(asker, partner, self.fields),
                (FeatureName.READINESS_GAP, readiness_gap(directions)),
                *_place(asker, partner),
                *_history(asker, partner),
                *self._standing(partner, today),
            ]
        )

    def _standing(self, partner: MatchedOrganisation, today: date) -> Iterator[Value]:
        yield FeatureName.HUB, partner.hub
        yield from _activity(partner, today)
        yield FeatureName.POPULARITY, popularity(partner) - self.well_known

    def _weighed(self, values: Iterable[Value]) -> tuple[PartnerFeature, ...]:
        return tuple(
            PartnerFeature(name, value, getattr(self.weights, name.value) * value)
            for name, value in values
            if value and name not in self.off
        )


def readiness_gap(directions: Sequence[ScoredDirection]) -> float:
    """How far the answers lag behind what is asked for, 0 to 1, on average (ISO 16290).

    Only of answers to needs where both sides have said a level that all members may read.
    """
    gaps = [
        max(0, answer.asking.readiness - answer.answering.readiness) / _READINESS_LEVELS
        for direction in directions
        if direction.basis is Basis.NEEDS
        for answer in direction.answers
        if answer.asking.readiness is not None
        and answer.answering.readiness is not None
        and _public(answer.asking)
        and _public(answer.answering)
    ]
    return sum(gaps) / len(gaps) if gaps else 0.0


def _fields(
    asker: MatchedOrganisation, partner: MatchedOrganisation, tree: FieldTree
) -> Iterator[Value]:
    """Alike: what both are about. Complementary: what one needs, the other offers."""
    own, other = _stated_fields(asker, None), _stated_fields(partner, None)
    yield FeatureName.FIELD_OVERLAP, (tree.coverage(own, other) + tree.coverage(other, own)) / 2
    sides = [(asker, partner), (partner, asker)]
    covered = [
        tree.coverage(wanted, _stated_fields(giver, Side.CAPABILITY))
        for taker, giver in sides
        if (wanted := _stated_fields(taker, Side.NEED))
    ]
    yield FeatureName.COMPLEMENTARY_FIELDS, sum(covered) / len(covered) if covered else 0.0


def _stated_fields(one: MatchedOrganisation, side: Side | None) -> tuple[str, ...]:
    """Of its statements of that side; a statement without any has its organisation's."""
    stated = [
        code
        for statement in (one.statements if side is None else one.side(side))
        if _public(statement)
        for code in (statement.fields or one.fields)
    ]
    return tuple(dict.fromkeys([*one.fields, *stated] if side is None else stated))


def _place(asker: MatchedOrganisation, partner: MatchedOrganisation) -> Iterator[Value]:
    province = bool(asker.province) and asker.province == partner.province
    yield FeatureName.SAME_CITY, 1.0 if _same_city(asker, partner) else 0.0
    yield FeatureName.SAME_PROVINCE, 1.0 if province else 0.0


def _same_city(one: MatchedOrganisation, other: MatchedOrganisation) -> bool:
    if one.city and other.city:
        return one.city == other.city
    names = [(o.country, (o.city_name or "").casefold()) for o in (one, other)]
    return bool(one.city_name) and names[0] == names[1]


def _history(asker: MatchedOrganisation, partner: MatchedOrganisation) -> Iterator[Value]:
    """Either of the two may have put it on record."""
    shared = max(asker.collaborations.get(partner.id, 0), partner.collaborations.get(asker.id, 0))
    common = asker.collaborations.keys() & partner.collaborations.keys()
    yield FeatureName.PAST_COLLABORATION, math.log1p(shared)
    yield FeatureName.COMMON_PARTNERS, math.log1p(len(common))


def popularity(organisation: MatchedOrganisation) -> float:
    """Logarithm of 1 + shared projects: how often it was chosen, not how much it says of itself."""
    return math.log1p(sum(organisation.collaborations.values()))


def _activity(partner: MatchedOrganisation, today: date) -> Iterator[Value]:
    public = [statement for statement in partner.statements if _public(statement)]
    days = [(today - one.stated_on).days for one in public if one.stated_on]
    recent = sum(age <= RECENT_YEARS * _DAYS for age in days)
    yield FeatureName.RECENCY, _freshness(min(days)) if days else 0.0
    yield FeatureName.ACTIVITY, math.log1p(recent)


def _freshness(days: int) -> float:
    """1 for today, falling in a line to 0 for what is long past."""
    return 1 - min(max(days, 0) / _DAYS, FORGOTTEN_YEARS) / FORGOTTEN_YEARS


def _public(statement: Statement) -> bool:
    return statement.visibility is Visibility.MEMBERS
