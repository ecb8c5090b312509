"""What the features beside the text are made of survives the way through PostgreSQL."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from services.matcher.domain.snapshot import snapshot_of
from services.matcher.storage.snapshot_json import from_json, to_json
from shared.contracts.organisation import (
    Capability,
    Collaboration,
    Kind,
    Names,
    Organisation,
)

_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def organisation() -> Organisation:
    return Organisation(
        id="a",
        kind=Kind.INSTITUTION,
        names=Names(en="A"),
        province="320000",
        city="320100",
        collaborations=(Collaboration(organisation="b", count=3),),
        capabilities=(Capability(id="c", text="Fog radar", stated_on=date(2025, 5, 1)),),
        version=1,
        created_at=_NOW,
        updated_at=_NOW,
    )


def test_city_collaborations_and_dates_come_back_as_they_were() -> None:
    taken_in = snapshot_of(organisation())
    back = from_json("a", 1, json.loads(json.dumps(to_json(taken_in))))
    assert replace(back, updated_at=taken_in.updated_at) == taken_in
    assert back.city == "320100"
    assert back.collaborations == {"b": 3}
    assert back.statements[0].stated_on == date(2025, 5, 1)


def test_a_snapshot_from_before_is_read_without_them() -> None:
    row = to_json(snapshot_of(organisation()))
    for key in ("city", "collaborations"):
        del row[key]
    del row["statements"][0]["stated_on"]
    back = from_json("a", 1, row)
    assert (back.city, back.collaborations, back.statements[0].stated_on) == (None, {}, None)
