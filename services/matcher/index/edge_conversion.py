"""To and from Qdrant Edge's types."""

from collections.abc import Iterable, Sequence
from typing import Any

import qdrant_edge as edge

from services.matcher.index.payload import (
    INTEGERS,
    KEYWORDS,
    Condition,
    forbidden,
    nearest_to,
    required,
    vector_name,
)
from services.matcher.index.points import CORRECTED, LEXICAL, NAME, RAW, WINDOWS, PlainPoint
from services.matcher.ports import IndexFilter, IndexQuery, Part, SparseVector


def shard_config(dimension: int) -> edge.EdgeConfig:
    """Raw vectors are only kept, cold; corrected ones are searched; IDF comes from the shard."""
    return edge.EdgeConfig(
        vectors={
            RAW: edge.EdgeVectorParams(
                size=dimension, distance=edge.Distance.Cosine, memory=edge.Memory.Cold
            ),
            CORRECTED: edge.EdgeVectorParams(size=dimension, distance=edge.Distance.Cosine),
            WINDOWS: edge.EdgeVectorParams(
                size=dimension,
                distance=edge.Distance.Cosine,
                multivector_config=edge.MultiVectorConfig(
                    comparator=edge.MultiVectorComparator.MaxSim
                ),
            ),
        },
        sparse_vectors={
            # Apart, because each has its own IDF.
            LEXICAL: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf),
            NAME: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf),
        },
    )


def field_indexes() -> list[edge.UpdateOperation]:
    """Indexes on all that is filtered by."""
    kinds = dict.fromkeys(KEYWORDS, edge.PayloadSchemaType.Keyword)
    kinds |= dict.fromkeys(INTEGERS, edge.PayloadSchemaType.Integer)
    return [edge.UpdateOperation.create_field_index(key, kind) for key, kind in kinds.items()]


def upsert(points: Sequence[PlainPoint]) -> edge.UpdateOperation:
    """Insert or replace these points."""
    return edge.UpdateOperation.upsert_points([_point(one) for one in points])


def delete_all_but(
    organisations: Sequence[str], kept: Sequence[PlainPoint]
) -> edge.UpdateOperation:
    """Delete the organisations' points other than these."""
    must_not: list[Any] = []
    if kept:
        must_not.append(edge.HasIdCondition({one.id for one in kept}))
    must: list[Any] = _matches([("organisation", organisations)])
    return edge.UpdateOperation.delete_points_by_filter(edge.Filter(must=must, must_not=must_not))


def query_request(query: IndexQuery) -> edge.QueryRequest:
    """A search on the corrected or the lexical vectors, for ids and scores alone."""
    using = vector_name(query)
    if query.dense is not None:
        nearest = edge.Query.Nearest(nearest_to(query), using=using)
    else:
        nearest = edge.Query.Nearest(_sparse(query.lexical or SparseVector((), ())), using=using)
    return edge.QueryRequest(
        limit=query.limit,
        query=nearest,
        filter=_filter(query.filter),
    )


def organisations_filter(organisations: Sequence[str]) -> edge.Filter:
    """The points of these organisations, other than their names."""
    return edge.Filter(
        must=_matches([("organisation", organisations)]),
        must_not=_matches([("part", [Part.NAME.value])]),
    )


def statements_filter() -> edge.Filter:
    """One point for each statement."""
    return edge.Filter(must=_matches([("part", [Part.WHOLE.value])]))


def _filter(wanted: IndexFilter) -> edge.Filter:
    return edge.Filter(must=_matches(required(wanted)), must_not=_matches(forbidden(wanted)))


def _matches(conditions: Iterable[Condition]) -> list[Any]:
    return [
        edge.FieldCondition(
            key,
            match=edge.MatchValue(values[0]) if len(values) == 1 else edge.MatchAny(list(values)),
        )
        for key, values in conditions
    ]


def _point(point: PlainPoint) -> edge.Point:
    vectors: dict[str, Any] = {name: vector.tolist() for name, vector in point.dense.items()}
    vectors |= {name: _sparse(vector) for name, vector in point.sparse.items()}
    return edge.Point(point.id, vectors, dict(point.payload))


def _sparse(vector: SparseVector) -> edge.SparseVector:
    return edge.SparseVector(list(vector.indices), list(vector.values))
