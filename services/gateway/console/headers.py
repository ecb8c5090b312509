"""The headers of pages: what a browser may load, and from where. Pure."""

_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'nonce-{nonce}' 'strict-dynamic'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def content_security_policy(nonce: str, more: dict[str, str] | None = None) -> str:
    """The policy of one answer (CSP level 3); `more` adds sources to directives."""
    directives = {name: value.format(nonce=nonce) for name, value in _DIRECTIVES.items()}
    for name, sources in (more or {}).items():
        directives[name] = f"{directives.get(name, '')} {sources}".strip()
    return "; ".join(f"{name} {value}" for name, value in directives.items())


PAGE_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    # Forms need an Origin to be told apart; other sites learn nothing.
    "Referrer-Policy": "same-origin",
    "Vary": "Cookie, Accept-Language",
}
