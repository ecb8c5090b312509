"""Fields as people name them: by code or by label in either language. Pure."""

from collections.abc import Iterable, Mapping

from shared.contracts.taxonomy import Taxonomy


class FieldNames:
    """Finds codes; what it does not know it hands back, so that the service names the mistake."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._codes: dict[str, str] = {}
        for one in taxonomy.fields:
            for name in (one.code, one.zh, one.en):
                self._codes.setdefault(_folded(name), one.code)

    def codes(self, several: Iterable[str]) -> tuple[str, ...]:
        """Each once, in order."""
        return tuple(dict.fromkeys(self._codes.get(_folded(one), one) for one in several))


def labels(taxonomy: Taxonomy, language: str) -> Mapping[str, str]:
    """Names by code."""
    return {one.code: one.zh if language == "zh" else one.en for one in taxonomy.fields}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
