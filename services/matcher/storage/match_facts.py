"""What the queue is filtered by, copied from both organisations: one narrow table answers it."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, array

_TEXTS = ARRAY(sa.Text)


def copied_facts(match: sa.Table, organisation: sa.Table, *, matches: Sequence[str]) -> sa.Update:
    """An update of those of these matches whose facts have changed."""
    one, other = organisation.alias("one"), organisation.alias("other")
    facts = {
        "kinds": _both(one, other, "kind"),
        "provinces": _both(one, other, "province"),
        "fields": _topics(one, other),
        "search": _search(match, one, other),
    }
    known = sa.tuple_(*(match.c[name] for name in facts))
    return (
        match.update()
        .where(
            match.c.id == sa.any_(sa.cast(list(matches), _TEXTS)),
            match.c.first == one.c.id,
            match.c.second == other.c.id,
            known.is_distinct_from(sa.tuple_(*facts.values())),
        )
        .values(facts)
    )


def _both(one: sa.FromClause, other: sa.FromClause, name: str) -> sa.ColumnElement[list[str]]:
    return sa.func.array_remove(
        sa.cast(array([_text(one, name), _text(other, name)]), _TEXTS), None
    )


def _text(table: sa.FromClause, *path: str) -> sa.ColumnElement[str]:
    found: sa.ColumnElement[object] = table.c.card
    for name in path[:-1]:
        found = found.op("->")(name)
    return found.op("->>")(path[-1])


def _topics(one: sa.FromClause, other: sa.FromClause) -> sa.ColumnElement[list[str]]:
    empty: sa.ColumnElement[object] = sa.literal_column("'[]'::jsonb")
    lists = [sa.func.coalesce(table.c.card.op("->")("topics"), empty) for table in (one, other)]
    each = sa.func.jsonb_array_elements_text(lists[0].op("||")(lists[1])).column_valued("topic")
    found = sa.select(sa.func.array_agg(each.distinct())).scalar_subquery()
    return sa.func.coalesce(found, sa.cast([], _TEXTS))


def _search(match: sa.Table, one: sa.FromClause, other: sa.FromClause) -> sa.ColumnElement[str]:
    names = [_text(table, "names", language) for table in (one, other) for language in ("zh", "en")]
    return sa.func.lower(sa.func.concat_ws(" ", match.c.first, match.c.second, *names))
