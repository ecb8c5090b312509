"""The last section of docs/performance.md: past one machine, with arithmetic.

    python -m benchmarks.performance_plan

Measured rates come from build/rematch.json where it is there.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.performance_page import table, write_section

_JSON = Path(__file__).parents[1] / "build" / "rematch.json"
_GB = 1e9


@dataclass(frozen=True)
class Assumed:
    """What the arithmetic starts from; everything else follows."""

    statements: int = 10_000_000
    per_organisation: int = 5
    dimension: int = 384
    links: int = 16
    """HNSW's m; level 0 has twice as many, of four bytes each."""
    payload_bytes: int = 400
    lexical_bytes: int = 300
    """A sparse vector of about forty words."""
    snapshot_bytes: int = 6_000
    lists: int = 50
    match_bytes: int = 250
    event_bytes: int = 300
    replicas: int = 2
    node_gigabytes: int = 64
    node_cores: int = 16
    texts_a_second: float = 70.0
    """Of one core with 16-bit numbers, short texts: half of what two cores gave."""
    query_milliseconds: float = 2.0
    """Of one statement with its filter and words in a shard's graph, by one core."""

    @property
    def organisations(self) -> int:
        return self.statements // self.per_organisation

    @property
    def vectors(self) -> float:
        """Bytes in 32 bits."""
        return self.statements * self.dimension * 4


def main() -> int:
    """Write the section."""
    write_section("plan", [*plan_lines(Assumed(), _gigaflops())])
    return 0


def plan_lines(given: Assumed, gigaflops: float | None) -> Iterator[str]:
    """Markdown."""
    yield f"## Past one machine: {given.statements:,} statements"
    yield ""
    yield "Arithmetic, not measurement. It starts from:"
    yield ""
    yield from table(["assumed", "figure"], _assumptions(given, gigaflops))
    yield "### What there is to hold"
    yield ""
    yield from table(["part", "arithmetic", "GB"], _sizes(given))
    yield "### What there is to do"
    yield ""
    yield from table(
        ["work", "arithmetic", "core hours", "hours on the nodes"], _work(given, gigaflops)
    )
    yield "### The shape"
    yield ""
    yield from _shape(given)


def _assumptions(given: Assumed, gigaflops: float | None) -> list[list[str]]:
    measured = f"{gigaflops:.0f}" if gigaflops else "not measured"
    return [
        ["organisations", f"{given.organisations:,}"],
        ["numbers of a vector", str(given.dimension)],
        ["payload and words of a point, bytes", f"{given.payload_bytes + given.lexical_bytes}"],
        ["a stored profile, bytes", f"{given.snapshot_bytes:,}"],
        ["texts embedded a second by a core", f"{given.texts_a_second:g}"],
        ["a filtered hybrid query by a core, ms", f"{given.query_milliseconds:g}"],
        ["exact rematch, GFLOP/s of the measured machine, all in", measured],
        ["a node", f"{given.node_cores} cores, {given.node_gigabytes} GB"],
    ]


def _hot(given: Assumed) -> float:
    graph = given.statements * given.links * 2 * 4
    points = given.statements * (given.payload_bytes + given.lexical_bytes)
    return given.vectors + graph + points


def _index_nodes(given: Assumed) -> int:
    """A third of a node's memory stays free for optimisation and the page cache."""
    usable = given.node_gigabytes * _GB * 2 / 3
    return max(3, -(-int(given.replicas * _hot(given)) // int(usable)))


def _sizes(given: Assumed) -> list[list[str]]:
    matches = given.organisations * given.lists / 2
    profiles = given.organisations * given.snapshot_bytes
    events = 3 * given.organisations * given.event_bytes
    rows = [
        ("corrected vectors, in memory", "statements x numbers x 4", given.vectors),
        ("links of the graph", "statements x 2m x 4", given.statements * given.links * 2 * 4),
        (
            "payload and words",
            "statements x (payload + words)",
            given.statements * (given.payload_bytes + given.lexical_bytes),
        ),
        ("index in memory, one replica", "sum", _hot(given)),
        ("raw vectors, on disk", "statements x numbers x 4", given.vectors),
        ("embedding store, PostgreSQL", "vectors and digests", given.vectors * 1.1),
        ("profiles, PostgreSQL", "organisations x profile", profiles),
        ("matches, PostgreSQL", "organisations x list / 2", matches * given.match_bytes),
        ("events of a full reindex, JetStream R3", "organisations x event x 3", events),
        ("an exact worker's vectors, 16 bits", "statements x numbers x 2", given.vectors / 2),
    ]
    return [[name, how, f"{size / _GB:.1f}"] for name, how, size in rows]


def _work(given: Assumed, gigaflops: float | None) -> list[list[str]]:
    nodes = 4
    cores = nodes * given.node_cores
    half = given.statements / 2
    rows = [
        ("embed everything", "statements / rate", given.statements / given.texts_a_second / 3600),
        (
            "rematch by the index, candidates",
            "statements x query",
            given.statements * given.query_milliseconds / 1000 / 3600,
        ),
    ]
    if gigaflops:
        flops = 2 * half * half * given.dimension / 1e9
        seconds = 2 * flops / gigaflops  # two cores were measured
        rows.append(("rematch, exact", "2 x needs x capabilities x numbers", seconds / 3600))
    return [[name, how, f"{hours:,.0f}", f"{hours / cores:,.1f}"] for name, how, hours in rows] + [
        [f"(nodes of workers: {nodes})", "", "", ""]
    ]


def _shape(given: Assumed) -> Iterator[str]:
    nodes = _index_nodes(given)
    shards = 2 * nodes
    each = given.statements / shards / 1e6
    yield (
        f"- **Qdrant**: {nodes} nodes, {shards} shards of {each:.1f} million points, each on "
        f"{given.replicas} nodes, writes acknowledged by a majority. More shards than nodes, so "
        "that a node can be added by moving shards; a rebuild goes to a collection beside the "
        "live one and swaps the alias, and needs the index's memory twice for that time."
    )
    yield (
        "- **NATS JetStream**: three servers, every stream R3; thin events, so that the "
        "bus carries no text and a full reindex is small. A rematch is a few thousand partitions "
        "on the work queue, each acknowledged when its result is in PostgreSQL."
    )
    yield (
        "- **Workers**: matchers without an index of their own; as many as the queue is long. By "
        f"the index from {given.statements:,} statements on: exact grows with the square. Exact "
        "stays for parts (one province, one field, what has changed since) and as the measure "
        "of the other's recall on a sample. A worker keeps all vectors in memory today; at this "
        "size it would have to read capabilities block by block from the store, which is not "
        "built."
    )
    yield (
        "- **PostgreSQL**: a primary and two replicas, one of them synchronous; reads of profiles "
        "and vectors by workers go to a replica. The embedding table is split by digest, matches "
        "by run."
    )
    yield (
        "- **Sharing out**: one solver over the sparse graph needs "
        f"{given.organisations * given.lists * 2 * 24 / _GB:.0f} GB for its arcs at lists of "
        f"{given.lists} from twice as many candidates; regions and fields are almost separate "
        "parts of the graph and are solved one after the other, the prices of the first kept as "
        "a start for the next."
    )
    yield (
        "- **Gateway and profiles**: stateless, two or more of each behind the load balancer; "
        "limits of rate are counted in a store that all share (`rate_limit_storage`)."
    )


def _gigaflops() -> float | None:
    """Of the exact rematch with everything around the product, in its last full run."""
    if not _JSON.is_file():
        return None
    measured = json.loads(_JSON.read_text("utf-8"))
    found = {one["name"]: sorted(one["seconds"]) for one in measured["side_by_side"]}
    seconds = found["torch bf16"]
    return float(measured["gigaflops"] / seconds[len(seconds) // 2])


if __name__ == "__main__":
    sys.exit(main())
