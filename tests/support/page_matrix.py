"""Who gets which page of the console: the table that tests hold it to.

Everybody else is led to the login page (302), or told that it is not for them (403).
"""

_EVERYBODY, _SIGNED_IN, _MEMBERS, _STAFF, _OPERATORS = (
    frozenset({"anonymous", "member", "coordinator", "operator"}),
    frozenset({"member", "coordinator", "operator"}),
    frozenset({"member"}),
    frozenset({"coordinator", "operator"}),
    frozenset({"operator"}),
)

PREFIXES: tuple[tuple[str, frozenset[str]], ...] = (
    # The longest prefix of a route counts.
    ("GET /", _EVERYBODY),
    ("GET /console", _SIGNED_IN),
    ("GET /console/login", _EVERYBODY),
    ("POST /console/login", _EVERYBODY),
    ("GET /console/enter", _EVERYBODY),
    ("POST /console/enter", _EVERYBODY),
    ("POST /console/language", _EVERYBODY),
    ("GET /console/static", _EVERYBODY),
    ("GET /console/account", _SIGNED_IN),
    ("POST /console/logout", _SIGNED_IN),
    ("GET /console/queue", _STAFF),
    ("POST /console/queue", _STAFF),
    ("GET /console/matches", _STAFF),
    # Messages lead everybody to one address; members are led on to their own page of it.
    ("GET /console/matches/{match_id}", _SIGNED_IN),
    ("POST /console/matches", _STAFF),
    ("GET /console/organisations", _STAFF),
    ("POST /console/organisations", _STAFF),
    ("GET /console/policy-flags", _STAFF),
    ("POST /console/policy-flags", _STAFF),
    ("GET /console/audit", _STAFF),
    ("POST /console/audit", _STAFF),
    ("GET /console/people", _STAFF),
    ("POST /console/people", _OPERATORS),
    ("POST /console/people/{person_id}/wish", _STAFF),
    ("GET /console/api-keys", _SIGNED_IN),
    ("POST /console/api-keys", _SIGNED_IN),
    ("GET /console/learning", _STAFF),
    ("POST /console/learning", _OPERATORS),
    ("GET /console/status", _STAFF),
    ("POST /console/status", _OPERATORS),
    ("GET /console/start", _MEMBERS),
    ("POST /console/start", _MEMBERS),
    ("GET /console/profile", _MEMBERS),
    ("POST /console/profile", _MEMBERS),
    ("GET /console/suggestions", _MEMBERS),
    ("POST /console/suggestions", _MEMBERS),
    ("GET /console/partners", _MEMBERS),
    ("GET /console/introductions", _MEMBERS),
    ("POST /console/introductions", _MEMBERS),
    ("GET /console/policy", _MEMBERS),
    ("POST /console/policy", _MEMBERS),
    ("GET /console/my-data", _MEMBERS),
    ("POST /console/my-data", _MEMBERS),
    ("GET /console/invitations", _MEMBERS),
    ("GET /console/search", _SIGNED_IN),
    ("POST /console/search", _SIGNED_IN),
    ("GET /console/inbox", _SIGNED_IN),
    ("POST /console/inbox", _SIGNED_IN),
    ("GET /console/notifications", _SIGNED_IN),
    ("POST /console/notifications", _SIGNED_IN),
    ("GET /console/saved-searches", _SIGNED_IN),
    ("POST /console/saved-searches", _SIGNED_IN),
    ("GET /console/webhooks", _SIGNED_IN),
    ("POST /console/webhooks", _SIGNED_IN),
    ("GET /console/calls", _SIGNED_IN),
    ("POST /console/calls", _SIGNED_IN),
    ("GET /console/call-imports", _STAFF),
    ("POST /console/call-imports", _STAFF),
    ("GET /console/insights", _STAFF),
    ("GET /console/rematch", _STAFF),
    ("POST /console/rematch", _STAFF),
    ("GET /console/jobs", _STAFF),
    ("POST /console/jobs", _STAFF),
)


def row_of(route: str) -> frozenset[str] | None:
    """Who gets in; None for a route that no row stands for."""
    method, path = route.split(" ")
    found = [
        (len(prefix), who)
        for prefix, who in PREFIXES
        if prefix.split(" ")[0] == method and _begins(path, prefix.split(" ")[1])
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def _begins(path: str, prefix: str) -> bool:
    return path == prefix or (prefix not in ("/", "/console") and path.startswith(prefix + "/"))
