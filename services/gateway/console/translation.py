"""The console's sentences in the reader's language, keyed by the English one (as gettext does)."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from markupsafe import Markup, escape

from services.gateway.console import locale
from services.gateway.console.safe_text import inert
from shared.contracts.organisation import Language


def sentence(text: str) -> str:
    """Marks a sentence in Python for the test that looks for missing translations."""
    return text


@cache
def chinese() -> Mapping[str, str]:
    """All areas together."""
    merged: dict[str, str] = {}
    for found in iter_modules(locale.__path__):
        merged |= import_module(f"{locale.__name__}.{found.name}").CHINESE
    return merged


class Translator:
    """`_` of the templates."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, text: str, /, **values: object) -> Markup:
        """The sentence with its values, as HTML: values are made inert and escaped."""
        known = {name: _shown(value) for name, value in values.items()}
        return Markup(str(escape(self._known(text)))).format(**known)  # noqa: S704 - escaped above

    def count(self, one: str, many: str, number: int, /, **values: object) -> Markup:
        """The sentence that fits the number, which it names as `{count}`."""
        return self(one if number == 1 else many, count=f"{number:,}", **values)

    def plain(self, text: str, /, **values: object) -> str:
        """The sentence as text, for attributes of messages and titles of documents."""
        return self._known(text).format(**values)

    def _known(self, text: str) -> str:
        return chinese().get(text, text) if self.language == "zh" else text


def _shown(value: object) -> object:
    return value if hasattr(value, "__html__") else inert(value)
