"""When the platform fits its language statistics by itself."""

from datetime import UTC, datetime, timedelta

from services.matcher.domain.language_correction import Group
from services.matcher.domain.refitting import is_due
from shared.contracts.organisation import Side

NOW = datetime(2026, 11, 28, tzinfo=UTC)
CHINESE: Group = (Side.NEED, "zh")
ENGLISH: Group = (Side.CAPABILITY, "en")
LONG_AGO = NOW - timedelta(days=2)


def test_a_new_platform_waits_for_forty_statements_of_a_side_and_language() -> None:
    assert not is_due({CHINESE: 39, ENGLISH: 39}, {}, None, NOW)
    assert is_due({CHINESE: 40}, {}, None, NOW)


def test_a_group_that_has_come_to_be_enough_is_fitted() -> None:
    assert is_due({CHINESE: 50, ENGLISH: 40}, {CHINESE: 50, ENGLISH: 8}, LONG_AGO, NOW)


def test_little_growth_is_no_reason() -> None:
    assert not is_due({CHINESE: 99}, {CHINESE: 50}, LONG_AGO, NOW)
    assert is_due({CHINESE: 100}, {CHINESE: 50}, LONG_AGO, NOW)


def test_not_twice_a_day() -> None:
    assert not is_due({CHINESE: 1000}, {CHINESE: 50}, NOW - timedelta(hours=23), NOW)
