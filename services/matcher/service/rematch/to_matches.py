"""Everyone's places as pairs for matches, with the evidence that partitions have kept."""

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter

from services.matcher.domain.matches.suggesting import Evidence, SuggestedPair
from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.findings import Findings, evidence_from_bytes
from services.matcher.domain.rematch.stored import StandingPlace

_EVIDENCE = TypeAdapter(Evidence)


class BestSide(NamedTuple):
    """A pair as the side sees it that gives it the higher score."""

    pair: Pair
    score: float
    organisation: str
    partner: str


def best_sides(findings: Sequence[Findings], places: Sequence[StandingPlace]) -> list[BestSide]:
    """Of all pairs that have a place, in the order in which matches are locked."""
    found = {(one.organisation, two.id): two.score for one in findings for two in one.partners}
    best: dict[Pair, BestSide] = {}
    for place in sorted(places, key=lambda one: (one.organisation, one.partner)):
        pair = Pair.of(place.organisation, place.partner)
        score = found[place.organisation, place.partner]
        if pair not in best or score > best[pair].score:
            best[pair] = BestSide(pair, score, place.organisation, place.partner)
    return [best[pair] for pair in sorted(best)]


def packed_evidence(staged: bytes, wanted: Mapping[str, Collection[str]]) -> dict[Pair, bytes]:
    """Of the wanted partners of each organisation: a tenth of what it takes as objects."""
    return {
        Pair.of(one, other): zlib.compress(json.dumps(evidence).encode(), 1)
        for one, other, evidence in evidence_from_bytes(staged, wanted)
    }


def suggested(one: BestSide, evidence: Mapping[Pair, bytes]) -> SuggestedPair:
    """What `RecordSuggested` takes."""
    packed = evidence.get(one.pair)
    why = _EVIDENCE.validate_json(zlib.decompress(packed)) if packed else Evidence()
    return SuggestedPair(one.pair, one.score, why)
