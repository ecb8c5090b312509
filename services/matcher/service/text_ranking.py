"""Organisations by a text: what their statements, their profiles and their names say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from services.matcher.domain.explanation import is_of, may_read
from services.matcher.domain.language_correction import CorrectionStatistics
from services.matcher.domain.mentions import mention
from services.matcher.domain.pair_score import PairEvidence, standardised
from services.matcher.domain.partner_features import PartnerFeature, text_features, total
from services.matcher.domain.prior_features import Priors
from services.matcher.domain.profile_words import evidence
from services.matcher.domain.ranking_weights import WEIGHTS, RankingWeights
from services.matcher.domain.statements import MatchedOrganisation, Statement
from services.matcher.domain.term_counts import count_terms
from services.matcher.domain.text_likelihood import Field, text_likelihood
from services.matcher.ports import Lexicon
from services.matcher.service.text_hits import AskedText, TextHits
from services.matcher.service.words import name_idf, names, terms_of
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal


@dataclass(frozen=True)
class RankedPartner:
    """An organisation and what its score is made of."""

    partner: MatchedOrganisation
    features: tuple[PartnerFeature, ...]
    score: float

    @property
    def total(self) -> float:
        """The sum of the features' contributions."""
        return total(self.features)


@dataclass(frozen=True)
class TextRanking:
    """Ranks candidates for one text; what the reader may not read counts for nothing."""

    asked: AskedText
    hits: TextHits
    side: Side
    """On which answers are looked for."""
    fields: tuple[str, ...]
    """Of which the answers must have one, where any are given."""
    lexicon: Lexicon
    statistics: CorrectionStatistics
    priors: Priors
    today: date
    weights: RankingWeights = WEIGHTS

    def ranked(
        self, candidates: Sequence[MatchedOrganisation], reader: Principal
    ) -> list[RankedPartner]:
        """In the order given; those without anything to read on that side are left out."""
        readable = [(one, self._readable(one, reader)) for one in candidates]
        partners = [(one, statements) for one, statements in readable if statements]
        profiles = self._profiles([statements for _, statements in partners])
        mentions = self._mentions([one for one, _ in partners])
        found = [
            (one, self._features(one, said, float(profiles[place]), mentions.get(one.id, 0.0)))
            for place, (one, said) in enumerate(partners)
        ]
        field = Field.of([total(features) for _, features in found], self._nearest())
        return [
            RankedPartner(one, features, text_likelihood(total(features), field))
            for one, features in found
        ]

    def _nearest(self) -> float:
        """Of the nearest statement, in standard deviations above unrelated pairs."""
        standards = [0.0]
        for language, cosine in self.hits.nearest.items():
            pair = (self.asked.language, language)
            need, capability = pair if self.side is Side.CAPABILITY else pair[::-1]
            background = self.statistics.background_of(need, capability)
            standards.append(standardised(PairEvidence(cosine, 0.0), background))
        return max(standards)

    def _readable(self, one: MatchedOrganisation, reader: Principal) -> list[Statement]:
        """Also of the wanted field: who asked field by field would learn those of the others."""
        return [
            statement
            for statement in one.side(self.side)
            if may_read(statement, reader) and is_of(statement, one, self.fields)
        ]

    def _features(
        self,
        one: MatchedOrganisation,
        statements: Sequence[Statement],
        profile: float,
        mentioned: float,
    ) -> tuple[PartnerFeature, ...]:
        rows = [self.hits.rows[s.key] for s in statements if s.key in self.hits.rows]
        share = self.hits.pool.share(rows, len(statements))
        said = text_features(share, profile, mentioned, len(statements), self.weights)
        return (*said, *self.priors.of_partner(one, self.today))

    def _profiles(self, profiles: Sequence[Sequence[Statement]]) -> np.ndarray:
        """Only where all speak the text's language: shared words would put that first."""
        if not self.hits.one_language or not self.weights.profile:
            return np.zeros(len(profiles))
        counted = [[terms_of(one, self.lexicon) for one in profile] for profile in profiles]
        text = count_terms(self.asked.words)
        return evidence(text, counted, self.statistics.words)

    def _mentions(self, candidates: Sequence[MatchedOrganisation]) -> Mapping[str, float]:
        wanted = set(self.hits.named) if self.weights.named else set()
        named = {
            one.id: [self.lexicon.words(name) for name in names(one)]
            for one in candidates
            if one.id in wanted
        }
        spoken = [word for several in named.values() for name in several for word in name]
        idf = name_idf(self.statistics.words, spoken)
        return {
            id: max(mention(self.asked.words, name, idf.__getitem__) for name in several)
            for id, several in named.items()
            if several
        }
