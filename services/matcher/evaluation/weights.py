"""Ranking weights by name: another configuration than the product's, for one evaluation."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from math import isfinite
from pathlib import Path
from typing import Any

from services.matcher.domain.ranking_weights import STANDARD, Weights
from services.matcher.evaluation.dataset_error import DatasetError

Changes = dict[str, float]
"""`group.name`, or a `name` that is changed in every group that has it, and its new value."""


class UnknownWeightError(Exception):
    """A name that no weight has, or a value that is no number."""


def named_weights(weights: Weights = STANDARD) -> Changes:
    """Every weight by its full name, such as `text.named`."""
    return {
        f"{group.name}.{one.name}": getattr(getattr(weights, group.name), one.name)
        for group in fields(weights)
        for one in fields(getattr(weights, group.name))
    }


def changed(changes: Mapping[str, float], weights: Weights = STANDARD) -> Weights:
    """The same weights but for these. Raises UnknownWeightError."""
    full = dict(_full_names(changes))
    groups = {}
    for group in fields(weights):
        prefix = f"{group.name}."
        own = {
            name.removeprefix(prefix): value
            for name, value in full.items()
            if name.startswith(prefix)
        }
        groups[group.name] = _replaced(getattr(weights, group.name), own)
    return replace(weights, **groups)


def read_changes(file: Path) -> Changes:
    """A JSON object: `{"named": 0}`, `{"text.named": 0}` or `{"text": {"named": 0}}`.

    Raises DatasetError.
    """
    try:
        document = json.loads(file.read_text("utf-8"))
        if not isinstance(document, dict):
            raise ValueError(f"a JSON {type(document).__name__} where an object belongs")
        return dict(_flat(document))
    except (OSError, ValueError, RecursionError, UnknownWeightError) as error:
        mend = 'write weights as {"named": 0, "text.hub": 0.5}'
        raise DatasetError(file, None, f"no weights ({error})", mend) from error


def parse_changes(settings: Iterable[str]) -> Changes:
    """`named=0`, `text.hub=0.5`; several may stand in one text, with commas.

    Raises UnknownWeightError.
    """
    found: Changes = {}
    for setting in (one for several in settings for one in several.split(",")):
        name, sign, value = setting.partition("=")
        if not sign:
            raise UnknownWeightError(f"{setting!r} is no weight; write NAME=NUMBER")
        found[name.strip()] = _number(name.strip(), value)
    return found


def _full_names(changes: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    known = list(named_weights())
    # A full name says more than a short one, so it comes after it.
    for name, value in sorted(changes.items(), key=lambda item: "." in item[0]):
        meant = [one for one in known if name in (one, one.partition(".")[2])]
        if not meant:
            raise UnknownWeightError(f"there is no weight {name!r}; there are {', '.join(known)}")
        yield from ((one, value) for one in meant)


def _replaced(group: Any, values: Mapping[str, float]) -> Any:
    """Each value as the type that is there: a count stays a whole number."""
    typed = {name: type(getattr(group, name))(value) for name, value in values.items()}
    return replace(group, **typed)


def _flat(document: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    for name, value in document.items():
        if isinstance(value, dict) and not prefix:
            yield from _flat(value, f"{name}.")
        else:
            yield prefix + name, _number(prefix + name, value)


def _number(name: str, value: object) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = float("nan")
    if not isfinite(number):
        raise UnknownWeightError(f"{name} cannot be {value!r}: it is a number")
    return number
