"""The baselines that every evaluation shows."""

from services.matcher.evaluation.baselines.base import Baseline
from services.matcher.evaluation.baselines.bm25 import ProfileBm25
from services.matcher.evaluation.baselines.chance import Random
from services.matcher.evaluation.baselines.common_neighbours import CommonNeighbours
from services.matcher.evaluation.baselines.dense import DenseMaximum, Embed
from services.matcher.evaluation.baselines.popularity import Popularity
from services.matcher.evaluation.baselines.sum_of_z import SumOfZ


def standard_baselines(embed: Embed) -> list[Baseline]:
    """In the order of the table; they are prepared in this order, the sum after its parts."""
    parts: list[Baseline] = [Popularity(), ProfileBm25(), DenseMaximum(embed), CommonNeighbours()]
    return [Random(), *parts, SumOfZ(parts)]
