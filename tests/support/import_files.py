"""Files to import, made on the spot."""

import json
from collections.abc import Iterator
from typing import Any


def organisation(number: int, **more: Any) -> dict[str, Any]:
    """A small valid organisation; equal numbers give equal content."""
    return {
        "id": f"org-{number}",
        "kind": "institution",
        "names": {"en": f"Institute {number}"},
        "capabilities": [{"id": "c1", "text": f"We measure quantity number {number}."}],
        **more,
    }


def json_lines(rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def many(count: int) -> bytes:
    return json_lines([organisation(number) for number in range(count)])
