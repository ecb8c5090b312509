"""Calls for tests: a small market of organisations, and short ways to move a call along."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.matcher.service.calls.call_proposals import ProposeTeams
from services.matcher.service.calls.cases import CallCases
from services.matcher.service.calls.expected import Expected
from services.matcher.service.calls.tend_calls import TendCalls
from shared.contracts.calls import Call, NewCall
from shared.contracts.principal import Principal, Role
from shared.contracts.seats import NewSeat, Seat, SeatAnswer
from tests.support.matcher_bench import MatcherBench

COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
SCAN = "laser scanning of painted caves"
PAINT = "multispectral imaging of mural pigments"
SHOW = "immersive exhibition for museum visitors"
NOISE = {
    "wheat": "growing wheat on saline soil",
    "ships": "legal advice on shipping insurance",
    "bridge": "fatigue tests of suspension bridges",
    "honey": "honey bee breeding in alpine valleys",
    "tyres": "recycling of rubber tyres into asphalt",
    "music": "archives of folk music recordings",
    "steel": "rolling of stainless steel sheets",
    "cells": "culture of insect cells in bioreactors",
}


def member(organisation: str) -> Principal:
    return Principal(subject=f"m-{organisation}", role=Role.MEMBER, organisation=organisation)


def read(version: int) -> Expected:
    return Expected(frozenset({version}))


def new_call(**more: Any) -> NewCall:
    requirements = [
        {"id": "scan", "text": SCAN},
        {"id": "paint", "text": PAINT},
        {"id": "show", "text": SHOW, "must_have": False},
    ]
    return NewCall.model_validate(
        {"title": "A building, again", "requirements": requirements, **more}
    )


@dataclass(frozen=True)
class Market:
    bench: MatcherBench
    cases: CallCases
    teams: ProposeTeams

    async def opened(self, by: Principal = COORDINATOR, **more: Any) -> Call:
        call = await self.cases.keep.create(new_call(**more), by)
        return await self.cases.keep.publish(call.id, by, read(call.version))

    async def invited(
        self, call: Call, organisation: str, *requirements: str, by: Principal = COORDINATOR
    ) -> Call:
        wanted = NewSeat(organisation=organisation, requirements=requirements)
        return await self.cases.seats.invite(call.id, wanted, by)

    async def answered(self, call: Call, organisation: str, *, accept: bool = True) -> Call:
        seat = seat_of(call, organisation)
        said = {"accept": accept} | ({} if accept else {"reasons": ["capacity"]})
        await self.cases.seats.answer(
            call.id,
            seat.id,
            SeatAnswer.model_validate(said),
            member(organisation),
            read(seat.version),
        )
        return await self.cases.keep.read(call.id, COORDINATOR)

    async def tended(self, call: Call, at: datetime | None = None) -> Call:
        tend: TendCalls = self.cases.tend
        await (replace(tend, now=lambda: at) if at else tend).tend(self.teams)
        return await self.cases.keep.read(call.id, COORDINATOR)


def seat_of(call: Call, organisation: str) -> Seat:
    """The last one that it had."""
    return [one for one in call.seats if one.organisation == organisation][-1]


def states(call: Call) -> dict[str, str]:
    return {one.organisation: one.state.value for one in call.seats}
