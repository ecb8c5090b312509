"""An operator switches features off: they move nothing, whatever was set or learned."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from services.matcher.domain.learning.learned_ranking import LearnedRanking
from services.matcher.domain.partner_features import FeatureName, PartnerFeature
from services.matcher.domain.prior_features import Priors
from services.matcher.domain.prior_weights import PriorWeights
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.settings import MatcherSettings

TODAY = date(2026, 11, 1)
NAMED = FeatureName.POPULARITY


def partner() -> MatchedOrganisation:
    return MatchedOrganisation(
        "b", 1, "enterprise", {}, "CN", None, None, (), frozenset(), 2, (), collaborations={"c": 9}
    )


def settings(**more: Any) -> MatcherSettings:
    return MatcherSettings(
        database_url="postgresql+asyncpg://x@localhost/x",
        internal_secret="s" * 32,
        profiles_url="http://profiles",
        index_directory="/tmp/x",
        **more,
    )


def found(off: frozenset[FeatureName]) -> tuple[PartnerFeature, ...]:
    return Priors(PriorWeights(popularity=1.0), off=off).of_partner(partner(), TODAY)


def test_what_is_off_is_neither_added_nor_shown() -> None:
    assert [one.name for one in found(frozenset())] == [NAMED]
    assert found(frozenset({NAMED})) == ()


def test_what_was_learned_of_it_is_off_too() -> None:
    learned = LearnedRanking(changes={NAMED: 2.0})
    on, off = found(frozenset()), found(frozenset({NAMED}))
    assert learned.score(0.3, on) > learned.score(0.3, off)
    assert learned.score(0.3, off) == LearnedRanking(changes={"other": 1.0}).score(0.3, ())


def test_the_setting_takes_names_of_features_beside_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HEZUO_FEATURES_OFF", '["popularity", "hub"]')
    assert set(settings().features_off) == {NAMED, FeatureName.HUB}
    for wrong in ("statements", "pupolarity"):
        with pytest.raises(ValidationError):
            settings(features_off=(wrong,))
