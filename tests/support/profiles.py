"""Short ways to write example profiles."""

from typing import Any


def profile(
    name: str,
    *,
    capabilities: dict[str, str] | None = None,
    needs: dict[str, str] | None = None,
    kind: str = "institution",
    **more: Any,
) -> dict[str, Any]:
    """The body of PUT /v1/organisations/{id}."""
    return {
        "kind": kind,
        "names": {"en": name},
        "capabilities": [{"id": i, "text": t} for i, t in (capabilities or {}).items()],
        "needs": [{"id": i, "text": t} for i, t in (needs or {}).items()],
        **more,
    }
