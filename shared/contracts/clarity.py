"""Whether a statement says enough to be matched, and what to ask where it does not."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.base import Contract, OrganisationId, StatementId, Text
from shared.contracts.organisation import Facets, Language, Organisation, Side
from shared.contracts.screening import PolicyFlag

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Lack(StrEnum):
    """What a statement leaves open."""

    DETAIL = "detail"
    """Hardly a word that others would not use as well."""
    SUBJECT = "subject"
    """Neither product nor material."""
    APPLICATION = "application"
    APPROACH = "approach"
    """Neither method nor effect."""
    NUMBER = "number"
    DISTINCTION = "distinction"
    """Everything on the platform answers it about equally well."""


class ClarityQuestion(Contract):
    """What to ask, in the reader's language, with an example in the statement's."""

    lack: Lack
    question: str
    example: str


class Distinctness(Contract):
    """How much better the best answers on the platform are than the rest."""

    score: Share
    spread: float
    """Deviation of the best scores (NQC, Shtok et al. 2012), in that of unrelated pairs."""
    compared: int
    """The best so many statements of the other side."""


class Clarity(Contract):
    """A score of 0.5 or less means that the statement is too vague to match."""

    score: Share
    vague: bool
    side: Side
    language: Language
    text: Share
    """What the words alone say."""
    distinctness: Distinctness | None = None
    """None where the platform has not been asked, or has too little to tell."""
    facets: Facets
    """As the text was read; what the member has given stands as it is."""
    lacks: tuple[Lack, ...] = ()
    questions: tuple[ClarityQuestion, ...] = ()
    """For a vague statement only; the most helpful first."""


class StatementClarity(Contract):
    """The clarity of one statement of an organisation."""

    id: StatementId
    clarity: Clarity


class ClarityRequest(Contract):
    """A text that need not be stored."""

    text: Annotated[Text, StringConstraints(min_length=1, max_length=8000)]
    side: Side = Side.NEED
    language: Language | None = None
    facets: Facets | None = None


class OrganisationClarity(Contract):
    """The clarity of each need of an organisation, the vaguest first."""

    organisation: OrganisationId
    version: int
    items: tuple[StatementClarity, ...]


class SavedOrganisation(Organisation):
    """The answer to a write."""

    unclear: tuple[StatementClarity, ...] = ()
    """Needs whose words are too vague to match, with questions; the platform is not asked yet."""
    flags: tuple[PolicyFlag, ...] = ()
    """What policy screening found in the statements, and has not been cleared."""
