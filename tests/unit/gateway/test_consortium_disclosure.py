"""Consortia that a careless matcher let rest on confidential statements."""

import pytest

from services.gateway.consortium_disclosure import consortium_answer
from shared.contracts.consortia import (
    Candidate,
    Cell,
    ConsortiumAnswer,
    Member,
    Promise,
    Proposal,
    RequirementView,
    Row,
    Said,
)
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal, Role
from tests.support.careless_services import SECRET_TEXT, quote, search_page

PAGE = search_page("b")
PARTNER = PAGE.items[0].partner
SAID = Said(zh="", en="")


def answer(*, confidential: bool) -> ConsortiumAnswer:
    statement = quote("b", Side.CAPABILITY, confidential=confidential)
    cell = Cell(organisation="b", score=0.9, covers=True, statement=statement)
    member = Member(
        partner=PARTNER,
        fixed=False,
        contribution=0.9,
        covers_best=("r",),
        covers_alone=("r",),
        why=(),
        alternatives=(),
    )
    promise = Promise(
        share_of_best=1, method="greedy", cover_factor=None, fill_factor=None, said=SAID
    )
    proposal = Proposal(
        rank=1,
        coverage=0.9,
        complete=True,
        members=(member,),
        matrix=(Row(requirement="r", covered_by="b", cells=(cell,)),),
        uncovered=(),
        differs_by=None,
        promise=promise,
    )
    view = RequirementView(
        id="r",
        text="waveguides",
        must_have=True,
        language="en",
        weight=1,
        covering=1,
        best=(Candidate(partner=PARTNER, cell=cell),),
    )
    return ConsortiumAnswer(
        title="A call",
        feasible=True,
        requirements=(view,),
        proposals=(proposal,),
        freshness=PAGE.freshness,
    )


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        (Principal(subject="c", role=Role.COORDINATOR), True),
        (Principal(subject="o", role=Role.MEMBER, organisation="b"), True),
        (Principal(subject="s", role=Role.MEMBER, organisation="z"), False),
    ],
)
def test_what_rests_on_a_secret_is_for_its_owner_and_staff(reader: Principal, shown: bool) -> None:
    told = consortium_answer(answer(confidential=True), reader)
    assert (SECRET_TEXT in told.model_dump_json()) is shown
    assert bool(told.proposals) is shown
    assert told.requirements[0].covering == int(shown)


def test_what_everybody_may_read_stays() -> None:
    reader = Principal(subject="s", role=Role.MEMBER, organisation="z")
    assert consortium_answer(answer(confidential=False), reader) == answer(confidential=False)
