"""Line plots as SVG, without a library: the pages of figures need no more."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

_WIDTH, _HEIGHT = 640, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 170, 40, 50
_COLOURS = ("#1b6ca8", "#c8553d", "#3a7d44", "#7d5ba6", "#8a6d00", "#555555")


@dataclass(frozen=True)
class Line:
    """Points of one name, in order of x."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Axis:
    """What is on it, and whether it is logarithmic."""

    title: str
    log: bool = False

    def place(self, value: float) -> float:
        """On a straight scale."""
        return math.log10(max(value, 1e-12)) if self.log else value


def write_plot(file: Path, title: str, x: Axis, y: Axis, lines: Sequence[Line]) -> None:
    """All lines in one picture; the folder is made if it is not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(plot(title, x, y, lines), "utf-8")


def plot(title: str, x: Axis, y: Axis, lines: Sequence[Line]) -> str:
    """The picture as text."""
    horizontal = _Scale.over(x, [p for line in lines for p, _ in line.points], _LEFT, _across())
    vertical = _Scale.over(y, [p for line in lines for _, p in line.points], _down(), _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="22" font-size="14">{escape(title)}</text>',
        *_horizontal_axis(x, horizontal),
        *_vertical_axis(y, vertical),
    ]
    for number, line in enumerate(lines):
        parts += _drawn(line, number, horizontal, vertical)
    return "\n".join([*parts, "</svg>", ""])


@dataclass(frozen=True)
class _Scale:
    axis: Axis
    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, axis: Axis, values: Sequence[float], start: float, end: float) -> "_Scale":
        places = [axis.place(value) for value in values] or [0.0, 1.0]
        low, high = min(places), max(places)
        if not axis.log and low > 0 and low < high / 2:
            low = 0.0
        return cls(axis, low, high if high > low else low + 1, start, end)

    def at(self, value: float) -> float:
        share = (self.axis.place(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        if self.axis.log:
            return [10.0**n for n in range(math.ceil(self.low), math.floor(self.high) + 1)]
        step = 10 ** math.floor(math.log10(self.high - self.low))
        step = next(
            s for s in (step / 5, step / 2, step, 2 * step) if (self.high - self.low) / s < 8
        )
        first = math.ceil(self.low / step)
        return [n * step for n in range(first, math.floor(self.high / step + 1e-9) + 1)]


def _across() -> int:
    return _WIDTH - _RIGHT


def _down() -> int:
    return _HEIGHT - _BOTTOM


def _horizontal_axis(axis: Axis, scale: _Scale) -> list[str]:
    parts = [f'<path d="M{_LEFT} {_down()}H{_across()}" stroke="#333" fill="none"/>']
    for tick in scale.ticks():
        at = scale.at(tick)
        parts.append(f'<path d="M{at} {_TOP}V{_down()}" stroke="#e4e4e4" fill="none"/>')
        text = f'<text x="{at}" y="{_down() + 18}" text-anchor="middle">{tick:,.4g}</text>'
        parts.append(text)
    middle = (_LEFT + _across()) / 2
    title = escape(axis.title)
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 10}" text-anchor="middle">{title}</text>')
    return parts


def _vertical_axis(axis: Axis, scale: _Scale) -> list[str]:
    parts = [f'<path d="M{_LEFT} {_TOP}V{_down()}" stroke="#333" fill="none"/>']
    for tick in scale.ticks():
        at = scale.at(tick)
        parts.append(f'<path d="M{_LEFT} {at}H{_across()}" stroke="#e4e4e4" fill="none"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{at + 4}" text-anchor="end">{tick:,.4g}</text>')
    middle = (_TOP + _down()) / 2
    parts.append(
        f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">'
        f"{escape(axis.title)}</text>"
    )
    return parts


def _drawn(line: Line, number: int, x: _Scale, y: _Scale) -> list[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    places = [(x.at(a), y.at(b)) for a, b in line.points]
    path = " ".join(f"{a},{b}" for a, b in places)
    parts = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
    parts += [f'<circle cx="{a}" cy="{b}" r="3" fill="{colour}"/>' for a, b in places]
    at = _TOP + 12 + 18 * number
    parts.append(f'<circle cx="{_across() + 14}" cy="{at - 4}" r="4" fill="{colour}"/>')
    parts.append(f'<text x="{_across() + 24}" y="{at}">{escape(line.name)}</text>')
    return parts
