"""What news consists of: an event for systems, notes for people. Pure."""

from dataclasses import dataclass, field
from datetime import datetime

from shared.contracts.messages import About, EventType, MessageKind


@dataclass(frozen=True)
class Note:
    """A message to be; `dedup` names it for its recipient, so that it comes once."""

    recipient: str
    kind: MessageKind
    dedup: str
    about: About
    only_after: MessageKind | None = None
    """Only for recipients that have such a message about the same call."""


@dataclass(frozen=True)
class NewEvent:
    """An event to be; `source` names it, so that it comes once."""

    source: str
    type: EventType
    audience: tuple[str, ...]
    occurred_at: datetime
    data: dict[str, object] = field(default_factory=dict)
    """Fields of `PlatformEvent`, as JSON."""


@dataclass(frozen=True)
class News:
    """What is to be told of one thing that happened."""

    event: NewEvent | None = None
    notes: tuple[Note, ...] = ()
