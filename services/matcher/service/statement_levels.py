"""Levels of the statements that partners are scored by, from the store's vectors."""

from collections.abc import Iterable, Sequence

import numpy as np

from services.matcher.domain.constants import LEVEL_STATEMENTS
from services.matcher.domain.levels import Levels, Stated, levels
from services.matcher.domain.scoring import ScoredDirection
from services.matcher.domain.statements import MatchedOrganisation, Statement
from services.matcher.service.encoding import StatementEncoder
from shared.contracts.organisation import Side


async def levels_among(
    encoder: StatementEncoder,
    directions: Iterable[ScoredDirection],
    around: Sequence[MatchedOrganisation],
) -> Levels:
    """Of all that asks or answers best, among what these organisations state."""
    scored = {one.key: one for direction in directions for one in _best(direction)}.values()
    groups = [
        [one for one in scored if one.side is Side.NEED],
        [one for one in scored if one.side is Side.CAPABILITY],
        [one for other in around for one in other.side(Side.NEED)[:LEVEL_STATEMENTS]],
        [one for other in around for one in other.side(Side.CAPABILITY)[:LEVEL_STATEMENTS]],
    ]
    rows = await encoder.vectors([one for group in groups for one in group])
    ends = np.cumsum([len(group) for group in groups])[:-1]
    needs, offers, wanted, offered = map(Stated, groups, np.split(rows, ends))
    statistics = encoder.statistics
    return {**levels(needs, offered, statistics), **levels(offers, wanted, statistics)}


def _best(direction: ScoredDirection) -> Iterable[Statement]:
    for answer in direction.answers:
        yield answer.asking
        yield answer.answering
