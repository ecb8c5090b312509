"""Every constant of the ranking of organisations by a text, and the experiment that set it.

Figures are of the tuning half of the queries (an even last byte of the id's SHA-256), as nDCG@10
on cordis-calls and sbir-topics and R@1 on chinaxiv-mixed and -zh-en. A weight of 0 switches its
feature off, wherever it comes from.
"""

from dataclasses import dataclass

from services.matcher.domain.prior_weights import (
    PRIORS,
    RELATED_PRIORS,
    TEXT_PRIORS,
    PriorWeights,
)


@dataclass(frozen=True)
class RankingWeights:
    """What is added up for an organisation; see `partner_features`."""

    window: float = 0.5
    """Share of the best window in the dense similarity: zh-en .764 to .789, cordis +-0."""
    lexical: float = 1.0
    """Statement BM25 by the most that the text's words could score, among statements in its
    language. By the best hit's score cordis had .168 and R@50 .327, so .192 and .361; 0, 2, 4 gave
    .192, .189, .185: it is there for names and identifiers."""
    lexical_across: float = 0.5
    """The same for other languages, where only names and identifiers are asked for. mixed: 0, .2,
    .5, 1 gave .609, .617, .619, .619; .1 of the best hit's score .621."""
    perplexity: float = 300.0
    """Statements that a text listens to; sets its temperature. 80, 160, 300, 450 gave .090, .101,
    .116, .118 on cordis, and no difference on sbir. One temperature for both costs a half."""
    perplexity_share: float = 0.043
    """Of the statements there are, at most this share (300 of cordis's 7,000), so that a small
    platform is not ranked by size: golden's tuning needs R@1 .7 with .5, .8 with .02 to .1."""
    perplexity_least: float = 10.0
    """Below it a text hears only its best answers; half of the statements where they are fewer
    than twenty. Not measured: no set is so small."""
    hub: float = 0.75
    """Of a statement's level against the needs at large: mixed .5, .75, 1 gave .619, .639, .633."""
    near: float = 1.0
    """Of the level of the nearest statements in a language: mixed .613 to .642."""
    profile: float = 0.8
    """BM25 over all statements of an organisation, by the root of the most it could be: carries
    sbir. cordis 0, .4, .8, 1.2 gave .190, .194, .194, .181, R@50 .346, .354, .359, .364."""
    named: float = 1.6
    """The organisation's name in the text. cordis .8, 1.2, 1.6, 2, 3.5: .194, .197, .210, .209,
    .211, R@50 .359 to .371: the texts there name their participants, which a need seldom does, so
    it is kept apart."""
    single: float = 1.0
    """Taken off an organisation with one statement (Good-Turing): sbir .291 to .301."""


WEIGHTS = RankingWeights()


@dataclass(frozen=True)
class RelatedWorkWeights:
    """What is added up for an organisation that has stated no needs.

    Set on a replay of the platform's own history, in which the real queries agree that it is flat:
    cordis-partners nDCG@10 .059, .060, .061, .061 at temperatures of .15, .2, .25, .3. Popularity
    alone is as good there (.081 over all queries); nothing that was tried is better.
    """

    temperature: float = 0.2
    """Own work is a blurred need."""
    named: float = 0.4
    """Its texts name the other."""
    named_back: float = 1.0
    """The other's texts name it."""
    country: float = 0.3
    """Both in one country."""
    single: float = 1.0
    """Taken off an organisation with one statement."""


RELATED_WORK = RelatedWorkWeights()


@dataclass(frozen=True)
class Weights:
    """What the use cases are made with; an evaluation may give others, by these names."""

    text: RankingWeights = WEIGHTS
    related: RelatedWorkWeights = RELATED_WORK
    prior: PriorWeights = PRIORS
    text_prior: PriorWeights = TEXT_PRIORS
    related_prior: PriorWeights = RELATED_PRIORS


STANDARD = Weights()

RELATED_HITS = 2000
"""Hits asked for by all own statements together."""

RELATED_HITS_EACH = 100
"""And by each, at least."""

HUB_SHARPNESS = 30.0
"""Of the inverted softmax: 20, 30, 40 gave .631, .633, .613 on mixed."""

HUB_NEEDS = 20
"""Fewer stored needs of a language do not say what is near to everything."""

HUB_SAMPLE = 200
"""Needs of a language that are kept to measure it, drawn at random; 150 KB at 384 dimensions."""

NEAR_NEIGHBOURS = 3
"""Nearest statements of a language that make its level; ranks 2 to 4 gave no more."""

NEAR_LANGUAGE = 20
"""Fewer hits in a language have no level of their own."""

RANKED_STATEMENTS = 1000
"""Hits asked for by each way of looking; the others count as the last of the hits. 1,000 and 500
gave .178 and .182 on cordis, but .342 and .327 of its partners among the first 50, at 71 and 57 ms
a search of the index; simulated, all there are gave no more (.189, against .204 for 1,000)."""

NAMED_ORGANISATIONS = 50
"""Organisations fetched for the words of their names."""

RANKED_ORGANISATIONS = 100
"""Organisations whose whole profiles are read, at least."""
RANKED_EACH = 3
"""For each place of a long page: a page of 100 ranks 300. cordis-calls R@50 .285 with 100 in all,
.292 with 300; the first ten are the same."""

WINDOW_CHARACTERS = 400
WINDOW_CHARACTERS_CHINESE = 140
"""About 100 tokens, which is what the model was trained on."""

PROFILE_K1 = 1.2
PROFILE_B = 0.75
PROFILE_K3 = 2.0
"""BM25's usual constants; k3 for a word that a text repeats."""


@dataclass(frozen=True)
class Curve:
    """A logistic from a sum to the number shown."""

    slope: float
    centre: float


RELATED_CURVE = Curve(1.0, -4.0)

LIKELIHOOD_TOTAL = 0.25
LIKELIHOOD_LAG = 2.53
LIKELIHOOD_LEAD = 2.66
LIKELIHOOD_NEAREST = 0.15
LIKELIHOOD_CONSTANT = -3.95
"""Of what is on record for the tuning queries: the twenty best of each, and the same say for
cordis-calls, chinaxiv-mixed and golden's needs in words. On the report halves' first pages it shows
.105, .077, .109 where .087, .092, .120 are on record; calibration error .041, .029, .035, of all
together .018. A logistic of the sum alone had .048 together, and showed .09 for chinaxiv's first
answers, of which .65 are right. A partner that is on no record counts as wrong: the number is on
the low side."""

FIRST_PAGE = 10
"""Answers among which the best stands out, or does not."""
