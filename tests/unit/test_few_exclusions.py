"""A few excluded organisations are left out after the search, many by the engine."""

import numpy as np

from services.matcher.domain.statements import StatementKey
from services.matcher.index.edge_exclusion import kept, roomier
from services.matcher.index_hits import FoundPoint, Hits, IndexHit
from services.matcher.ports import IndexFilter, IndexQuery
from shared.contracts.organisation import Side


def _query(*excluded: str, limit: int = 2) -> IndexQuery:
    conditions = IndexFilter(side=Side.CAPABILITY, excluded_organisations=excluded)
    return IndexQuery(conditions, limit, dense=np.ones(3, dtype=np.float32))


def _hits(*organisations: str) -> Hits:
    return Hits.of(IndexHit(FoundPoint(StatementKey(one, "s")), 1.0) for one in organisations)


def _kept(query: IndexQuery, asked: IndexQuery, hits: Hits) -> list[str] | None:
    found = kept(query, asked, hits)
    return None if found is None else found.organisations


def test_a_query_without_exclusions_is_asked_as_it_is() -> None:
    query = _query()
    assert roomier(query) is query
    assert _kept(query, query, _hits("a", "b")) == ["a", "b"]


def test_few_exclusions_are_dropped_from_a_longer_answer() -> None:
    query = _query("b")
    asked = roomier(query)
    assert asked.limit > query.limit
    assert not asked.filter.excluded_organisations
    assert _kept(query, asked, _hits("a", "b", "c", "d")) == ["a", "c"]


def test_an_answer_that_excluded_ones_fill_is_asked_again() -> None:
    query = _query("b")
    asked = roomier(query)
    assert kept(query, asked, _hits("a", *["b"] * (asked.limit - 1))) is None


def test_an_answer_that_ends_before_its_limit_is_all_there_is() -> None:
    query = _query("b")
    assert _kept(query, roomier(query), _hits("a", "b")) == ["a"]


def test_many_exclusions_are_left_to_the_engine() -> None:
    query = _query(*(f"o{number}" for number in range(100)))
    assert roomier(query) is query
