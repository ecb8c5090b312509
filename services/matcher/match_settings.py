"""What an operator may set about matches; the matcher and its workers read the same."""

from datetime import timedelta

from pydantic import Field

from services.matcher.domain.matches.policy import MatchPolicy
from shared.settings import CommonSettings


class MatchSettings(CommonSettings):
    """As HEZUO_MATCH_*."""

    match_undo_minutes: float = Field(
        15,
        ge=0,
        description="so long a coordinator's decision can be undone; both sides are asked after it",
    )
    match_nudge_days: float = Field(7, gt=0, description="silence after which a side is reminded")
    match_expire_days: float = Field(21, gt=0, description="silence after which a match expires")
    match_again_days: float = Field(
        180,
        ge=0,
        description="after so long what was turned down may be suggested again, unchanged",
    )
    match_open_requests: int = Field(
        20,
        ge=1,
        description="introductions one organisation may have asked for that are being reviewed",
    )
    match_reviewers: int = Field(
        1, ge=1, le=2, description="2 asks two reviewers to agree before an approval"
    )
    match_minimum_each: int = Field(2, ge=0, le=5, description="of each criterion of the rubric")
    match_minimum_mean: float = Field(3, ge=0, le=5, description="of the rubric's four criteria")

    @property
    def match_policy(self) -> MatchPolicy:
        """As the domain reads them."""
        return MatchPolicy(
            undo=timedelta(minutes=self.match_undo_minutes),
            nudge_after=timedelta(days=self.match_nudge_days),
            expire_after=timedelta(days=self.match_expire_days),
            again_after=timedelta(days=self.match_again_days),
            reviewers=self.match_reviewers,
            minimum_each=self.match_minimum_each,
            minimum_mean=self.match_minimum_mean,
            open_requests=self.match_open_requests,
        )
