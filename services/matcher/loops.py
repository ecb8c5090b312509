"""What runs beside the HTTP server: start, following the bus, watching the index."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog

from services.matcher.consumers import ChangesConsumer
from services.matcher.ports import IndexInUseError
from services.matcher.service.calls.call_proposals import ProposeTeams
from services.matcher.service.calls.tend_calls import TendCalls
from services.matcher.service.insights.answer_needs import AnswerNeeds
from services.matcher.service.insights.count_statements import CountStatements
from services.matcher.service.learning import LearnRanking
from services.matcher.service.live import LiveIndex
from services.matcher.service.reconcile import Reconcile
from services.matcher.service.startup import OpenIndex
from services.matcher.service.upkeep import KeepIndex
from shared.bus import Bus
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from shared.http.request_id import begin_turn

_log = structlog.get_logger("index")
_learning_log = structlog.get_logger("learning")
_CHECK_SECONDS = 60.0
_FOLLOW_SECONDS = 5.0
_IN_USE_SECONDS = 2.0
_POLL_SECONDS = 0.2
_TEND_SECONDS = 5.0
_COUNT_SECONDS = 10.0
_LOOK_SECONDS = 2.0
_UPKEEP_SECONDS = 300.0
_NIGHT = Principal(subject="nightly", role=Role.SERVICE)

Connect = Callable[[], Awaitable[Bus]]


async def until_ready(live: LiveIndex) -> None:
    """Wait for the index to be open."""
    while not live.ready:  # noqa: ASYNC110
        await asyncio.sleep(_POLL_SECONDS)


async def follow_changes(
    live: LiveIndex, connect: Connect, consumer_on: Callable[[Bus], ChangesConsumer]
) -> None:
    """Take in changes for ever; raises what the bus raises, to be started again."""
    await until_ready(live)
    await consumer_on(await connect()).run()


async def open_index(opening: OpenIndex) -> None:
    """Open it; while another process has it, say so once and wait."""
    told = False
    while True:
        try:
            await opening.open()
            return
        except IndexInUseError as error:
            if not told:
                _log.error("index_in_use", reason=str(error))
            told = True
        await asyncio.sleep(_IN_USE_SECONDS)


async def watch_index(
    live: LiveIndex, opening: OpenIndex, reconcile: Reconcile, reconcile_seconds: float
) -> None:
    """Open the index again when it wants that, at once where a request has met a damage; check
    its files every minute; reconcile now and then, which also lets statements expire."""
    now = asyncio.get_running_loop().time
    checked = reconciled = now()
    while True:
        begin_turn()
        await live.attention(_FOLLOW_SECONDS)
        await opening.follow()
        if now() - checked >= _CHECK_SECONDS:
            await opening.check()
            checked = now()
        if reconcile_seconds and now() - reconciled >= reconcile_seconds:
            await reconcile.reconcile()
            reconciled = now()


async def tend_calls(calls: TendCalls, teams: Callable[[], ProposeTeams | None]) -> None:
    """Silence expires, and free seats are filled once there is an index to look in."""
    while True:
        begin_turn()
        await calls.tend(teams())
        await asyncio.sleep(_TEND_SECONDS)


async def count_for_ever(counting: CountStatements) -> None:
    """What insights count follows the snapshots."""
    while True:
        begin_turn()
        if not await counting.count():
            await asyncio.sleep(_COUNT_SECONDS)


async def look_for_answers(live: LiveIndex, needs: AnswerNeeds) -> None:
    """Which needs nobody answers, a few at a time, so that nobody waits for it."""
    await until_ready(live)
    while True:
        begin_turn()
        looked = await needs.look() if live.ready else 0
        await asyncio.sleep(_LOOK_SECONDS if looked else _COUNT_SECONDS)


async def keep_index(upkeep: KeepIndex) -> None:
    """Not at once: a platform that has just begun is filled first."""
    while True:
        begin_turn()
        await asyncio.sleep(_UPKEEP_SECONDS)
        await upkeep.look()


async def learn_nightly(learning: LearnRanking, hour: int) -> None:
    """Every night at that hour (UTC), where something was decided since the last run."""
    while True:
        begin_turn()
        await asyncio.sleep(seconds_until(hour, datetime.now(UTC)))
        await learn_once(learning)


async def learn_once(learning: LearnRanking) -> None:
    """Said in the log: nobody waits for the answer."""
    try:
        run = await learning.learn_from_new(_NIGHT)
    except ProblemError as error:
        if error.code != "conflict":
            raise
        _learning_log.info("learning_skipped", because="another process is learning")
        return
    if run is None:
        _learning_log.info("learning_skipped", because="nothing was decided since the last run")
        return
    report = run.report
    _learning_log.info(
        "learning_done",
        run=run.id,
        live=run.live,
        examples=report.examples,
        held_out=report.held_out,
        why_not=list(report.why_not),
    )


def seconds_until(hour: int, now: datetime) -> float:
    """To the next time that a clock shows this full hour; more than 0."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    following = today if today > now else today + timedelta(days=1)
    return (following - now).total_seconds()
