"""BM25 weights of a text's tokens, as a sparse vector.

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). The
index multiplies by the IDF of its collection, so that is left out here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

K1 = 1.2
B = 0.75
AVERAGE_LENGTH = 30.0
"""Tokens of a usual statement. A constant, so that a vector depends on its text alone."""


@lru_cache(maxsize=1 << 15)
def token_id(token: str) -> int:
    """A stable 32-bit id: the same in every process and release."""
    return int.from_bytes(blake2b(token.encode(), digest_size=4).digest(), "big")


def document_weights(
    tokens: Sequence[str], average_length: float = AVERAGE_LENGTH
) -> dict[int, float]:
    """BM25's term-frequency part by token id, ascending; tokens that share an id add up."""
    norm = K1 * (1 - B + B * len(tokens) / average_length)
    weights: defaultdict[int, float] = defaultdict(float)
    for token, frequency in Counter(tokens).items():
        weights[token_id(token)] += frequency * (K1 + 1) / (frequency + norm)
    return dict(sorted(weights.items()))


def query_weights(tokens: Iterable[str]) -> dict[int, float]:
    """Each different token once, by id, ascending."""
    return dict.fromkeys(sorted({token_id(token) for token in tokens}), 1.0)
