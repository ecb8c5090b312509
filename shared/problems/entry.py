"""What is said of one error code."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """Status, title and detail in both languages; details are `str.format` templates."""

    status: int
    title_en: str
    title_zh: str
    detail_en: str
    detail_zh: str

    def title(self, language: str) -> str:
        """The title in `zh` or `en`."""
        return self.title_zh if language == "zh" else self.title_en

    def detail(self, language: str, parameters: Mapping[str, object]) -> str:
        """The sentence in `zh` or `en` with its parameters filled in."""
        template = self.detail_zh if language == "zh" else self.detail_en
        return template.format_map(dict(parameters))
