"""A data set's organisations as the profiles that the platform would hold."""

import re
from collections import Counter
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
    left_out: Counter[str] = field(default_factory=Counter)
    """What the platform would not have accepted, and how often."""

    @property
    def notes(self) -> tuple[str, ...]:
        """For whoever reads the figures."""
        return tuple(f"{count} x {what}" for what, count in self.left_out.items())


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
    name = " ".join(one.name.split())[:300] or one.id[:300]
    country = (one.country or "").upper()
    return Organisation(
        id=corpus.ids[one.id],
        kind=one.kind,
        names=Names(en=name),
        country=country if _COUNTRY.fullmatch(country) else UNKNOWN_COUNTRY,
        city_name=_line(one.city),
        activity=_line(one.activity),
        collaborations=_collaborations(one, corpus),
        capabilities=_stated(Capability, "c", one.capabilities, corpus.left_out),
        needs=_stated(Need, "n", one.needs, corpus.left_out),
        version=1,
        created_at=corpus.taken_in,
        updated_at=corpus.taken_in,
    )


def _collaborations(one: DatasetOrganisation, corpus: PlatformCorpus) -> tuple[Collaboration, ...]:
    known = [c for c in one.collaborations if c.organisation in corpus.ids and c.count]
    known.sort(key=lambda c: -c.count)
    return tuple(
        Collaboration(organisation=corpus.ids[c.organisation], count=c.count) for c in known[:5000]
    )


def _stated(
    kind: type[_Stated], prefix: str, found: Sequence[DatasetStatement], left_out: Counter[str]
) -> tuple[_Stated, ...]:
    """Newest first where there are too many."""
    long_enough = [one for one in found if len(one.text.strip()) >= SHORTEST]
    cut = sum(len(one.text.strip()) > LONGEST for one in long_enough)
    # Sorting is stable: those of one day, or of none, stay in their order.
    newest = sorted(long_enough, key=lambda one: one.date or "", reverse=True)[:MOST_STATEMENTS]
    _count(left_out, f"statement shorter than {SHORTEST} characters", len(found), len(long_enough))
    _count(left_out, f"statement cut after {LONGEST} characters", cut, 0)
    _count(
        left_out,
        f"statement beyond an organisation's {MOST_STATEMENTS} newest",
        len(long_enough),
        len(newest),
    )
    return tuple(
        kind(
            id=f"{prefix}{number}",
            text=one.text.strip()[:LONGEST],
            language=_language(one.lang),
            stated_on=_date(one.date),
        )
        for number, one in enumerate(newest)
    )


def _count(left_out: Counter[str], what: str, before: int, after: int) -> None:
    if before > after:
        left_out[what] += before - after


def _language(lang: str | None) -> Language | None:
    """Others are left to the platform's detection, as on import."""
    return "zh" if lang == "zh" else "en" if lang == "en" else None


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split())[:300] or None


def _date(text: str | None) -> date | None:
    """A year, or a year and a month, stand for their first day; anything else for none."""
    full = (text or "") + {4: "-01-01", 7: "-01"}.get(len(text or ""), "")
    try:
        return date.fromisoformat(full)
    except ValueError:
        return None
