"""All of the matcher's routes, by topic."""

from services.matcher.api import (
    audit,
    call_imports,
    calls,
    clarity,
    consortia,
    constraints,
    health,
    learning,
    matches,
    matching,
    operations,
)

ROUTERS = tuple(
    topic.router
    for topic in (
        *(health, matching, clarity, consortia, constraints, learning, operations),
        *(calls, call_imports),
        *(matches, audit),
    )
)
