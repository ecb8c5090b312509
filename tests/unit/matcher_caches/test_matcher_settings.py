"""What an operator may set for a cluster."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from services.matcher.index_choice import chosen_indexes
from services.matcher.settings import MatcherSettings
from services.matcher.worker import WorkerSettings

pytestmark = pytest.mark.anyio


def settings(**given: object) -> MatcherSettings:
    return MatcherSettings.model_validate(
        {
            "database_url": "postgresql+asyncpg://localhost/matcher",
            "internal_secret": "s" * 32,
            "profiles_url": "http://127.0.0.1:9",
            "qdrant_url": "http://127.0.0.1:9",
            **given,
        }
    )


@pytest.mark.filterwarnings("ignore:Api key is used with an insecure connection")
async def test_copies_and_shards_of_new_collections_are_settings() -> None:
    indexes = chosen_indexes(
        settings(qdrant_replication_factor=3, qdrant_write_consistency=2, qdrant_shards=6)
    )
    options = indexes._options  # type: ignore[union-attr]
    assert (options.replication_factor, options.write_consistency_factor) == (3, 2)
    assert options.shard_number == 6
    await indexes.close()


def test_no_more_copies_can_confirm_a_write_than_there_are() -> None:
    with pytest.raises(ValidationError, match="QDRANT_WRITE_CONSISTENCY"):
        settings(qdrant_write_consistency=2)


def test_a_worker_goes_by_the_same_rules_of_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEZUO_MATCH_AGAIN_DAYS", "30")
    policy = WorkerSettings(database_url="x", internal_secret="s" * 32).match_policy
    assert policy.again_after == timedelta(days=30)
