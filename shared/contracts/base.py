"""The common base of all contracts: strict about names, tolerant of nothing unstorable."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


def storable(text: str) -> str:
    """Refuse what PostgreSQL cannot store (NUL, lone surrogates) before it becomes a 500."""
    if "\x00" in text:
        raise ValueError("contains a NUL character; remove it")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("contains a lone surrogate; send valid Unicode") from error
    return text


class Contract(BaseModel):
    """An immutable message; unknown fields are errors, so that a misspelt field is never lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _line(text: str) -> str:
    if any(character in text for character in "\r\n\t\v\f\u2028\u2029\x85"):
        raise ValueError("must be one line; remove line breaks and tabs")
    return storable(text)


Text = Annotated[str, AfterValidator(storable)]
"""Free text of several lines."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_line)]
"""One line of text, 1 to 300 characters."""

OrganisationId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:~-]{0,63}$", strip_whitespace=True)
]
"""1 to 64 letters, digits and `. _ : ~ -`, starting with a letter or digit; safe in a path."""

StatementId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:~-]{0,99}$", strip_whitespace=True)
]
"""Unique among the statements of one organisation; up to 100 characters."""
