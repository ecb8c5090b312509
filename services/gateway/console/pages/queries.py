"""Queries of pages: addresses are typed, shared and old, so unknown parts are left alone."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from shared.errors import ProblemError
from shared.http.problems import field_problems

Model = TypeVar("Model", bound=BaseModel)


class PageQuery(BaseModel):
    """What a page's address says."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)


def _chosen(value: object) -> object:
    """A select's first line says "any" and sends nothing."""
    return None if value == "" else value


Choice = Annotated[str | None, BeforeValidator(_chosen)]


def checked(model: type[Model], given: dict[str, Any]) -> Model:
    """Raises ProblemError("invalid_request") with the fields."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        fields = field_problems([dict(one) for one in error.errors()])
        raise ProblemError("invalid_request", fields=fields) from error
