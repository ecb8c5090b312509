"""Suggestions and search through the gateway, beside bare encode + bare index query."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import httpx2 as httpx

from benchmarks.bare import BareEncoder, BareIndex
from benchmarks.measurement import Measurement, median, milliseconds, percentile, spread

_WARM_UP = 100
"""Requests before the first that counts, with other organisations and texts: a service that has run
for a minute has its profiles at hand."""
_BARE_WARM_UP = 10


def measure_latency(
    client: httpx.Client,
    encoder: BareEncoder,
    index: BareIndex,
    *,
    organisations: list[str],
    texts: list[str],
    samples: int,
) -> list[Measurement]:
    """Interleaved, so that both see the same machine."""

    def bare(number: int) -> None:
        index.query(encoder.query(texts[number % len(texts)]))

    def search(number: int) -> None:
        text = texts[number % len(texts)]
        client.post("/v1/search", json={"text": text, "side": "need"}).raise_for_status()

    def suggestions(number: int) -> None:
        organisation = organisations[number % len(organisations)]
        client.get(f"/v1/organisations/{organisation}/suggestions").raise_for_status()

    return [
        *_beside("search", search, bare, samples),
        *_beside("suggestions", suggestions, bare, samples),
    ]


def _beside(
    name: str, ours: Callable[[int], None], bare: Callable[[int], None], samples: int
) -> list[Measurement]:
    for number in range(_WARM_UP):
        ours(number)
    for number in range(_BARE_WARM_UP):
        bare(number)
    pairs = [_pair(ours, bare, number) for number in range(_WARM_UP, _WARM_UP + samples)]
    our_times, bare_times = [a for a, _ in pairs], [b for _, b in pairs]
    ratio = median(our_times) / median(bare_times)
    slow = percentile(our_times, 0.95)
    return [
        Measurement(
            path=f"{name}, p50",
            unit="ms",
            ours=median(our_times),
            bare=median(bare_times),
            ratio=ratio,
            reach="<= 2",
            reached=ratio <= 2,
            spread=spread(our_times),
        ),
        Measurement(
            path=f"{name}, p95",
            unit="ms",
            ours=slow,
            bare=percentile(bare_times, 0.95),
            ratio=slow / percentile(bare_times, 0.95),
            reach="p95 < 150 ms",
            reached=slow < 150,
        ),
    ]


def _pair(
    ours: Callable[[int], None], bare: Callable[[int], None], number: int
) -> tuple[float, float]:
    """Milliseconds of both, in turns first: neither always finds the caches warm."""
    if number % 2:
        other = milliseconds(lambda: bare(number))
        return milliseconds(lambda: ours(number)), other
    return milliseconds(lambda: ours(number)), milliseconds(lambda: bare(number))


def read_dataset(folder: Path) -> tuple[list[str], list[str]]:
    """Organisation ids and short query texts (the first sentence of each)."""
    with gzip.open(folder / "organisations.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    with gzip.open(folder / "queries.jsonl.gz", "rt", encoding="utf-8") as file:
        queries = [json.loads(line)["text"].split(". ")[0][:200] for line in file]
    return [row["id"] for row in rows], queries
