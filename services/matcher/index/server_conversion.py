"""To and from the Qdrant client's types."""

from collections.abc import Iterable, Sequence
from typing import Any

from qdrant_client import models

from services.matcher.index.payload import (
    HIT_FIELDS,
    INTEGERS,
    KEYWORDS,
    Condition,
    forbidden,
    nearest_to,
    point_of,
    required,
    vector_name,
)
from services.matcher.index.points import CORRECTED, LEXICAL, NAME, RAW, WINDOWS, PlainPoint
from services.matcher.index_hits import Hits, IndexHit
from services.matcher.ports import IndexFilter, IndexQuery, Part, SparseVector

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
        WINDOWS: models.VectorParams(
            size=dimension,
            distance=cosine,
            multivector_config=models.MultiVectorConfig(
                comparator=models.MultiVectorComparator.MAX_SIM
            ),
        ),
    }


def sparse_config() -> dict[str, models.SparseVectorParams]:
    """Lexical vectors; the server multiplies by its IDF, of each kind apart."""
    idf = models.SparseVectorParams(modifier=models.Modifier.IDF)
    return {LEXICAL: idf, NAME: idf}


def point(plain: PlainPoint) -> models.PointStruct:
    """A point to upsert."""
    vectors: dict[str, Any] = {name: vector.tolist() for name, vector in plain.dense.items()}
    vectors |= {name: _sparse(vector) for name, vector in plain.sparse.items()}
    return models.PointStruct(id=plain.id, vector=vectors, payload=dict(plain.payload))


def all_but(organisations: Sequence[str], kept: Sequence[PlainPoint]) -> models.Filter:
    """The organisations' points other than these."""
    ids: list[Any] = [one.id for one in kept]
    must_not: list[models.Condition] = [models.HasIdCondition(has_id=ids)] if ids else []
    return models.Filter(must=_matches([("organisation", organisations)]), must_not=must_not)


def organisations_filter(organisations: Sequence[str]) -> models.Filter:
    """The points of these organisations, other than their names."""
    return models.Filter(
        must=_matches([("organisation", organisations)]),
        must_not=_matches([("part", [Part.NAME.value])]),
    )


def statements_filter() -> models.Filter:
    """One point for each statement."""
    return models.Filter(must=_matches([("part", [Part.WHOLE.value])]))


def query_request(query: IndexQuery) -> models.QueryRequest:
    """A search on the corrected or the lexical vectors."""
    nearest: Any = (
        nearest_to(query)
        if query.dense is not None
        else _sparse(query.lexical or SparseVector((), ()))
    )
    return models.QueryRequest(
        query=models.NearestQuery(nearest=nearest),
        using=vector_name(query),
        filter=_filter(query.filter),
        limit=query.limit,
        with_payload=HIT_FIELDS,
    )


def hits(points: Sequence[models.ScoredPoint]) -> Hits:
    """With a table of their own."""
    return Hits.of(IndexHit(point_of(one.payload or {}), one.score) for one in points)


def _filter(wanted: IndexFilter) -> models.Filter:
    return models.Filter(must=_matches(required(wanted)), must_not=_matches(forbidden(wanted)))


def _matches(conditions: Iterable[Condition]) -> list[models.Condition]:
    return [
        models.FieldCondition(key=key, match=models.MatchAny(any=list(values)))
        for key, values in conditions
    ]


def _sparse(vector: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=list(vector.indices), values=list(vector.values))
