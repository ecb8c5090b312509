"""To and from the Qdrant client's types."""

from collections.abc import Iterable, Sequence
from typing import Any

from qdrant_client import models

from services.matcher.index.payload import (
    CORRECTED,
    INTEGERS,
    KEY_FIELDS,
    KEYWORDS,
    LEXICAL,
    RAW,
    Condition,
    forbidden,
    key_of,
    payload,
    ranked,
    required,
)
from services.matcher.ports import IndexedStatement, IndexFilter, IndexHit, IndexQuery, SparseVector

FIELD_INDEXES: dict[str, models.PayloadSchemaType] = {
    **dict.fromkeys(KEYWORDS, models.PayloadSchemaType.KEYWORD),
    **dict.fromkeys(INTEGERS, models.PayloadSchemaType.INTEGER),
}


def vectors_config(dimension: int) -> dict[str, models.VectorParams]:
    """Raw vectors are only kept: on disk and without a graph."""
    cosine = models.Distance.COSINE
    return {
        RAW: models.VectorParams(
            size=dimension,
            distance=cosine,
            on_disk=True,
            hnsw_config=models.HnswConfigDiff(m=0),
        ),
        CORRECTED: models.VectorParams(size=dimension, distance=cosine),
    }


def sparse_config() -> dict[str, models.SparseVectorParams]:
    """Lexical vectors; the server multiplies by its IDF."""
    return {LEXICAL: models.SparseVectorParams(modifier=models.Modifier.IDF)}


def point(statement: IndexedStatement) -> models.PointStruct:
    """A point to upsert."""
    vectors: dict[str, Any] = {
        RAW: statement.raw.tolist(),
        CORRECTED: statement.corrected.tolist(),
    }
    if statement.lexical.indices:
        vectors[LEXICAL] = _sparse(statement.lexical)
    return models.PointStruct(
        id=str(statement.key.point_id), vector=vectors, payload=payload(statement)
    )


def all_but(organisations: Sequence[str], kept: Sequence[IndexedStatement]) -> models.Filter:
    """The organisations' points other than these."""
    ids: list[Any] = [str(one.key.point_id) for one in kept]
    must_not: list[models.Condition] = [models.HasIdCondition(has_id=ids)] if ids else []
    return models.Filter(must=_matches([("organisation", organisations)]), must_not=must_not)


def organisations_filter(organisations: Sequence[str]) -> models.Filter:
    """The points of these organisations."""
    return models.Filter(must=_matches([("organisation", organisations)]))


def query_request(query: IndexQuery) -> models.QueryRequest:
    """A search on the corrected or the lexical vectors."""
    dense = query.dense is not None
    nearest: Any = (
        query.dense.tolist()
        if query.dense is not None
        else _sparse(query.lexical or SparseVector((), ()))
    )
    return models.QueryRequest(
        query=models.NearestQuery(nearest=nearest),
        using=CORRECTED if dense else LEXICAL,
        filter=_filter(query.filter),
        limit=query.limit,
        with_payload=KEY_FIELDS,
    )


def hits(points: Sequence[models.ScoredPoint]) -> list[IndexHit]:
    """Best first."""
    return ranked([IndexHit(key_of(one.payload or {}), one.score) for one in points])


def _filter(wanted: IndexFilter) -> models.Filter:
    return models.Filter(must=_matches(required(wanted)), must_not=_matches(forbidden(wanted)))


def _matches(conditions: Iterable[Condition]) -> list[models.Condition]:
    return [
        models.FieldCondition(key=key, match=models.MatchAny(any=list(values)))
        for key, values in conditions
    ]


def _sparse(vector: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=list(vector.indices), values=list(vector.values))
