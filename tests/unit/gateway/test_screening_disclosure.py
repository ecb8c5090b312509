"""What policy screening found leaves the platform for staff and its own organisation only."""

from datetime import UTC, datetime

import pytest

from services.gateway import disclosure, screening_disclosure
from shared.contracts.clarity import SavedOrganisation
from shared.contracts.organisation import Capability, Kind, Names, Side
from shared.contracts.principal import Principal, Role
from shared.contracts.screening import (
    Bilingual,
    FlagEvent,
    FlagState,
    FoundBy,
    PolicyFlag,
    PolicyFlagPage,
    Severity,
)
from shared.errors import ProblemError

NOW = datetime(2026, 11, 24, tzinfo=UTC)
OWNER = Principal(subject="o", role=Role.MEMBER, organisation="a")
STRANGER = Principal(subject="s", role=Role.MEMBER, organisation="z")
COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
WORDS = Bilingual(zh="字", en="words")
FLAG = PolicyFlag(
    id="pf-0123456789abcdef",
    version=2,
    organisation="a",
    statement="held",
    side=Side.CAPABILITY,
    text="SECRET text",
    rule="some-rule",
    severity=Severity.HOLD,
    title=WORDS,
    explanation=WORDS,
    what_to_change=WORDS,
    found_by=FoundBy.EMBEDDING,
    similarity=0.7,
    state=FlagState.OPEN,
    held=True,
    raised_at=NOW,
    changed_at=NOW,
    history=(
        FlagEvent(
            number=1,
            flag="pf-0123456789abcdef",
            organisation="a",
            action="raised",
            state=FlagState.OPEN,
            by="coordinator chen",
            at=NOW,
        ),
    ),
)


def test_a_stranger_gets_no_flag() -> None:
    with pytest.raises(ProblemError) as refused:
        screening_disclosure.policy_flag(FLAG, STRANGER)
    assert refused.value.code == "not_found"
    page = PolicyFlagPage(items=(FLAG,))
    assert screening_disclosure.policy_flag_page(page, STRANGER).items == ()


def test_members_learn_neither_names_of_staff_nor_similarities() -> None:
    shown = screening_disclosure.policy_flag(FLAG, OWNER)
    assert shown.text == "SECRET text"
    assert shown.similarity is None
    assert [event.by for event in shown.history] == [None]
    assert screening_disclosure.policy_flag(FLAG, COORDINATOR) == FLAG


def test_a_held_statement_leaves_for_its_owner_and_staff_only() -> None:
    saved = SavedOrganisation(
        id="a",
        version=1,
        created_at=NOW,
        updated_at=NOW,
        kind=Kind.OTHER,
        names=Names(en="A"),
        capabilities=(
            Capability(id="held", text="SECRET text"),
            Capability(id="open", text="open text"),
        ),
        held=("held",),
        flags=(FLAG,),
    )
    shown = disclosure.saved_organisation(saved, STRANGER)
    assert "SECRET" not in shown.model_dump_json()
    assert "held" not in shown.model_dump_json(exclude={"flags"})
    assert shown.flags == ()
    assert disclosure.organisation(saved, STRANGER).held == ()
    assert disclosure.saved_organisation(saved, OWNER).held == ("held",)
