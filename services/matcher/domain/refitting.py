"""When the language statistics are worth fitting again."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.matcher.domain.language_correction import ENOUGH, Group

ONCE_IN = timedelta(days=1)
GROWTH = 2
"""So many times the statements that the live statistics were fitted on."""


def is_due(
    stated: Mapping[Group, int],
    fitted: Mapping[Group, int],
    fitted_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether a side and language has enough statements, and far more than at the last fit.

    `fitted` is empty, and `fitted_at` None, while the shipped statistics are live: on a new
    platform and after a change of the model.
    """
    if fitted_at is not None and now - fitted_at < ONCE_IN:
        return False
    return any(
        count >= max(ENOUGH, GROWTH * fitted.get(group, 0)) for group, count in stated.items()
    )
