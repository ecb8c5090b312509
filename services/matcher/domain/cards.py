"""What lists show of an organisation."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationCard:
    """Public facts; empty but for id and version once it is withdrawn or erased."""

    id: str
    version: int
    active: bool
    names: Mapping[str, str | None]
    kind: str | None
    country: str | None
    province: str | None
    city_name: str | None
    fields: tuple[str, ...]
    capacity: int
