"""Requests through the gateway, beside what they could cost at least; taken in turns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import httpx2 as httpx

from benchmarks.bare import BareEncoder, BareIndex
from benchmarks.measurement import median, milliseconds, percentile, spread
from benchmarks.serving.world import World, identifier

_WARM_UP = 40
_BARE_WARM_UP = 5
_SPREAD_OVER = 7919
"""A prime: asks organisations all over the platform, none twice."""

Ask = Callable[[int], object]


@dataclass(frozen=True)
class Latencies:
    """Milliseconds of both, pair by pair."""

    name: str
    ours: Sequence[float]
    bare: Sequence[float]

    def ratio(self, share: float) -> float:
        """Of a percentile of ours to that of the bare parts."""
        return percentile(self.ours, share) / percentile(self.bare, share)

    @property
    def bare_rate(self) -> float:
        """Bare requests a second, one after the other."""
        return 1000 * len(self.bare) / sum(self.bare)

    def as_dict(self) -> dict[str, object]:
        """For the JSON file."""
        return {
            "name": self.name,
            "ours_p50": median(self.ours),
            "ours_p99": percentile(self.ours, 0.99),
            "ours_spread": spread(self.ours),
            "bare_p50": median(self.bare),
            "bare_p99": percentile(self.bare, 0.99),
            "bare_spread": spread(self.bare),
            "ratio_p50": self.ratio(0.5),
            "ratio_p99": self.ratio(0.99),
            "samples": len(self.ours),
        }


@dataclass(frozen=True)
class Requests:
    """What is asked, through the gateway and of the bare parts."""

    client: httpx.Client
    encoder: BareEncoder
    index: BareIndex
    world: World
    organisations: int

    def search(self, number: int) -> object:
        """A text that nobody has stated."""
        body = {"text": self._question(number), "side": "need"}
        return self.client.post("/v1/search", json=body).raise_for_status()

    def bare_search(self, number: int) -> object:
        """The same text: encode, one query."""
        return self.index.query(self.encoder.query(self._question(number)))

    def suggestions(self, number: int) -> object:
        """Of a stored organisation."""
        path = f"/v1/organisations/{identifier(self._asker(number))}/suggestions"
        return self.client.get(path).raise_for_status()

    def bare_suggestions(self, number: int) -> object:
        """One query for each of its statements, in one batch; nothing is encoded."""
        stated = self.world.statements(self._asker(number))
        return self.index.query_batch(self.world.vectors(stated))

    def latencies(self, samples: int) -> Iterator[Latencies]:
        """Search, then suggestions."""
        yield beside("search", self.search, self.bare_search, samples)
        yield beside("suggestions", self.suggestions, self.bare_suggestions, samples)

    def _question(self, number: int) -> str:
        return self.world.questions[number % len(self.world.questions)]

    def _asker(self, number: int) -> int:
        return number * _SPREAD_OVER % self.organisations


def beside(name: str, ours: Ask, bare: Ask, samples: int) -> Latencies:
    """After a warm-up with other questions; each goes first every second time."""
    for number in range(_WARM_UP):
        ours(number)
    for number in range(_BARE_WARM_UP):
        bare(number)
    pairs = [_pair(ours, bare, number) for number in range(_WARM_UP, _WARM_UP + samples)]
    return Latencies(name, [one for one, _ in pairs], [other for _, other in pairs])


def _pair(ours: Ask, bare: Ask, number: int) -> tuple[float, float]:
    if number % 2:
        other = milliseconds(lambda: bare(number))
        return milliseconds(lambda: ours(number)), other
    return milliseconds(lambda: ours(number)), milliseconds(lambda: bare(number))
