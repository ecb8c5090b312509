"""How much an organisation may state."""

import pytest
from pydantic import ValidationError

from shared.contracts.organisation import MOST_TEXT, OrganisationProfile
from tests.support.large_profile import largest_profile


def test_the_largest_profile_is_one() -> None:
    profile = OrganisationProfile.model_validate(largest_profile())
    stated = (*profile.capabilities, *profile.needs)
    assert sum(len(one.text) for one in stated) == MOST_TEXT


def test_more_text_is_refused_with_the_figure() -> None:
    with pytest.raises(ValidationError, match=f"2001000 characters.*{MOST_TEXT} at most"):
        OrganisationProfile.model_validate(largest_profile(MOST_TEXT + 1000))


def test_facets_count() -> None:
    profile = largest_profile()
    profile["needs"][0]["facets"] = {"materials": "glass"}
    with pytest.raises(ValidationError, match="2000005 characters"):
        OrganisationProfile.model_validate(profile)
