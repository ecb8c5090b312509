"""Leaving a few organisations out after the search: named in the filter they double its time."""

from dataclasses import replace

import numpy as np

from services.matcher.index_hits import Hits
from services.matcher.ports import IndexQuery

_FEW = 20
"""Organisations that are left out afterwards; more are left to the engine."""
_ROOM = 60
"""Hits asked for beyond the limit, for those that are dropped."""


def roomier(query: IndexQuery) -> IndexQuery:
    """The same question without the exclusions, where these are few."""
    if not 0 < len(query.filter.excluded_organisations) <= _FEW or query.filter.organisations:
        return query
    everyone = replace(query.filter, excluded_organisations=())
    return replace(query, filter=everyone, limit=query.limit + _ROOM)


def kept(query: IndexQuery, asked: IndexQuery, hits: Hits) -> Hits | None:
    """The answer to `query` from that to `asked`; None where too many had to be dropped."""
    if asked is query:
        return hits
    excluded = frozenset(query.filter.excluded_organisations)
    allowed = [place for place, one in enumerate(hits.organisations) if one not in excluded]
    exhausted = len(hits) < asked.limit
    if not exhausted and len(allowed) < query.limit:
        return None
    return hits.only(np.array(allowed[: query.limit], dtype=np.int64))
