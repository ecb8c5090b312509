"""What changed from the standing lists to a run's, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.lists import PairState
from services.matcher.domain.rematch.stored import EarlierRun
from services.matcher.domain.restrictions import Codes
from shared.contracts.rematch import ChangeCause, PairChange, RematchChange
from shared.contracts.why_not import ReasonCode


@dataclass(frozen=True)
class Circumstances:
    """What held before, and what holds now."""

    versions_before: Mapping[str, int]
    """Of the organisations that an earlier run has covered."""
    versions: Mapping[str, int]
    """Of all that are active."""
    earlier: Mapping[str, EarlierRun]
    """The run that an organisation's standing list is from."""
    now: EarlierRun
    barred: Mapping[Pair, Codes]
    barred_alone: Mapping[str, Codes]

    def cause(self, pair: Pair, change: PairChange) -> ChangeCause:
        """The first that holds: rule, profile, model, learned weights; else who took the place."""
        codes = self._codes(pair)
        if change is PairChange.GONE and codes:
            full = codes <= {ReasonCode.AT_CAPACITY}
            return ChangeCause.CAPACITY if full else ChangeCause.RULE
        if any(self._profile_changed(one) for one in pair):
            return ChangeCause.PROFILE_CHANGED
        before = [self.earlier[one] for one in pair if one in self.earlier]
        if any(one.basis != self.now.basis for one in before):
            return ChangeCause.MODEL_CHANGED
        if any(one.ranking != self.now.ranking for one in before):
            return ChangeCause.LEARNED_WEIGHTS
        if any(one.options != self.now.options for one in before):
            return ChangeCause.RULE
        return ChangeCause.CAPACITY

    def _profile_changed(self, organisation: str) -> bool:
        """Also where it is new, or gone."""
        return self.versions_before.get(organisation) != self.versions.get(organisation)

    def _codes(self, pair: Pair) -> Codes:
        return frozenset().union(
            self.barred.get(pair, frozenset()),
            *(self.barred_alone.get(one, frozenset()) for one in pair),
        )


def changes_between(
    before: Mapping[Pair, PairState],
    after: Mapping[Pair, PairState],
    circumstances: Circumstances,
) -> list[RematchChange]:
    """Highest scores first, then by the pair."""
    changes = [
        _change(pair, kind, before.get(pair), after.get(pair), circumstances.cause(pair, kind))
        for pair in {*before, *after}
        if (kind := _kind(before.get(pair), after.get(pair))) is not None
    ]
    return sorted(changes, key=lambda one: (-_weight(one), one.organisations))


def churn(before: Collection[Pair], after: Collection[Pair]) -> float | None:
    """Share of the earlier pairs that are gone; None where there were none."""
    earlier = set(before)
    return len(earlier.difference(after)) / len(earlier) if earlier else None


def _kind(before: PairState | None, after: PairState | None) -> PairChange | None:
    if before is None:
        return PairChange.NEW
    if after is None:
        return PairChange.GONE
    return PairChange.MOVED if before.ranks != after.ranks else None


def _change(
    pair: Pair,
    kind: PairChange,
    before: PairState | None,
    after: PairState | None,
    cause: ChangeCause,
) -> RematchChange:
    return RematchChange(
        organisations=(pair.first, pair.second),
        change=kind,
        cause=cause,
        score=after.score if after else None,
        score_before=before.score if before else None,
        ranks=after.ranks if after else (None, None),
        ranks_before=before.ranks if before else (None, None),
    )


def _weight(change: RematchChange) -> float:
    return change.score if change.score is not None else change.score_before or 0.0
