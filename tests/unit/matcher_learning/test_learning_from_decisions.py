"""A hidden preference is learned within 200 decisions; few decisions move little."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from services.matcher.domain.learning.examples import Example, examples, split_in_time
from services.matcher.domain.learning.fit import HELD_OUT, judged, learn
from services.matcher.domain.learning.learned_ranking import HAND_SET
from services.matcher.domain.learning.lessons import REASONS, lesson
from services.matcher.domain.partner_features import FeatureName, PartnerFeature
from shared.contracts.decisions import (
    PairRecord,
    Reason,
    RecordKind,
    SnapshotFeature,
    SuggestionSnapshot,
    Verdict,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = ("same_country", "field_overlap", "noise")


def simulated(
    count: int, seed: int = 5, reasons: tuple[Reason, ...] = (Reason.OUT_OF_SCOPE,)
) -> list[PairRecord]:
    """A coordinator who prefers the same country and shared fields, whatever the texts say."""
    rng = np.random.default_rng(seed)
    records = []
    for number in range(count):
        raw, values = rng.normal(0, 1.5), [rng.integers(0, 2), rng.random(), rng.random()]
        odds = 0.7 * raw + 2.2 * (values[0] - 0.5) + 3.0 * (values[1] - 0.5)
        approves = rng.random() < 1 / (1 + np.exp(-odds))
        records.append(
            PairRecord(
                id=number + 1,
                kind=RecordKind.DECISION,
                organisation=f"a{number}",
                partner=f"b{number}",
                verdict=Verdict.APPROVED if approves else Verdict.REJECTED,
                reasons=() if approves else reasons,
                said_by="coordinator",
                said_at=START + timedelta(hours=number),
                snapshot=SuggestionSnapshot(
                    features=tuple(
                        SnapshotFeature(name=name, value=float(value), contribution=0.0)
                        for name, value in zip(NAMES, values, strict=True)
                    ),
                    raw=raw,
                    probability=0.5,
                    rank=1,
                    ranking_version="1",
                    model="m",
                    statistics_version=0,
                    organisation_version=1,
                    partner_version=1,
                ),
            )
        )
    return records


def of(records: list[PairRecord]) -> list[Example]:
    return examples(records, "1", "m")


@pytest.mark.parametrize("seed", range(5))
def test_a_hidden_preference_is_learned_within_200_decisions(seed: int) -> None:
    train, _ = split_in_time(of(simulated(200, seed)), HELD_OUT)
    learned = learn(train)
    unseen = of(simulated(3000, seed + 100))
    before, after = judged(HAND_SET, unseen), judged(learned, unseen)
    assert after.log_loss < before.log_loss - 0.03
    assert after.auc > before.auc + 0.04
    assert learned.changes["same_country"] > 2 * abs(learned.changes["noise"])


def test_the_preferred_partner_rises() -> None:
    learned = learn(of(simulated(200)))

    def country(value: float) -> tuple[PartnerFeature, ...]:
        return (PartnerFeature(FeatureName.SAME_COUNTRY, value, 0.0),)

    assert HAND_SET.score(0.55, country(0.0)) > HAND_SET.score(0.5, country(1.0))
    assert learned.score(0.55, country(0.0)) < learned.score(0.5, country(1.0))
    assert learned.features(country(1.0))[0].contribution > 0


def test_shown_probabilities_are_honest_on_held_out_decisions() -> None:
    learned = learn(of(simulated(1500)))
    assert judged(learned, of(simulated(12_000, 77))).calibration_error <= 0.03


def test_few_decisions_move_little() -> None:
    few, many = (learn(of(simulated(count))).changes["same_country"] for count in (20, 400))
    assert abs(few) < 0.6 * abs(many)


def test_reasons_that_say_nothing_about_the_match_are_left_out() -> None:
    for reason in (
        Reason.CAPACITY,
        Reason.CONFLICT_OF_INTEREST,
        Reason.ALREADY_PARTNERS,
        Reason.POLICY,
    ):
        records = simulated(60, reasons=(reason,))
        assert {one.label for one in of(records)} == {1.0}
    assert set(REASONS) == set(Reason)


def test_a_reason_moves_only_the_weights_that_it_speaks_of() -> None:
    def overlap(reason: Reason) -> float:
        """Turned down is whoever shares fields."""
        found = [
            one.model_copy(update=_rejected(reason))
            if one.snapshot and one.snapshot.features[1].value > 0.5
            else one.model_copy(update={"verdict": Verdict.APPROVED, "reasons": ()})
            for one in simulated(200)
        ]
        taught = [one for one in of(found) if one.label == 0]
        assert len(taught) > 50
        assert all((one.taught is None) == (reason is Reason.OUT_OF_SCOPE) for one in taught)
        return learn(of(found)).changes["field_overlap"]

    assert abs(overlap(Reason.TOO_EARLY)) < 0.7 * abs(overlap(Reason.OUT_OF_SCOPE))


def _rejected(reason: Reason) -> dict[str, object]:
    return {"verdict": Verdict.REJECTED, "reasons": (reason,)}


def test_of_several_reasons_those_that_teach_count() -> None:
    several = lesson(RecordKind.RESPONSE, Verdict.DECLINED, (Reason.CAPACITY, Reason.NEED_UNCLEAR))
    assert several
    assert several.weight == 0.5
    assert several.features == frozenset(), "the level alone; None would be all"


def test_superseded_records_and_other_rankings_teach_nothing() -> None:
    (record,) = simulated(1)
    assert not of([record.model_copy(update={"superseded": True})])
    assert not of([record.model_copy(update={"snapshot": None})])
    assert not examples([record], "2", "m")
    assert not examples([record], "1", "another")


def test_a_pair_is_never_on_both_sides_of_the_split() -> None:
    found = of(simulated(100))
    again = [*found, *found[:10]]
    train, held_out = split_in_time(again, HELD_OUT)
    assert not {one.pair for one in train} & {one.pair for one in held_out}
    assert max(one.at for one in train) < min(one.at for one in held_out)


def test_places_filled_by_chance_count_for_those_that_were_not_shown() -> None:
    (record,) = simulated(1)
    assert record.snapshot
    rare = record.snapshot.model_copy(update={"propensity": 0.25, "explored": True})
    assert of([record.model_copy(update={"snapshot": rare})])[0].weight == 4.0
    rarest = record.snapshot.model_copy(update={"propensity": 0.001})
    assert of([record.model_copy(update={"snapshot": rarest})])[0].weight == 10.0
