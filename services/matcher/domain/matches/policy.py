"""What an operator may set about matches."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class MatchPolicy:
    """Times and thresholds; the defaults are those of the settings."""

    undo: timedelta = timedelta(minutes=15)
    """So long a decision can be taken back; both sides are asked after it."""
    nudge_after: timedelta = timedelta(days=7)
    expire_after: timedelta = timedelta(days=21)
    """From being asked; silence is an answer then."""
    again_after: timedelta = timedelta(days=180)
    """From then on what was turned down may be suggested again, though nothing has changed."""
    reviewers: int = 1
    """Two must agree before approval; a single match may ask for two by itself."""
    minimum_each: int = 2
    """Of each criterion, 0 to 5."""
    minimum_mean: float = 3.0
    """Of the four."""
    open_requests: int = 20
    """So many introductions one organisation may have asked for that are still being reviewed."""
