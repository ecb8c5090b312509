"""Organisations that the hub guard has flagged: near to far too many of the platform's needs.

GET /v1/hubs, for coordinators and operators.
"""

from shared.contracts.base import Contract, OrganisationId
from shared.contracts.organisation import Kind, Names


class Hub(Contract):
    """One of them."""

    organisation: OrganisationId
    names: Names
    kind: Kind
    excess: float
    """For how many needs it is among the ten nearest, by the most that an honest profile reaches;
    above 1. Its place in suggestions and searches is lowered by as much."""


class Hubs(Contract):
    """The most excessive first."""

    items: tuple[Hub, ...]
