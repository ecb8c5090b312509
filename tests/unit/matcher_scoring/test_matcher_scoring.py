from services.matcher.domain.constants import DIRECTION_FLOOR
from services.matcher.domain.explanation import explain
from services.matcher.domain.language_correction import CorrectionStatistics
from services.matcher.domain.levels import Levels
from services.matcher.domain.pair_score import PairEvidence
from services.matcher.domain.scoring import (
    ScoredDirection,
    levelled,
    overall,
    score_direction,
)
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from shared.contracts.organisation import Necessity, Side, Visibility
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import Basis, SuggestionSide

PLAIN = CorrectionStatistics("test", {})
STRONG, WEAK = PairEvidence(0.9, 0.0), PairEvidence(0.0, 0.0)
Table = dict[tuple[str, str], PairEvidence]


def statement(owner: str, id: str, side: Side, **changes: object) -> Statement:
    necessity = Necessity.MUST_HAVE if side is Side.NEED else None
    values: dict[str, object] = {
        "key": StatementKey(owner, id),
        "side": side,
        "text": f"text of {id}",
        "language": "en",
        "fields": (),
        "readiness": None,
        "necessity": necessity,
        "visibility": Visibility.MEMBERS,
    }
    return Statement(**{**values, **changes})  # type: ignore[arg-type]


def organisation(id: str, *statements: Statement) -> MatchedOrganisation:
    return MatchedOrganisation(
        id, 1, "other", {"en": id}, "CN", None, None, (), frozenset(), 5, statements
    )


def score(
    asker: MatchedOrganisation,
    answerer: MatchedOrganisation,
    table: Table,
    level: Levels | None = None,
) -> ScoredDirection:
    def lookup(asking: StatementKey, answering: StatementKey) -> PairEvidence | None:
        return table.get((asking.statement, answering.statement))

    return levelled(score_direction(asker, answerer, lookup, PLAIN), level or {})


NEEDY = organisation(
    "needy",
    statement("needy", "must", Side.NEED),
    statement("needy", "nice", Side.NEED, necessity=Necessity.NICE_TO_HAVE),
)
ABLE = organisation(
    "able", statement("able", "c1", Side.CAPABILITY), statement("able", "c2", Side.CAPABILITY)
)


def test_each_need_takes_its_best_capability() -> None:
    found = score(NEEDY, ABLE, {("must", "c1"): WEAK, ("must", "c2"): STRONG})
    assert [a.answering.key.statement for a in found.answers] == ["c2"]


def test_a_must_have_weighs_twice_a_nice_to_have() -> None:
    must = score(NEEDY, ABLE, {("must", "c1"): STRONG}).score
    nice = score(NEEDY, ABLE, {("nice", "c1"): STRONG}).score
    assert abs(must - 2 * nice) < 1e-9
    assert must > 0.6


def test_capabilities_stand_in_for_needs_with_lower_confidence() -> None:
    found = score(ABLE, ABLE, {("c1", "c1"): STRONG, ("c2", "c2"): STRONG})
    assert found.basis is Basis.RELATED_WORK
    assert 0.49 < found.score <= 0.5


def test_an_organisation_without_statements_scores_nothing() -> None:
    assert score(organisation("empty"), ABLE, {}).score == 0.0
    assert score(NEEDY, organisation("empty"), {}).score == 0.0


def direction(likelihood: float, basis: Basis = Basis.NEEDS) -> ScoredDirection:
    return ScoredDirection(likelihood, basis, (), (), likelihood)


def test_a_mutual_partner_beats_a_one_sided_one() -> None:
    mutual = overall(direction(0.6), direction(0.6), SuggestionSide.MUTUAL)
    one_sided = overall(direction(1.0), direction(0.1), SuggestionSide.MUTUAL)
    assert mutual > one_sided


def test_one_sided_partners_of_a_silent_organisation_stay_in_order() -> None:
    silent = Basis.RELATED_WORK
    better = overall(direction(0.9, silent), direction(0.0), SuggestionSide.MUTUAL)
    worse = overall(direction(0.5, silent), direction(0.0), SuggestionSide.MUTUAL)
    assert 0.0 < worse < better < 0.1


def test_a_side_is_ranked_by_its_own_direction() -> None:
    receives, gives = direction(0.3), direction(0.7)
    assert overall(receives, gives, SuggestionSide.NEED) == 0.3
    assert overall(receives, gives, SuggestionSide.CAPABILITY) == 0.7


def test_answers_too_faint_for_a_score_to_tell_apart_still_make_a_difference() -> None:
    better = score(NEEDY, ABLE, {("must", "c1"): PairEvidence(0.10, 0.0)})
    worse = score(NEEDY, ABLE, {("must", "c1"): PairEvidence(0.05, 0.0)})
    assert round(better.score, 6) == round(worse.score, 6)
    assert round(better.likelihood, 6) > round(worse.likelihood, 6)


def test_an_answer_that_is_near_to_everything_says_less() -> None:
    table = {("must", "c1"): PairEvidence(0.4, 0.0)}
    level = {StatementKey("able", "c1"): 2.0}
    hub, plain = score(NEEDY, ABLE, table, level), score(NEEDY, ABLE, table)
    assert hub.likelihood < plain.likelihood
    assert hub.answers == plain.answers


def test_silence_is_likelier_than_needs_that_are_not_met() -> None:
    silent = score(ABLE, ABLE, {("c1", "c1"): WEAK}).likelihood
    nothing = score(NEEDY, organisation("empty"), {}).likelihood
    unmet = score(NEEDY, ABLE, {("must", "c1"): PairEvidence(-0.1, 0.0)}).likelihood
    assert unmet < silent == nothing == DIRECTION_FLOOR


def test_a_partner_without_needs_is_less_likely_than_one_that_is_answered() -> None:
    table = {("c1", "c1"): STRONG, ("must", "c1"): STRONG}
    assert score(ABLE, ABLE, table).likelihood < score(NEEDY, ABLE, table).likelihood


def test_unmet_needs_are_named_unless_they_are_anothers_secret() -> None:
    secret = statement("needy", "secret", Side.NEED, visibility=Visibility.CONFIDENTIAL)
    asker = organisation("needy", *NEEDY.statements, secret)
    found = score(asker, ABLE, {("must", "c1"): STRONG, ("nice", "c1"): WEAK})
    stranger = Principal(subject="s", role=Role.MEMBER, organisation="able")
    owner = Principal(subject="s", role=Role.MEMBER, organisation="needy")
    assert [quote.id for quote in explain(found, stranger).unmet] == ["nice"]
    assert [quote.id for quote in explain(found, owner).unmet] == ["secret", "nice"], (
        "must-haves first"
    )
    assert [answer.need.id for answer in explain(found, owner).answers] == ["must"]
