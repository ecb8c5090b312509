"""When a pair that was turned down may be suggested again, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.matcher.domain.matches.policy import MatchPolicy
from services.matcher.domain.matches.stored import SuggestedAgain, TurnedDown
from shared.contracts.decisions import Reason

LASTING = frozenset({Reason.CONFLICT_OF_INTEREST, Reason.ALREADY_PARTNERS})
"""What no new text in a profile changes."""


@dataclass(frozen=True)
class Refusal:
    """Not yet."""

    turned_down: TurnedDown
    again_from: datetime


def again(
    turned_down: TurnedDown | None, stated: Mapping[str, str], now: datetime, policy: MatchPolicy
) -> SuggestedAgain | Refusal:
    """By a profile whose statements have changed since, or by time; else from when on.

    `stated` is each organisation's fingerprint now.
    """
    if turned_down is None:  # it was only withdrawn
        return SuggestedAgain("returned")
    changed = tuple(
        id for id in sorted(stated) if turned_down.stated.get(id, stated[id]) != stated[id]
    )
    if changed and not LASTING & set(turned_down.reasons):
        return SuggestedAgain("profile_changed", changed)
    again_from = turned_down.at + policy.again_after
    if now >= again_from:
        return SuggestedAgain("time_passed", changed)
    return Refusal(turned_down, again_from)
