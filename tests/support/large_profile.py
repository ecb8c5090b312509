"""The largest profile that the contract allows."""

from typing import Any

from shared.contracts.organisation import MOST_TEXT

STATEMENTS = 500
"""Of each side."""


def largest_profile(characters: int = MOST_TEXT) -> dict[str, Any]:
    """As many statements as there may be, all in Chinese, of so much text together."""
    text = "米" * (characters // (2 * STATEMENTS))
    return {
        "kind": "institution",
        "names": {"zh": "很长的机构"},
        "exclusions": [f"excluded-organisation-{n}" for n in range(1000)],
        "collaborations": [{"organisation": f"partner-of-old-{n}"} for n in range(5000)],
        "capabilities": [{"id": f"c{n}", "text": text} for n in range(STATEMENTS)],
        "needs": [{"id": f"n{n}", "text": text} for n in range(STATEMENTS)],
    }
