"""How near each engine of the shipped model comes to 32 bits, on the golden set's statements."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import data
from services.matcher.embedding.precision import Precision
from services.matcher.embedding.sentence_transformer import (
    BF16_BATCH_SIZE,
    SentenceTransformerEmbedder,
    embedder_of,
)
from services.matcher.ports import Vectors
from shared.contracts.organisation import Side

_GOLDEN = Path(data.__file__).parent / "golden" / "organisations.jsonl"

Sided = tuple[Vectors, Vectors]
"""Of needs, and of capabilities."""


@dataclass(frozen=True)
class Fidelity:
    """Of one way of computing to another."""

    name: str
    least_cosine: float
    mean_cosine: float
    same_nearest: float
    """Share of needs whose nearest capability is the same one."""


def fidelities(engines: Mapping[Precision, SentenceTransformerEmbedder]) -> Iterator[Fidelity]:
    """Of each to 32 bits, and of the two to each other."""
    exact = _vectors(_in_32_bits())
    found = {kind: _vectors(engine) for kind, engine in engines.items()}
    for kind, vectors in found.items():
        yield _fidelity(f"{kind}, 32 bits", vectors, exact)
    if len(found) == 2:
        yield _fidelity(", ".join(found), *found.values())


def _fidelity(name: str, first: Sided, second: Sided) -> Fidelity:
    sides = zip(first, second, strict=True)
    cosines = np.concatenate([(one * other).sum(axis=1) for one, other in sides])
    same = _nearest(first) == _nearest(second)
    return Fidelity(name, float(cosines.min()), float(cosines.mean()), float(same.mean()))


def _nearest(vectors: Sided) -> Vectors:
    needs, capabilities = vectors
    nearest: Vectors = (needs @ capabilities.T).argmax(axis=1)
    return nearest


def _vectors(engine: SentenceTransformerEmbedder) -> Sided:
    organisations = [json.loads(line) for line in _GOLDEN.read_text("utf-8").splitlines()]
    needs = [one["text"] for each in organisations for one in each["needs"]]
    capabilities = [one["text"] for each in organisations for one in each["capabilities"]]
    return engine.encode(needs, Side.NEED), engine.encode(capabilities, Side.CAPABILITY)


def _in_32_bits() -> SentenceTransformerEmbedder:
    import torch

    from services.matcher.embedding.torch_module import TorchModule

    return embedder_of(TorchModule(torch.float32), "32 bits", BF16_BATCH_SIZE)
