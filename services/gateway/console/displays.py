"""How moments, numbers and names are written. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from markupsafe import Markup

from services.gateway.console.safe_text import visible
from services.gateway.console.translation import Translator, sentence

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (
    (60, sentence("{count} minute ago"), sentence("{count} minutes ago")),
    (60 * 24, sentence("{count} hour ago"), sentence("{count} hours ago")),
    (60 * 24 * 14, sentence("{count} day ago"), sentence("{count} days ago")),
)
_UNITS = (1, 60, 60 * 24)


def score(value: float | None) -> str:
    """Two digits: .826 is 0.83; nothing for nothing."""
    return "–" if value is None else f"{value:.2f}"


def percent(value: float | None) -> str:
    """Whole per cents."""
    return "–" if value is None else f"{value:.0%}"


@dataclass(frozen=True)
class Displays:
    """Those that need the reader's language."""

    translator: Translator
    time_zone: tzinfo
    now: datetime

    def moment(self, value: datetime) -> Markup:
        """Date and time in the platform's zone."""
        local = value.astimezone(self.time_zone)
        return _time(value, f"{self._date(local)} {local:%H:%M}")

    def day(self, value: date) -> str:
        """A date."""
        return self._date(value)

    def ago(self, value: datetime) -> Markup:
        """How long ago, with the moment as its title; the date when it was weeks ago."""
        minutes = int((self.now - value).total_seconds() // 60)
        local = value.astimezone(self.time_zone)
        exact = f"{self._date(local)} {local:%H:%M}"
        if minutes < 1:
            return _time(value, self.translator(sentence("just now")), exact)
        for unit, (limit, one, many) in zip(_UNITS, _STEPS, strict=True):
            if minutes < limit:
                said = self.translator.count(one, many, max(1, minutes // unit))
                return _time(value, said, exact)
        return _time(value, self._date(local), exact)

    def name_of(self, names: Any) -> str:
        """An organisation's name in the reader's language, else the one that is there."""
        if isinstance(names, dict):
            found = names.get(self.translator.language) or names.get("zh") or names.get("en")
        else:
            other = "en" if self.translator.language == "zh" else "zh"
            own = getattr(names, self.translator.language, None)
            found = own or getattr(names, other, None)
        return str(found or "")

    def _date(self, value: date) -> str:
        if self.translator.language == "zh":
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def _time(value: datetime, said: str, title: str | None = None) -> Markup:
    shown = said if isinstance(said, Markup) else visible(said)
    if title is None:
        return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), shown)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        value.isoformat(), title, shown
    )
