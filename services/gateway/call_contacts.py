"""A closed call's team with names and contacts: the matcher says who may, the profiles service
whom to talk to."""

from services.gateway.call_disclosure import call_team
from services.gateway.forwarding import read_answer
from services.gateway.match_contacts import active_ones
from shared.clients.service_client import ServiceClient
from shared.contracts.calls import CallTeam, TeamMember
from shared.contracts.organisation import Organisation
from shared.contracts.principal import Principal


async def team_of(
    matcher: ServiceClient, profiles: ServiceClient, call_id: str, reader: Principal
) -> CallTeam:
    """Asked for anew each time: who is gone is named by its id alone.

    Raises ProblemError `not_found` or `contacts_closed`.
    """
    answer = await matcher.call("GET", f"/calls/{call_id}/team", principal=reader)
    team = call_team(read_answer(CallTeam, answer), reader)
    everybody = [*team.members, *([team.publisher] if team.publisher else [])]
    known = await active_ones(profiles, [one.organisation for one in everybody])
    publisher = _with_contacts(team.publisher, known) if team.publisher else None
    members = tuple(_with_contacts(one, known) for one in team.members)
    return team.model_copy(update={"publisher": publisher, "members": members})


def _with_contacts(member: TeamMember, known: dict[str, Organisation]) -> TeamMember:
    found = known.get(member.organisation)
    if found is None:
        return member
    return member.model_copy(update={"names": found.names, "contacts": found.contacts})
