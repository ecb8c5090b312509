"""How near texts are to the prototype sentences of policy screening's rules."""

import asyncio
from collections.abc import Sequence

import numpy as np

from services.matcher.ports import Vectors
from services.matcher.service.encoding import StatementEncoder
from services.matcher.service.live import LiveIndex
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal, Role
from shared.contracts.screening import (
    ComparedText,
    Prototype,
    SimilarityAnswer,
    SimilarityRequest,
    TextSimilarities,
)
from shared.errors import ProblemError

Known = dict[tuple[str, Side], Vectors]


class ComparePrototypes:
    """Asked by the profiles service; prototypes stay in memory as long as their encoder lives."""

    def __init__(self, live: LiveIndex) -> None:
        self._live = live
        self._encoder: StatementEncoder | None = None
        self._known: Known = {}

    async def compare(self, reader: Principal, request: SimilarityRequest) -> SimilarityAnswer:
        """Of services only: scores give texts away. Raises ProblemError forbidden, not_ready."""
        if reader.role is not Role.SERVICE:
            raise ProblemError("forbidden", reason="a request is compared by services only")
        live = self._live.current()
        if live.encoder is not self._encoder:
            self._encoder, self._known = live.encoder, {}
        items = await nearest(live.encoder, request, self._known)
        return SimilarityAnswer(
            model=live.state.model, statistics=live.state.statistics_version, items=tuple(items)
        )


async def nearest(
    encoder: StatementEncoder, request: SimilarityRequest, known: Known
) -> list[TextSimilarities]:
    """For each text the best corrected cosine by rule; `known` collects prototypes' vectors.

    Prototypes are embedded as statements of the text's own side, so that both have the same
    prefix and the same correction.
    """
    answers: dict[str, TextSimilarities] = {}
    for side in Side:
        texts = [text for text in request.texts if text.side is side]
        if not texts:
            continue
        rows = await _texts(encoder, texts, side)
        columns = await _prototypes(encoder, request.prototypes, side, known)
        rules, best = _best(request.prototypes, rows @ columns.T)
        for text, cosines in zip(texts, best.tolist(), strict=True):
            by_rule = dict(zip(rules, cosines, strict=True))
            answers[text.id] = TextSimilarities(id=text.id, by_rule=by_rule)
    return [answers[text.id] for text in request.texts]


def _best(prototypes: Sequence[Prototype], cosines: Vectors) -> tuple[list[str], Vectors]:
    """Rules, and of each text and rule the highest of its prototypes; shape (texts, rules)."""
    columns: dict[str, list[int]] = {}
    for column, prototype in enumerate(prototypes):
        columns.setdefault(prototype.rule, []).append(column)
    best = [cosines[:, some].max(axis=1) for some in columns.values()]
    return list(columns), np.stack(best, axis=1)


async def _texts(encoder: StatementEncoder, texts: Sequence[ComparedText], side: Side) -> Vectors:
    """Through the store: they were just saved, and are taken in next if they are not yet. What
    never is, the sweep of unused vectors erases.
    """
    raw = await encoder.embedder.embed([(text.text, side) for text in texts])
    return encoder.corrected(raw, side)


async def _prototypes(
    encoder: StatementEncoder, prototypes: Sequence[Prototype], side: Side, known: Known
) -> Vectors:
    missing = [one.text for one in prototypes if (one.text, side) not in known]
    if missing:
        raw = await asyncio.to_thread(encoder.embedder.embedder.encode, missing, side)
        vectors = encoder.corrected(raw, side)
        known.update(zip(((text, side) for text in missing), vectors, strict=True))
    return np.stack([known[one.text, side] for one in prototypes])
