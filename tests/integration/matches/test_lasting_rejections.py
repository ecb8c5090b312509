"""A rejection whose reason is lasting keeps the two apart; its undoing lets them together."""

from datetime import UTC, datetime

import pytest

from services.matcher.domain.pairs import Pair, StoredPairConstraint
from shared.contracts.constraints import PairConstraintKind
from tests.support.match_desk import ANA, MatchDesk

pytestmark = pytest.mark.anyio
CONFLICT = PairConstraintKind.CONFLICT_OF_INTEREST


async def kept_apart(desk: MatchDesk, pair: Pair) -> list[StoredPairConstraint]:
    async with desk.store.transaction() as transaction:
        return await transaction.pairs.between(pair)


async def undo(desk: MatchDesk, id: str) -> None:
    headers = {"If-Match": f'"{(await desk.read(id))["version"]}"'}
    await desk.call("POST", f"/matches/{id}/undo", ANA, None, headers)


@pytest.mark.parametrize("reason", ["conflict_of_interest", "already_partners"])
async def test_it_sets_the_fitting_constraint_and_undo_takes_it_away(
    desk: MatchDesk, reason: str
) -> None:
    id, pair = await desk.suggested()
    await desk.decide(id, "reject", reasons=[reason], text="one owns the other")
    (kept,) = await kept_apart(desk, pair)
    assert (kept.kind, kept.reason, kept.set_by, kept.until) == (
        *(reason, "one owns the other", "ana", None),
    )
    trail = await desk.call("GET", "/audit", ANA, subject=id, action="rejected")
    assert trail["items"][0]["details"]["constraints"] == reason
    await undo(desk, id)
    assert await kept_apart(desk, pair) == []


async def test_other_reasons_set_none(desk: MatchDesk) -> None:
    id, pair = await desk.suggested()
    await desk.decide(id, "reject", reasons=["out_of_scope"])
    assert await kept_apart(desk, pair) == []


async def test_undo_leaves_what_others_have_said_before_or_since(desk: MatchDesk) -> None:
    for anew in (False, True):
        id, pair = await desk.suggested()
        said = StoredPairConstraint(pair, CONFLICT, "x", None, "bo", datetime.now(UTC))
        for step in (anew, not anew):
            if step:
                await desk.decide(id, "reject", reasons=["conflict_of_interest"])
            else:
                async with desk.store.transaction() as transaction:
                    await transaction.pairs.put(said)
        await undo(desk, id)
        assert [one.set_by for one in await kept_apart(desk, pair)] == ["bo"]


async def test_a_refused_decision_sets_none(desk: MatchDesk) -> None:
    id, pair = await desk.suggested()
    await desk.decide(id, "reject", reasons=["policy"])
    with pytest.raises(Exception, match="match_state"):
        await desk.decide(id, "reject", reasons=["conflict_of_interest"])
    assert await kept_apart(desk, pair) == []
