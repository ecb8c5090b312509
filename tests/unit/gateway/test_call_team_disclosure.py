"""The last check before a team's contacts leave, whatever the matcher sent."""

import pytest

from services.gateway.call_disclosure import call_team
from shared.contracts.calls import CallTeam, TeamMember
from shared.contracts.organisation import Contact
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from tests.support.careless_services import MOMENT

SECRET = Contact(name="SECRET person", email="secret@example.org")
TEAM = CallTeam(
    call_id="0" * 32,
    introduced_at=MOMENT,
    publisher=TeamMember(organisation="pub", contacts=(SECRET,)),
    members=(TeamMember(organisation="a", requirements=("r1",), contacts=(SECRET,)),),
)


@pytest.mark.parametrize("organisation", ["pub", "a"])
def test_the_team_and_its_publisher_read_all_of_it(organisation: str) -> None:
    reader = Principal(subject="m", role=Role.MEMBER, organisation=organisation)
    assert call_team(TEAM, reader) == TEAM


@pytest.mark.parametrize("role", [Role.MEMBER, Role.BATCH])
def test_nobody_else_reads_a_contact(role: Role) -> None:
    organisation = "stranger" if role is Role.MEMBER else None
    with pytest.raises(ProblemError) as raised:
        call_team(TEAM, Principal(subject="m", role=role, organisation=organisation))
    assert raised.value.code == "not_found"
