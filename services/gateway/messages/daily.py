"""What is done once a day by one of the replicas."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from services.gateway.messages.digesting import Digesting
from services.gateway.messages.forgetting import Forgetting
from services.gateway.messages.publishing import utc_now
from services.gateway.messages.reminding import Reminding
from services.gateway.messages.turns import Turns, next_morning
from shared.http.request_id import begin_turn

_LOOK_EVERY_SECONDS = 60.0
_AT_NIGHT = 3


class Daily:
    """Reminders first, so that the digest has them; forgetting at night."""

    def __init__(
        self,
        turns: Turns,
        reminding: Reminding,
        digesting: Digesting | None,
        forgetting: Forgetting,
        *,
        hour: int,
        zone: ZoneInfo,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._turns = turns
        self._reminding = reminding
        self._digesting = digesting
        self._forgetting = forgetting
        self._hour = hour
        self._zone = zone
        self._now = now

    async def run(self) -> None:
        """Look now and then until cancelled; an error ends it, so that it is started again."""
        while True:
            begin_turn()
            await self.look()
            await asyncio.sleep(_LOOK_EVERY_SECONDS)

    async def look(self) -> None:
        """Do what is due."""
        moment = self._now()
        await self._turns.take("reminders and digests", moment, self._morning, self._morning_work)
        await self._turns.take("forgetting", moment, self._night, self._forgetting.old)

    async def _morning_work(self) -> None:
        await self._reminding.remind()
        if self._digesting:
            await self._digesting.queue()

    def _morning(self, moment: datetime) -> datetime:
        return next_morning(moment, self._hour, self._zone)

    def _night(self, moment: datetime) -> datetime:
        return next_morning(moment, _AT_NIGHT, self._zone)
