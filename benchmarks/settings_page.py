"""Writes docs/settings.md from the settings classes: `python -m benchmarks.settings_page`."""

from collections.abc import Iterator
from pathlib import Path

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from services.gateway.settings import GatewaySettings
from services.matcher.settings import MatcherSettings
from services.matcher.worker import WorkerSettings
from services.profiles.settings import ProfilesSettings
from shared.settings import CommonSettings

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"
SERVICES: dict[str, type[CommonSettings]] = {
    "profiles": ProfilesSettings,
    "matcher": MatcherSettings,
    "worker": WorkerSettings,
    "gateway": GatewaySettings,
}
_HEAD = """# Settings

Written by `make settings`. Every service reads its settings from the environment; the embedded
platform (`hezuo up`) sets those without a default by itself and passes on whatever else is set.
"""


def page() -> str:
    """All of it: what every service has, then each service's own."""
    parts = [_HEAD, "## Every service\n", _table(CommonSettings.model_fields)]
    for name, settings in SERVICES.items():
        own = {
            field: info
            for field, info in settings.model_fields.items()
            if field not in CommonSettings.model_fields
        }
        parts += [f"## {name}\n", _table(own)]
    return "\n".join(parts)


def _table(fields: dict[str, FieldInfo]) -> str:
    return "\n".join(["| Setting | Default | |", "|---|---|---|", *_rows(fields), ""])


def _rows(fields: dict[str, FieldInfo]) -> Iterator[str]:
    for name, info in fields.items():
        said = " ".join((info.description or "").split()).replace("|", "\\|")
        yield f"| `HEZUO_{name.upper()}` | {_default(info)} | {said} |"


def _default(info: FieldInfo) -> str:
    if info.default is PydanticUndefined:
        return "must be given"
    if info.default is None or info.default in ("", ()):
        return ""
    return (
        f"`{info.default}`" if not isinstance(info.default, bool) else f"`{info.default}`".lower()
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
