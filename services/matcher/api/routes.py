"""All of the matcher's routes, by topic."""

from services.matcher.api import (
    audit,
    call_imports,
    calls,
    clarity,
    consortia,
    constraints,
    health,
    hubs,
    insights,
    learning,
    matches,
    matching,
    operations,
    rematch,
    rematch_schedules,
    screening,
)

ROUTERS = tuple(
    topic.router
    for topic in (
        *(health, matching, clarity, consortia, constraints, learning, operations, screening),
        *(calls, call_imports, insights, hubs),
        *(matches, audit, rematch, rematch_schedules),
    )
)
