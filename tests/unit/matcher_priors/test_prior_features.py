"""What speaks for a partner beside the text."""

from datetime import date

import pytest

from services.matcher.domain.field_tree import FieldTree
from services.matcher.domain.partner_features import FeatureName, PartnerFeature, shifted
from services.matcher.domain.prior_features import Priors, popularity
from services.matcher.domain.prior_weights import PriorWeights
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from shared.contracts.organisation import Necessity, Side, Visibility

TODAY = date(2026, 6, 1)
TREE = FieldTree({"xr": None, "optics": "xr", "haptics": "xr", "geo": None})


def stated(
    side: Side, field: str, *, visibility: Visibility = Visibility.MEMBERS, on: date | None = None
) -> Statement:
    key = StatementKey("o", f"{side}-{field}-{visibility}")
    necessity = Necessity.MUST_HAVE if side is Side.NEED else None
    return Statement(key, side, "text", "en", (field,), 5, necessity, visibility, stated_on=on)


def organisation(id: str, *statements: Statement, **more: object) -> MatchedOrganisation:
    base = MatchedOrganisation(
        id, 1, "other", {"en": id}, "CN", "320000", "Nanjing", (), frozenset(), 5, statements
    )
    return base.__class__(
        **{name: getattr(base, name) for name in base.__slots__} | more  # type: ignore[arg-type]
    )


def values(one: MatchedOrganisation, other: MatchedOrganisation) -> dict[str, float]:
    found = Priors(PriorWeights(), TREE).of_pair(one, other, (), TODAY)
    return {feature.name.value: feature.value for feature in found}


def test_fields_are_near_by_their_place_in_the_tree() -> None:
    assert TREE.similarity("optics", "optics") == 1
    assert TREE.similarity("optics", "haptics") == pytest.approx(0.5)
    assert TREE.similarity("optics", "xr") == pytest.approx(2 / 3)
    assert TREE.similarity("optics", "geo") == 0


def test_what_one_needs_and_the_other_offers_is_complementary() -> None:
    asker = organisation("a", stated(Side.NEED, "optics"))
    fitting = organisation("b", stated(Side.CAPABILITY, "optics"))
    alike = organisation("c", stated(Side.NEED, "optics"))
    assert values(asker, fitting)["complementary_fields"] == 1
    assert "complementary_fields" not in values(asker, alike)
    assert values(asker, alike)["field_overlap"] == 1


def test_past_work_is_known_whoever_put_it_on_record() -> None:
    one = organisation("a", collaborations={"b": 3, "c": 1})
    other = organisation("b", collaborations={"c": 2})
    assert values(one, other)["past_collaboration"] == values(other, one)["past_collaboration"]
    assert values(one, other)["common_partners"] > 0


def test_cities_are_compared_by_code_and_by_name_where_one_has_none() -> None:
    here = organisation("a", city="320100")
    assert "same_city" in values(here, organisation("b", city="320100", city_name="南京"))
    assert "same_city" not in values(here, organisation("b", city="320500"))
    assert "same_city" in values(here, organisation("b", city_name="NANJING"))


def test_new_statements_make_a_partner_recent_and_active() -> None:
    new = organisation("b", stated(Side.CAPABILITY, "geo", on=date(2026, 5, 1)))
    old = organisation("c", stated(Side.CAPABILITY, "geo", on=date(2012, 5, 1)))
    assert values(new, new)["recency"] > 0.9
    assert "recency" not in values(new, old)
    assert "activity" not in values(new, old)


def test_confidential_statements_show_in_no_number() -> None:
    secret = stated(Side.CAPABILITY, "optics", visibility=Visibility.CONFIDENTIAL, on=TODAY)
    asker = organisation("a", stated(Side.NEED, "optics"))
    assert values(asker, organisation("b", secret)) == values(asker, organisation("b"))


def test_a_weight_of_0_switches_a_feature_off() -> None:
    partner = organisation("b", stated(Side.CAPABILITY, "geo"), collaborations={"c": 2})
    off = Priors(PriorWeights(popularity=0)).of_partner(partner, TODAY)
    on = Priors(PriorWeights(popularity=1)).of_partner(partner, TODAY)
    assert shifted(0.3, off) == 0.3
    assert shifted(0.3, on) > 0.3


def test_a_score_stays_between_0_and_1() -> None:
    heavy = (PartnerFeature(FeatureName.HUB, 1, -2000.0),)
    assert 0 <= shifted(0.99, heavy) < 1e-6
    assert shifted(0.0, (PartnerFeature(FeatureName.POPULARITY, 1, 5.0),)) < 1e-3


def test_who_says_much_of_itself_is_not_better_known() -> None:
    one = organisation("b", stated(Side.CAPABILITY, "geo"), collaborations={"c": 2})
    many = [stated(Side.CAPABILITY, f"statement {n}") for n in range(40)]
    assert popularity(organisation("b", *many, collaborations={"c": 2})) == popularity(one)


def test_popularity_is_measured_from_the_platforms_well_known_organisations() -> None:
    partner = organisation("partner", collaborations={"a": 30})
    weights = PriorWeights(popularity=1)
    from_nothing = Priors(weights).of_partner(partner, TODAY)
    from_its_like = Priors(weights, well_known=popularity(partner)).of_partner(partner, TODAY)
    assert sum(one.contribution for one in from_nothing) > 0
    assert sum(one.contribution for one in from_its_like) == 0
