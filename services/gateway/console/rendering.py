"""Jinja, set up once: escaping, inert texts, strict names; and the console's static files."""

import json
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from services.gateway.console import displays
from services.gateway.console.assets import Assets
from services.gateway.console.cookies import Cookies
from services.gateway.console.flash import Attempts, Flashes
from services.gateway.console.icons import icon
from services.gateway.console.labels import label, options
from services.gateway.console.navigation import menu
from services.gateway.console.safe_text import Exact, inert
from services.gateway.console.translation import Translator
from shared.contracts.organisation import Language
from shared.errors import ProblemError
from shared.http.translation import in_language

_HERE = Path(__file__).parent


class Console:
    """Renders templates."""

    def __init__(
        self, secret: str, *, behind_tls: bool = False, time_zone: str = "Asia/Shanghai"
    ) -> None:
        self.cookies = Cookies(behind_tls)
        self.flashes = Flashes(secret)
        self.attempts = Attempts(secret)
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
        import_map = Markup(json.dumps(self.assets.import_map()))  # noqa: S704 - our own names
        self.environment.globals.update(
            asset=self.assets.address, menu=menu, icon=icon, import_map=import_map
        )

    def render(self, template: str, language: Language, **context: Any) -> str:
        """HTML. Raises jinja2.UndefinedError for a name that is not there."""
        translator = Translator(language)
        shown = displays.Displays(translator, self.time_zone, datetime.now(UTC))
        return self.environment.get_template(template).render(
            _=translator,
            lang=language,
            label=partial(label, translator),
            options=partial(options, translator),
            moment=shown.moment,
            day=shown.day,
            ago=shown.ago,
            name_of=shown.name_of,
            in_language=partial(in_language, language=language),
            problem_detail=partial(_detail, language),
            **context,
        )


def _detail(language: Language, problem: ProblemError) -> str:
    """A problem's sentence, for pages that show it beside their form."""
    said = {
        name: in_language(value, language) if name == "reason" and isinstance(value, str) else value
        for name, value in problem.parameters.items()
    }
    return problem.entry.detail(language, said)
