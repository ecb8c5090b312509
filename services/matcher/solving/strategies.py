"""Allocation strategies by name."""

from collections.abc import Callable, Mapping

from services.matcher.domain.allocation.allocate import Strategy
from services.matcher.domain.allocation.top_k import TopK
from services.matcher.domain.allocation.transferable import TransferableUtility
from services.matcher.solving.flow import MinCostFlow
from services.matcher.solving.transport import Transport

STRATEGIES: Mapping[str, Callable[[], Strategy]] = {
    "top_k": TopK,
    "flow": MinCostFlow,
    "transport": Transport,
    "transferable_utility": TransferableUtility,
}
DEFAULT = "flow"
"""By measurement, see docs/performance.md: the least loss at the same Gini, and exact."""


def strategy_named(name: str) -> Strategy:
    """Raises KeyError."""
    return STRATEGIES[name]()
