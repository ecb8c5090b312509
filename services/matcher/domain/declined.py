"""Suggestions that one side has said no to."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.decisions import Reason
from shared.contracts.why_not import ReasonCode


@dataclass(frozen=True)
class DeclinedPair:
    """What stands; a later answer takes its place."""

    organisation: str
    """Who has declined."""
    other: str
    at: datetime
    reasons: tuple[Reason, ...]
    text: str | None
    holds: bool
    """Whether the two are still kept out of each other's lists."""


def code_for(organisation: str, declined_by: str) -> ReasonCode:
    """As it is told in this organisation's list."""
    own = organisation == declined_by
    return ReasonCode.DECLINED if own else ReasonCode.DECLINED_BY_OTHER
