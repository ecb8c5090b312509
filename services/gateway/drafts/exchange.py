"""What the gateway and its reading process say to each other."""

from services.gateway.drafts.kinds import Kind
from shared.contracts.base import Contract
from shared.contracts.organisation import Language
from shared.contracts.profile_drafts import DraftSource, ProfileDrafts


class Header(Contract):
    """What the source is."""

    kind: Kind
    source: DraftSource
    charset: str | None = None
    reader_language: Language | None = None


class Answer(Contract):
    """One of the two."""

    drafts: ProfileDrafts | None = None
    refusal: str | None = None
