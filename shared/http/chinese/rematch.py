"""Sentences of rematch jobs, schedules and allocation."""

REMATCH: dict[str, str] = {
    "organisations: name each once": "organisations:每家机构只写一次",
    "least: cannot be more than `places`": "least:不能大于 places",
}
