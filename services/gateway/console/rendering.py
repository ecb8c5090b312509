"""Jinja, set up once: escaping, inert texts, strict names; and the console's static files."""

from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.gateway.console import displays
from services.gateway.console.assets import Assets
from services.gateway.console.labels import label
from services.gateway.console.navigation import menu
from services.gateway.console.safe_text import Exact, inert
from services.gateway.console.translation import Translator
from shared.contracts.organisation import Language

_HERE = Path(__file__).parent


class Console:
    """Renders templates."""

    def __init__(self, time_zone: str = "Asia/Shanghai") -> None:
        self.assets = Assets([_HERE / "static"])
        self.time_zone: tzinfo = ZoneInfo(time_zone)
        self.environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=inert,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.filters.update(exact=Exact, percent=displays.percent, score=displays.score)
        self.environment.globals.update(asset=self.assets.address, menu=menu)

    def render(self, template: str, language: Language, **context: Any) -> str:
        """HTML. Raises jinja2.UndefinedError for a name that is not there."""
        translator = Translator(language)
        shown = displays.Displays(translator, self.time_zone, datetime.now(UTC))
        return self.environment.get_template(template).render(
            _=translator,
            lang=language,
            label=partial(label, translator),
            moment=shown.moment,
            day=shown.day,
            ago=shown.ago,
            name_of=shown.name_of,
            **context,
        )
