from dataclasses import dataclass

from deploy.embedded.back_off import BackOff
from deploy.embedded.watch import Watch


@dataclass
class FakePart:
    name: str
    pid: int | None = 1
    address: str = ""
    starts: int = 0
    broken: bool = False

    def start(self) -> None:
        if self.broken:
            raise RuntimeError("no")
        self.starts += 1
        self.pid = 1

    def stop(self) -> None:
        self.pid = None


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_pauses_double_and_start_small_again_after_a_calm_run() -> None:
    back_off = BackOff(first=1, longest=5, calm=30)
    assert [back_off.after_crash(0) for _ in range(4)] == [1, 2, 4, 5]
    assert back_off.after_crash(31) == 1
    assert back_off.after_crash(0) == 2


def test_a_stopped_part_is_started_again_after_its_pause() -> None:
    clock, part, other = Clock(), FakePart("matcher"), FakePart("profiles")
    watch = Watch([part, other], lambda *_: None, clock=clock, back_off=lambda: BackOff(first=1))
    assert not watch.look()
    part.pid = None
    assert not watch.look()
    clock.now = 0.9
    assert not watch.look()
    clock.now = 1.0
    assert watch.look()
    assert (part.starts, other.starts) == (1, 0)
    assert watch.restarts == {"matcher": 1, "profiles": 0}


def test_a_part_that_cannot_be_started_is_tried_again_later() -> None:
    clock, part, events = Clock(), FakePart("nats", pid=None, broken=True), list[str]()
    watch = Watch(
        [part],
        lambda _, event: events.append(event),
        clock=clock,
        back_off=lambda: BackOff(first=1),
    )
    watch.look()
    clock.now = 1.0
    assert not watch.look()
    assert "could not be started: no" in events
    part.broken = False
    watch.look()
    clock.now = 10.0
    assert watch.look()
