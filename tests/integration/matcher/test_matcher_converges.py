"""Whatever happens in whatever order, the index equals the truth when quiet (FAULTS 31)."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from services.matcher.ports import ContentKey, OrganisationPoints, VectorIndex
from shared.contracts.organisation import Organisation
from tests.support.matcher_bench import MatcherBench, matcher_bench
from tests.support.memory_folder import memory_folder
from tests.support.profiles import profile

T = TypeVar("T")
IDS = st.sampled_from(["a", "b", "c"])
TEXTS = st.lists(
    st.sampled_from(["optics and lenses", "触觉反馈手套", "cloud rendering", "数字人驱动"]),
    max_size=3,
    unique=True,
)


class CrashError(Exception):
    """The process died here."""


class Crashing:
    """Dies before or after the write of the index, when told to."""

    def __init__(self, index: VectorIndex) -> None:
        self._index = index
        self.when: str | None = None

    async def replace_many(self, changes: Sequence[OrganisationPoints]) -> None:
        when, self.when = self.when, None
        if when == "before":
            raise CrashError
        await self._index.replace_many(changes)
        if when == "after":
            raise CrashError

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)


class MatcherMachine(RuleBasedStateMachine):
    make_database: Callable[[str], str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = contextlib.AsyncExitStack()
        self.exit = contextlib.ExitStack()
        self.directory = self.exit.enter_context(memory_folder())
        self.url = self.make_database("services.matcher")
        self.undelivered: list[str] = []
        self.history: list[Organisation] = []
        self.bench = self.run(self._open(None))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    async def _open(self, before: MatcherBench | None) -> MatcherBench:
        return await self.stack.enter_async_context(
            matcher_bench(
                self.url,
                self.directory / "index",
                profiles=before.profiles if before else None,
            )
        )

    @rule(id=IDS, capabilities=TEXTS, needs=TEXTS)
    def save(self, id: str, capabilities: list[str], needs: list[str]) -> None:
        stated = {f"c{n}": text for n, text in enumerate(capabilities)}
        wanted = {f"n{n}": text for n, text in enumerate(needs)}
        self.bench.profiles.save(id, profile(id, capabilities=stated, needs=wanted))
        self.undelivered.append(id)

    @rule(id=IDS)
    def withdraw(self, id: str) -> None:
        if isinstance(self.bench.profiles.stored.get(id), Organisation):
            self.bench.profiles.withdraw(id)
            self.undelivered.append(id)

    @rule(id=IDS)
    def erase(self, id: str) -> None:
        if id in self.bench.profiles.stored:
            self.bench.profiles.erase(id)
            self.undelivered.append(id)

    @rule()
    def deliver(self) -> None:
        self.run(self.bench.take_in.take_in(self.undelivered))
        self.undelivered.clear()

    @rule(ids=st.lists(IDS, max_size=3))
    def deliver_again(self, ids: list[str]) -> None:
        self.run(self.bench.take_in.take_in(ids))

    @rule(when=st.sampled_from(["before", "after"]))
    def crash_while_taking_in(self, when: str) -> None:
        live = self.bench.live.current()
        crashing = Crashing(live.index)
        crashing.when = when
        object.__setattr__(live, "index", crashing)
        with contextlib.suppress(CrashError):
            self.run(self.bench.take_in.take_in(self.undelivered))
        object.__setattr__(live, "index", crashing._index)

    @rule()
    def restart(self) -> None:
        before = self.bench
        self.run(self.stack.aclose())
        self.bench = self.run(self._open(before))

    @rule()
    def reconcile(self) -> None:
        self.run(self.bench.reconcile.reconcile())
        self.undelivered.clear()

    @rule()
    def rebuild(self) -> None:
        self.run(self.bench.rebuild.rebuild())

    @invariant()
    def the_index_equals_the_truth_when_quiet(self) -> None:
        if not self.undelivered:
            assert self.run(self.bench.held()) == self.bench.wanted()

    @invariant()
    def no_vector_is_kept_that_no_statement_uses(self) -> None:
        if not self.undelivered:
            self.run(self._only_used_vectors())

    async def _only_used_vectors(self) -> None:
        bench = self.bench
        async with bench.store.transaction() as transaction:
            page = await transaction.snapshots.page(after=None, limit=100)
        used = {digest for stored in page for digest in stored.digests}
        kept = await bench.embeddings.get(bench.embedder.model, ALL_KEYS)
        assert {key.digest for key in kept} <= used

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.runner.close()
        self.exit.close()


def _all_keys() -> list[ContentKey]:
    from services.matcher.domain.content import content_digest
    from shared.contracts.organisation import Side

    texts = ["optics and lenses", "触觉反馈手套", "cloud rendering", "数字人驱动"]
    return [ContentKey(content_digest(text, side)) for text in texts for side in Side]


ALL_KEYS = _all_keys()


@pytest.mark.timeout(170)
def test_the_index_converges(migrated_database: Callable[[str], str]) -> None:
    run(migrated_database, examples=4)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_index_converges_in_many_more_cases(
    migrated_database: Callable[[str], str],
) -> None:
    run(migrated_database, examples=100)


def run(make_database: Callable[[str], str], *, examples: int) -> None:
    MatcherMachine.make_database = staticmethod(make_database)  # type: ignore[assignment]
    run_state_machine_as_test(
        MatcherMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
