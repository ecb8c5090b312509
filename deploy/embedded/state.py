"""What runs where, written by the supervisor for `status`, `down` and the next start."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4


@dataclass(frozen=True)
class RunningPart:
    """One process. `created` (seconds since the epoch) tells it from a later one with its pid."""

    pid: int
    created: float
    address: str
    version: str | None = None
    restarts: int = 0


@dataclass(frozen=True)
class StackState:
    """The whole stack; `ready` once every part was ready."""

    version: str
    url: str
    ready: bool = False
    parts: dict[str, RunningPart] = field(default_factory=dict)


def write_state(path: Path, state: StackState) -> None:
    """Replace the file in one step, so that a reader never sees half of it."""
    write_json(path, asdict(state))


def read_state(path: Path) -> StackState | None:
    """The last state written; None where there is none or it cannot be read."""
    raw = read_json(path)
    try:
        parts = {name: RunningPart(**part) for name, part in raw["parts"].items()}
        return StackState(raw["version"], raw["url"], raw["ready"], parts)
    except (KeyError, TypeError, AttributeError):
        return None


def write_json(path: Path, content: object) -> None:
    """Replace a JSON file in one step."""
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    temporary.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    temporary.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object; empty where the file is missing or broken."""
    try:
        content = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
