"""The collection that answers now."""

from dataclasses import dataclass

from services.matcher.domain.stored import IndexState
from services.matcher.ports import VectorIndex
from services.matcher.service.encoding import StatementEncoder
from services.matcher.store import StoreTransaction
from shared.errors import ProblemError


@dataclass(frozen=True)
class Live:
    """An index and the encoder that its vectors were made with."""

    state: IndexState
    index: VectorIndex
    encoder: StatementEncoder


class LiveIndex:
    """Holds the live collection; empty until the start is done, or after a damage."""

    def __init__(self) -> None:
        self._live: Live | None = None

    @property
    def ready(self) -> bool:
        """Whether suggestions can be computed."""
        return self._live is not None

    def current(self) -> Live:
        """Raises ProblemError("not_ready") while there is none."""
        if self._live is None:
            raise ProblemError("not_ready", what="index", headers={"Retry-After": "5"})
        return self._live

    async def writable(self, transaction: StoreTransaction) -> Live:
        """The live collection, kept from being swapped until the transaction ends.

        Raises ProblemError("not_ready") when another process has swapped and this one has not
        followed yet.
        """
        await transaction.index.pass_gate()
        live = self.current()
        state = await transaction.index.get()
        if state is None or state.collection != live.state.collection:
            raise ProblemError("not_ready", what="index")
        return live

    def set(self, live: Live) -> None:
        """Answer from this one from now on."""
        self._live = live

    def clear(self) -> None:
        """Answer `not_ready` until another is set."""
        self._live = None
