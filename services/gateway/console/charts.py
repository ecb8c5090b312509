"""Plain charts as numbers for SVG: a line over time, and how dark a cell is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 640, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 12, 28
_STEPS = 5


@dataclass(frozen=True)
class Point:
    """A point of a line, with what it says."""

    x: float
    y: float
    value: float
    at: datetime
    name: str


@dataclass(frozen=True)
class Line:
    """A line from 0 to 1 over time."""

    points: tuple[Point, ...]
    ticks: tuple[tuple[float, float], ...]
    """Height and value of each."""

    @property
    def path(self) -> str:
        """For the `points` of a polyline."""
        return " ".join(f"{one.x:.1f},{one.y:.1f}" for one in self.points)


def line(values: Sequence[tuple[datetime, str, float]]) -> Line:
    """Values from 0 to 1, in the order of time; a single one stands in the middle."""
    first, last = (values[0][0], values[-1][0]) if values else (None, None)
    span = (last - first).total_seconds() if first and last else 0.0
    points = []
    for at, name, value in values:
        share = (at - first).total_seconds() / span if first and span else 0.5
        points.append(Point(_across(share), _up(value), value, at, name))
    ticks = tuple((_up(value), value) for value in (0.0, 0.25, 0.5, 0.75, 1.0))
    return Line(tuple(points), ticks)


def shade(value: int, most: int) -> int:
    """0 for nothing, else 1 to 5 by its share of the most."""
    if value <= 0 or most <= 0:
        return 0
    return max(1, min(_STEPS, -(-_STEPS * value // most)))


def _across(share: float) -> float:
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _up(value: float) -> float:
    return _TOP + (1 - value) * (HEIGHT - _TOP - _BOTTOM)
