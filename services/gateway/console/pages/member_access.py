"""Who gets to the pages of an organisation: members who speak for one."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends
from fastapi.responses import Response
from markupsafe import Markup

from services.gateway.console.labels import label
from services.gateway.console.page import ForMembers, Page, SignedIn
from services.gateway.console.regions import place
from services.gateway.console.translation import Translator
from services.gateway.member.field_names import labels
from services.gateway.member.own_profile import OwnProfile
from shared.contracts.principal import Role
from shared.errors import ProblemError


async def _speaking(page: ForMembers) -> Page:
    """Raises ProblemError("organisation_missing"): leads to the guide."""
    if page.person.organisation is None:
        raise ProblemError("organisation_missing")
    return page


async def _settled(page: SignedIn) -> Page:
    """Raises ProblemError("organisation_missing") for members who speak for none yet."""
    if page.reader.role is Role.MEMBER and page.person.organisation is None:
        raise ProblemError("organisation_missing")
    return page


Speaking = Annotated[Page, Depends(_speaking)]
Settled = Annotated[Page, Depends(_settled)]
"""Members who speak for an organisation, and staff."""


def own_profile(page: Page) -> OwnProfile:
    """The reader's organisation."""
    return OwnProfile(page.profiles, page.organisation)


def show(page: Page, template: str, *, status: int = 200, **context: Any) -> Response:
    """A page with what all of ours use: names of fields, and where an organisation is."""
    return page.render(
        template, status=status, labels=taxonomy_labels(page), place=_places(page), **context
    )


def options(page: Page, family: str, values: Iterable[StrEnum]) -> list[tuple[str, Markup]]:
    """Coded values with their names, for a select."""
    translator = Translator(page.language)
    return [(one.value, label(translator, family, one.value)) for one in values]


def _places(page: Page) -> Callable[[Any], str]:
    def place_of(one: Any) -> str:
        return place(page.language, one.country or "", one.province, one.city_name)

    return place_of


def taxonomy_labels(page: Page) -> dict[str, str]:
    """Names of fields by code, in the reader's language."""
    return dict(labels(page.parts.taxonomy, page.language))
