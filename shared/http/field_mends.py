"""How to mend what pydantic finds wrong with a field."""

from collections.abc import Mapping

_MENDS = {
    "missing": "add this field",
    "extra_forbidden": "remove it, or check its spelling against the API's description",
    "string_too_short": "write at least {min_length} characters",
    "string_too_long": "shorten it to {max_length} characters",
    "too_long": "keep at most {max_length} entries",
    "too_short": "give at least {min_length} entries",
    "string_type": "send a text in quotes",
    "string_unicode": "send valid Unicode, without lone surrogates",
    "string_pattern_mismatch": "write it so that it fits the pattern {pattern}",
    "enum": "choose one of {expected}",
    "literal_error": "choose one of {expected}",
    "greater_than_equal": "give {ge} or more",
    "less_than_equal": "give {le} or less",
    "int_parsing": "send a whole number",
    "int_type": "send a whole number without quotes",
    "int_from_float": "send a whole number",
    "date_from_datetime_parsing": "write the date as YYYY-MM-DD",
    "date_parsing": "write the date as YYYY-MM-DD",
    "datetime_from_date_parsing": "write the moment as 2026-01-31T08:00:00Z",
    "datetime_parsing": "write the moment as 2026-01-31T08:00:00Z",
    "timezone_aware": "add the time zone, for instance Z",
    "tuple_type": "send a list",
    "model_type": "send an object",
    "model_attributes_type": "send an object",
}


def mend_for(error: Mapping[str, object]) -> str | None:
    """What to do about one of pydantic's errors; None where its sentence already says it."""
    template = _MENDS.get(str(error["type"]))
    context = error.get("ctx")
    try:
        return (
            template.format_map(context if isinstance(context, dict) else {}) if template else None
        )
    except KeyError:
        return None
