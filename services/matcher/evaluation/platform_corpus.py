"""A data set's organisations as the profiles that the platform would hold.

What it takes in otherwise than it stands there is told by `taken_differently`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from services.matcher.evaluation.dataset import Corpus
from services.matcher.evaluation.dataset import Organisation as DatasetOrganisation
from services.matcher.evaluation.dataset import Statement as DatasetStatement
from shared.contracts.base import OrganisationId
from shared.contracts.organisation import (
    Capability,
    Collaboration,
    Kind,
    Language,
    Names,
    Need,
    Organisation,
)

MOST_STATEMENTS = 500
SHORTEST, LONGEST = 5, 8000
"""Characters of a statement, and how many a side may have: the contract's own limits."""
SHORTEST_QUESTION = 2
"""Characters of a searched text: the contract's own limit."""
LONGEST_LINE = 300
"""Characters of a name, a city or an activity."""
MOST_COLLABORATIONS = 5000
UNKNOWN_COUNTRY = "ZZ"
"""Left to users by ISO 3166-1."""

_COUNTRY = re.compile(r"[A-Z]{2}")
_ID: TypeAdapter[str] = TypeAdapter(OrganisationId)
_Stated = TypeVar("_Stated", Capability, Need)


@dataclass
class PlatformCorpus:
    """The profiles, and which id stands for which."""

    profiles: list[Organisation] = field(default_factory=list)
    taken_in: datetime = field(default_factory=lambda: datetime.now(UTC))
    ids: dict[str, str] = field(default_factory=dict)
    """The platform's id of each of the data set's; its own wherever the platform takes it."""


def on_the_platform(corpus: Corpus) -> PlatformCorpus:
    """Every organisation of the corpus as an active profile at version 1, taken in today.

    A data set does not say when a profile was last looked after, so none is stale.
    """
    result = PlatformCorpus(ids={one.id: platform_id(one.id) for one in corpus.organisations})
    for one in corpus.organisations:
        result.profiles.append(_profile(one, result))
    return result


def stated_needs(corpus: Corpus) -> list[Organisation]:
    """The texts of the queries, each as the need of an organisation that offers nothing."""
    now = datetime.now(UTC)
    texts = [one.text for one in corpus.queries if one.text is not None]
    return [
        Organisation(
            id=f"asks-{number}",
            kind=Kind.OTHER,
            names=Names(en=f"Query {number}"),
            country=UNKNOWN_COUNTRY,
            needs=(Need(id="n", text=text[:LONGEST]),),
            version=1,
            created_at=now,
            updated_at=now,
        )
        for number, text in enumerate(dict.fromkeys(texts))
        if len(text.strip()) >= SHORTEST
    ]


def platform_id(identifier: str) -> str:
    """The same id, or a digest of one that the platform's paths could not hold."""
    try:
        return _ID.validate_python(identifier)
    except ValidationError:
        return f"id-{blake2b(identifier.encode(), digest_size=16).hexdigest()}"


def _profile(one: DatasetOrganisation, corpus: PlatformCorpus) -> Organisation:
    return Organisation(
        id=corpus.ids[one.id],
        kind=one.kind,
        names=Names(en=one_line(one.name) or one.id[:LONGEST_LINE]),
        country=country_of(one.country) or UNKNOWN_COUNTRY,
        city_name=one_line(one.city),
        activity=one_line(one.activity),
        collaborations=_collaborations(one, corpus),
        capabilities=_stated(Capability, "c", one.capabilities),
        needs=_stated(Need, "n", one.needs),
        version=1,
        created_at=corpus.taken_in,
        updated_at=corpus.taken_in,
    )


def _collaborations(one: DatasetOrganisation, corpus: PlatformCorpus) -> tuple[Collaboration, ...]:
    known = [c for c in one.collaborations if c.organisation in corpus.ids and c.count]
    known.sort(key=lambda c: -c.count)
    return tuple(
        Collaboration(organisation=corpus.ids[c.organisation], count=c.count)
        for c in known[:MOST_COLLABORATIONS]
    )


def _stated(
    kind: type[_Stated], prefix: str, found: Sequence[DatasetStatement]
) -> tuple[_Stated, ...]:
    """Newest first where there are too many."""
    long_enough = [one for one in found if len(one.text.strip()) >= SHORTEST]
    # Sorting is stable: those of one day, or of none, stay in their order.
    newest = sorted(long_enough, key=lambda one: one.date or "", reverse=True)[:MOST_STATEMENTS]
    return tuple(
        kind(
            id=f"{prefix}{number}",
            text=one.text.strip()[:LONGEST],
            language=language_of(one.lang),
            stated_on=date_of(one.date),
        )
        for number, one in enumerate(newest)
    )


def language_of(lang: str | None) -> Language | None:
    """None for others: they are left to the platform's detection, as on import."""
    return "zh" if lang == "zh" else "en" if lang == "en" else None


def one_line(text: str | None) -> str | None:
    """Without breaks, cut where it is too long; None for nothing."""
    return " ".join((text or "").split())[:LONGEST_LINE] or None


def country_of(text: str | None) -> str | None:
    """A code of two letters, or None."""
    code = (text or "").upper()
    return code if _COUNTRY.fullmatch(code) else None


def date_of(text: str | None) -> date | None:
    """A year, or a year and a month, stand for their first day; anything else for none."""
    full = (text or "") + {4: "-01-01", 7: "-01"}.get(len(text or ""), "")
    try:
        return date.fromisoformat(full)
    except ValueError:
        return None
