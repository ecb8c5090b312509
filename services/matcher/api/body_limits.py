"""How large a request may be, by its path."""

BODY_LIMIT = 64 * 1024
_CALL_BODY_LIMIT = 512 * 1024
"""Twenty requirements of 2,000 characters, Chinese ones written as escapes."""
BODY_LIMITS = {
    r"^/consortia$": _CALL_BODY_LIMIT,
    r"^/calls(/[0-9a-f]{32})?$": _CALL_BODY_LIMIT,
    r"^/call-imports$": 64 * 1024 * 1024,
    r"^/screening/similarities$": 4 * 1024 * 1024,
}
