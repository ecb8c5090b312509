"""Everyone's list of partners, and the same as unordered pairs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.stored import StandingPlace

Ranks = tuple[int | None, int | None]


@dataclass(frozen=True)
class PairState:
    """How two organisations stand in each other's lists."""

    score: float
    """The higher one of the two directions."""
    ranks: Ranks
    """Of the second in the first one's list, and the other way round."""


def pairs_of(places: Iterable[StandingPlace]) -> dict[Pair, PairState]:
    """In no particular order."""
    found: dict[Pair, PairState] = {}
    for place in places:
        pair = Pair.of(place.organisation, place.partner)
        earlier = found.get(pair)
        before: Ranks = earlier.ranks if earlier else (None, None)
        score = max(place.score, earlier.score) if earlier else place.score
        in_first = place.organisation == pair.first
        ranks = (place.rank, before[1]) if in_first else (before[0], place.rank)
        found[pair] = PairState(score, ranks)
    return found


def digest_of(places: Sequence[StandingPlace]) -> str:
    """The same for equal lists, whoever has computed them in which order."""
    lines = sorted(
        f"{one.organisation}\t{one.rank}\t{one.partner}\t{one.score:.6f}" for one in places
    )
    return blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()


def versions_digest(versions: Mapping[str, int]) -> str:
    """Of all ids and versions."""
    lines = "\n".join(f"{id}\t{versions[id]}" for id in sorted(versions))
    return blake2b(lines.encode(), digest_size=16).hexdigest()
