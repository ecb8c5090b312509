"""How much of a profile is filled in, and what is missing. Pure."""

from dataclasses import dataclass

from services.gateway.console.translation import sentence
from shared.contracts.organisation import Organisation


@dataclass(frozen=True)
class Completeness:
    """`share` is 0 to 1; `missing` are sentences."""

    share: float
    missing: tuple[str, ...]


def completeness(found: Organisation) -> Completeness:
    """What helps matching and introductions: each counts the same."""
    names = found.names
    has = {
        sentence("a name in both languages"): bool(names.zh and names.en),
        sentence("an identifier (ROR or Unified Social Credit Code)"): bool(
            found.ror or found.uscc
        ),
        sentence("where it is"): bool(found.province or found.city or found.city_name),
        sentence("a contact"): bool(found.contacts),
        sentence("fields"): bool(found.fields),
        sentence("capabilities"): bool(found.capabilities),
        sentence("needs"): bool(found.needs),
        sentence("readiness levels of capabilities"): any(c.readiness for c in found.capabilities),
    }
    missing = tuple(name for name, there in has.items() if not there)
    return Completeness(1 - len(missing) / len(has), missing)
