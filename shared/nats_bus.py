"""NATS JetStream behind the `Bus` port."""

import asyncio
from collections.abc import Mapping, Sequence

import nats
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import TimeoutError as NatsTimeoutError
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import NotFoundError

from shared.bus import (
    BusUnavailableError,
    ConsumerMissingError,
    ConsumerSpec,
    OutgoingMessage,
    PullConsumer,
    ReceivedMessage,
    StreamSpec,
)

_log = structlog.get_logger("bus")


class NatsBus:
    """A connection that reconnects for ever."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._js: JetStreamContext = client.jetstream(timeout=5, publish_async_max_pending=1024)

    @classmethod
    async def connect(cls, url: str, *, name: str) -> "NatsBus":
        """Connect, waiting for the server for as long as it takes."""

        async def report(error: Exception) -> None:
            _log.warning("bus_error", error_type=type(error).__name__)

        client = await nats.connect(
            url,
            name=name,
            allow_reconnect=True,
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.5,
            connect_timeout=2,
            error_cb=report,
        )
        return cls(client)

    async def ensure_stream(self, spec: StreamSpec) -> None:
        config = StreamConfig(
            name=spec.name,
            subjects=list(spec.subjects),
            storage=StorageType.FILE,
            retention=RetentionPolicy.WORK_QUEUE if spec.work_queue else RetentionPolicy.LIMITS,
            max_age=spec.max_age_seconds,
            duplicate_window=spec.duplicate_window_seconds,
        )
        try:
            found = await self._js.stream_info(spec.name)
        except NotFoundError:
            await self._js.add_stream(config)
            return
        except (NatsError, OSError) as error:
            raise BusUnavailableError(str(error)) from error
        if set(found.config.subjects or ()) != set(spec.subjects):
            raise RuntimeError(f"stream {spec.name} has other subjects than configured")

    async def publish(self, messages: Sequence[OutgoingMessage]) -> int:
        try:
            acknowledgements = [
                await self._js.publish_async(
                    message.subject,
                    message.data,
                    headers={"Nats-Msg-Id": message.message_id, **message.headers},
                )
                for message in messages
            ]
        except (NatsError, OSError) as error:
            raise BusUnavailableError(str(error)) from error
        results = await asyncio.gather(
            *(asyncio.wait_for(future, 5) for future in acknowledgements), return_exceptions=True
        )
        failed = next((i for i, r in enumerate(results) if isinstance(r, BaseException)), None)
        return len(messages) if failed is None else failed

    async def consumer(self, spec: ConsumerSpec) -> PullConsumer:
        wanted = ConsumerConfig(
            durable_name=spec.durable,
            filter_subject=spec.subject,
            deliver_policy=DeliverPolicy.ALL,
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=spec.ack_wait_seconds,
            max_deliver=spec.max_deliver,
            max_ack_pending=spec.max_ack_pending,
        )
        try:
            found = (await self._js.consumer_info(spec.stream, spec.durable)).config
        except NotFoundError:
            await self._js.add_consumer(spec.stream, wanted)
        else:
            _refuse_drift(found, wanted)
            if found.ack_wait != wanted.ack_wait:
                # Decides when, not which, messages come again: a new release may change it.
                await self._js.add_consumer(spec.stream, wanted)
        return _NatsPullConsumer(self._js, spec)

    async def server_version(self) -> str:
        if not self._client.is_connected:
            raise BusUnavailableError("not connected")
        await self._client.flush(timeout=2)
        return str(self._client.connected_server_version)

    async def close(self) -> None:
        await self._client.close()


def _refuse_drift(found: ConsumerConfig, wanted: ConsumerConfig) -> None:
    """`pull_subscribe` would ignore, and `add_consumer` overwrite, a different configuration."""
    for name in ("filter_subject", "ack_policy", "max_deliver", "max_ack_pending"):
        if getattr(found, name) != getattr(wanted, name):
            raise RuntimeError(
                f"consumer {wanted.durable_name}: {name} is {getattr(found, name)!r} on the server "
                f"but {getattr(wanted, name)!r} in the settings; delete the consumer or change them"
            )


class _NatsPullConsumer:
    """Fetches one message at a time: larger fetches stall now and then (nats.py#986)."""

    def __init__(self, js: JetStreamContext, spec: ConsumerSpec) -> None:
        self._js = js
        self._spec = spec
        self._subscription: JetStreamContext.PullSubscription | None = None

    async def fetch(
        self, limit: int, *, wait_seconds: float, linger_seconds: float = 0.02
    ) -> Sequence[ReceivedMessage]:
        messages: list[ReceivedMessage] = []
        wait = min(wait_seconds, 2.0)
        while len(messages) < limit:
            try:
                subscription = await self._open()
                # The watchdog ends a fetch that a server restart left hanging.
                batch = await asyncio.wait_for(subscription.fetch(1, timeout=wait), wait + 1)
            except (NatsTimeoutError, TimeoutError):
                break
            except (NatsError, OSError) as error:
                self._subscription = None
                raise BusUnavailableError(str(error)) from error
            messages.extend(_NatsMessage(message) for message in batch)
            wait = linger_seconds
        return messages

    async def pending(self) -> int:
        try:
            info = await self._js.consumer_info(self._spec.stream, self._spec.durable)
        except NotFoundError as error:
            self._subscription = None
            raise ConsumerMissingError(self._spec.durable) from error
        except (NatsError, OSError) as error:
            raise BusUnavailableError(str(error)) from error
        return int(info.num_pending or 0) + int(info.num_ack_pending or 0)

    async def _open(self) -> JetStreamContext.PullSubscription:
        if self._subscription is None:
            self._subscription = await self._js.pull_subscribe_bind(
                self._spec.durable, stream=self._spec.stream
            )
        return self._subscription


class _NatsMessage:
    def __init__(self, message: Msg) -> None:
        self._message = message

    @property
    def subject(self) -> str:
        return self._message.subject

    @property
    def data(self) -> bytes:
        return self._message.data

    @property
    def headers(self) -> Mapping[str, str]:
        return self._message.headers or {}

    @property
    def deliveries(self) -> int:
        return int(self._message.metadata.num_delivered or 1)

    async def ack(self) -> None:
        await self._message.ack_sync(timeout=5)

    async def retry(self, delay_seconds: float) -> None:
        await self._message.nak(delay=delay_seconds)

    async def drop(self) -> None:
        await self._message.term()

    async def in_progress(self) -> None:
        await self._message.in_progress()
