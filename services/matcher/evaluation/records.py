"""Typed records of a JSON Lines file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.lines import numbered_lines

_Record = TypeVar("_Record", bound=BaseModel)


def read_records(file: Path, record: type[_Record]) -> Iterator[tuple[int, _Record]]:
    """(line number, record). Raises DatasetError on a line that is not one."""
    for number, line in numbered_lines(file):
        if not line.strip():
            raise DatasetError(file, number, "the line is empty", "remove it")
        document = _object(file, number, line)
        try:
            yield number, record.model_validate(document)
        except ValidationError as error:
            raise DatasetError(file, number, *_first(error)) from error


def _object(file: Path, number: int, line: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except json.JSONDecodeError as error:
        problem = f"broken JSON at column {error.colno}: {error.msg}"
        raise DatasetError(file, number, problem, "one JSON object on each line") from error
    except (ValueError, RecursionError) as error:
        problem = f"JSON that cannot be read: {error}"
        raise DatasetError(file, number, problem, "one flat JSON object on each line") from error
    if not isinstance(document, dict):
        problem = f"a JSON {type(document).__name__} where an object belongs"
        raise DatasetError(file, number, problem, "one JSON object on each line")
    return document


def _first(error: ValidationError) -> tuple[str, str]:
    detail = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in detail["loc"])
    given = detail["input"]
    if detail["type"] == "missing":
        return f"`{key}` is missing", f"add `{key}`"
    if isinstance(given, str) and not given.strip():
        return f"`{key}` is empty", f"give `{key}` some text, or remove what it belongs to"
    if isinstance(given, str) and detail["type"] == "string_pattern_mismatch":
        return f"`{key}` holds white space: {given!r}", "identifiers are words without white space"
    return f"`{key}` is wrong: {detail['msg']}", f"see what `{key}` may be in the format"
