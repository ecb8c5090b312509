"""Figures about the platform; for coordinators, who see everything."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from services.matcher.domain.constants import MET
from services.matcher.domain.field_tree import FieldTree
from services.matcher.domain.insights.components import components
from services.matcher.domain.insights.inequality import gini, top_share
from services.matcher.insight_store import Card, Edge, EdgeFilter, InsightStore, Period
from services.matcher.service.insights.coverage_map import cells, field_rows, open_needs, regions
from services.matcher.store import MatcherStore
from shared.contracts.insights import (
    CoverageMap,
    DecisionTimes,
    Exposed,
    Exposure,
    Funnel,
    FunnelStage,
    Network,
    NetworkEdge,
    NetworkNode,
)
from shared.errors import ProblemError

_OPEN_NEEDS = 100
_MONTHS, _RUNS = 12, 24
_NOBODY = Card(None, None, None)


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class ReadInsights:
    """Each is a few aggregates."""

    store: MatcherStore
    insights: InsightStore
    fields: FieldTree
    now: Callable[[], datetime] = utc_now

    async def network(self, wanted: EdgeFilter, limit: int) -> Network:
        """The strongest edges with the organisations at their ends."""
        edges, count = await self.insights.edges(wanted, limit)
        degrees = Counter(id for edge in edges for id in (edge.first, edge.second))
        cards = await self.insights.cards(sorted(degrees))
        return Network(
            nodes=tuple(
                _node(id, degrees[id], cards.get(id, _NOBODY)) for id in _by_degree(degrees)
            ),
            edges=tuple(_edge(one) for one in edges),
            all_edges=count,
            components=components((one.first, one.second) for one in edges),
            computed_at=self.now(),
        )

    async def coverage(self, within: str | None) -> CoverageMap:
        """Of the fields at the top, or of one's children. Raises ProblemError("not_found")."""
        children = None if within is None else self._children(within)
        counts = await self.insights.counts(MET, children)
        needs, looked_at = await self.insights.looked_at()
        unanswered = await self.insights.unanswered(MET, _OPEN_NEEDS)
        owners = sorted({one.organisation for one in unanswered})
        cards = await self.insights.cards(owners)
        async with self.store.transaction() as transaction:
            snapshots = await transaction.snapshots.active(owners)
        return CoverageMap(
            fields=field_rows(counts),
            regions=regions(counts),
            within=within,
            cells=cells(counts),
            open_needs=open_needs(unanswered, cards, snapshots),
            needs=needs,
            looked_at=looked_at,
            computed_at=self.now(),
        )

    async def exposure(self, limit: int) -> Exposure:
        """Who stands in how many matches."""
        suggested = await self.insights.suggested()
        active = await self.insights.active()
        ranked = sorted(suggested.items(), key=lambda one: (-one[1], one[0]))
        shown = ranked[:limit]
        cards = await self.insights.cards([id for id, _ in shown])
        places = sum(suggested.values())
        counts = list(suggested.values())
        everybody = max(active, len(counts))
        return Exposure(
            items=tuple(_exposed(id, count, places, cards.get(id, _NOBODY)) for id, count in shown),
            matches=places // 2,
            organisations=active,
            without=max(0, active - len(suggested)),
            gini=gini(counts, everybody),
            top_share=top_share(counts, everybody),
            moments=tuple(await self.insights.moments(_MONTHS, _RUNS)),
            computed_at=self.now(),
        )

    async def funnel(self, period: Period) -> Funnel:
        """How far matches got that were first suggested in the period."""
        reached, exits = await self.insights.reached(period)
        return Funnel(
            stages=_stages(list(reached.items())),
            exits=tuple(exits),
            since=period.since,
            until=period.until,
            computed_at=self.now(),
        )

    async def decision_times(self, period: Period) -> DecisionTimes:
        """How long the steps took, of matches that were first suggested in the period."""
        return DecisionTimes(
            steps=tuple(await self.insights.steps(period)),
            since=period.since,
            until=period.until,
            computed_at=self.now(),
        )

    def _children(self, field: str) -> list[str]:
        parents = self.fields.parents
        if field not in parents:
            raise ProblemError("not_found", what="field", id=field)
        return [field, *(one for one, parent in parents.items() if parent == field)]


def _by_degree(degrees: Counter[str]) -> list[str]:
    return sorted(degrees, key=lambda id: (-degrees[id], id))


def _node(id: str, edges: int, card: Card) -> NetworkNode:
    return NetworkNode(id=id, names=card.names, kind=card.kind, province=card.province, edges=edges)


def _edge(edge: Edge) -> NetworkEdge:
    return NetworkEdge(
        first=edge.first,
        second=edge.second,
        state=edge.state,
        strength=min(1.0, max(0.0, edge.strength)),
    )


def _exposed(id: str, count: int, places: int, card: Card) -> Exposed:
    return Exposed(
        organisation=id,
        names=card.names,
        kind=card.kind,
        suggested=count,
        share=count / places if places else 0.0,
    )


def _stages(reached: Sequence[tuple[str, int]]) -> tuple[FunnelStage, ...]:
    everything = reached[0][1] if reached else 0
    stages = []
    last = everything
    for state, count in reached:
        stages.append(
            FunnelStage(
                state=state,
                reached=count,
                share_of_all=min(1.0, count / everything) if everything else 0.0,
                share_of_last=min(1.0, count / last) if last else 0.0,
            )
        )
        last = count
    return tuple(stages)
