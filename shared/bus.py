"""The port to the event bus. `shared.nats_bus` is the real one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

REQUEST_ID_HEADER = "X-Request-Id"


@dataclass(frozen=True)
class OutgoingMessage:
    """`message_id` lets the stream drop duplicates within its window."""

    subject: str
    message_id: str
    data: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StreamSpec:
    """A durable stream over subjects."""

    name: str
    subjects: tuple[str, ...]
    max_age_seconds: float = 7 * 24 * 3600
    duplicate_window_seconds: float = 120
    work_queue: bool = False
    """Each message is for one consumer, and gone once it is acknowledged."""


@dataclass(frozen=True)
class ConsumerSpec:
    """A durable pull consumer; starting with another configuration than the stored one fails."""

    stream: str
    durable: str
    subject: str
    ack_wait_seconds: float = 60
    max_deliver: int = 8
    max_ack_pending: int = 10_000


class ReceivedMessage(Protocol):
    """A delivered message; exactly one of ack, retry and drop ends its handling."""

    @property
    def subject(self) -> str: ...
    @property
    def data(self) -> bytes: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def deliveries(self) -> int: ...
    async def ack(self) -> None:
        """Done: waits until the server knows."""

    async def retry(self, delay_seconds: float) -> None:
        """Deliver it again after the delay."""

    async def drop(self) -> None:
        """Never deliver it again."""

    async def in_progress(self) -> None:
        """Still working: restart the acknowledgement clock."""


class PullConsumer(Protocol):
    """Reads a durable consumer."""

    async def fetch(
        self, limit: int, *, wait_seconds: float, linger_seconds: float = 0.02
    ) -> Sequence[ReceivedMessage]:
        """Up to `limit` messages: waits for the first, then takes what follows closely."""

    async def pending(self) -> int:
        """Messages not yet acknowledged."""


class Bus(Protocol):
    """Publishes and reads streams."""

    async def ensure_stream(self, spec: StreamSpec) -> None:
        """Make the stream, or check that the one there fits."""

    async def publish(self, messages: Sequence[OutgoingMessage]) -> int:
        """Publish in order; how many, from the first on, the stream has acknowledged."""

    async def consumer(self, spec: ConsumerSpec) -> PullConsumer:
        """Make or open a durable pull consumer."""

    async def server_version(self) -> str:
        """The server's version; raises ConnectionError when it cannot be reached."""

    async def close(self) -> None:
        """Flush and disconnect."""


class BusUnavailableError(ConnectionError):
    """The bus did not answer; try again later."""


class ConsumerMissingError(BusUnavailableError):
    """The stream or the durable consumer was deleted on the server: make it again."""
