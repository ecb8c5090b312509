"""Who gets to the pages of an organisation: members who speak for one."""

from typing import Annotated

from fastapi import Depends

from services.gateway.console.page import ForMembers, Page, SignedIn
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


def taxonomy_labels(page: Page) -> dict[str, str]:
    """Names of fields by code, in the reader's language."""
    return dict(labels(page.parts.taxonomy, page.language))
