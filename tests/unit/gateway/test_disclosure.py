"""The last check before an answer leaves, for every kind of reader."""

import pytest

from services.gateway import disclosure
from shared.contracts.organisation import Side, Status
from shared.contracts.principal import Principal, Role
from shared.contracts.why_not import NOT_FOR_MEMBERS, ReasonCode
from shared.errors import ProblemError
from tests.support.careless_services import (
    SECRET_TEXT,
    organisation,
    quote,
    search_page,
    suggestions,
    why_not,
)

OWNER = Principal(subject="o", role=Role.MEMBER, organisation="a")
STRANGER = Principal(subject="s", role=Role.MEMBER, organisation="z")
COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)


@pytest.mark.parametrize(("reader", "shown"), [(OWNER, True), (COORDINATOR, True)])
def test_owner_and_coordinator_read_confidential_quotes(reader: Principal, shown: bool) -> None:
    found = disclosure.quote(quote("a", Side.NEED, confidential=True), reader)
    assert (found.text == SECRET_TEXT) is shown


def test_a_stranger_gets_neither_text_nor_what_tells_of_it() -> None:
    found = disclosure.quote(quote("a", Side.NEED, confidential=True), STRANGER)
    hidden = (found.text, found.id, found.language, found.necessity)
    assert hidden == (None, None, None, None)
    assert found.confidential


def test_numbers_of_a_pair_with_a_hidden_text_are_hidden() -> None:
    page = disclosure.suggestion_page(suggestions("a", "b"), OWNER)
    answers = [a for item in page.items for a in (*item.receives.answers, *item.gives.answers)]
    hidden = [a for a in answers if a.need.text is None or a.capability.text is None]
    assert hidden
    assert {(a.similarity, a.lexical) for a in hidden} == {(None, None)}


def test_open_quotes_are_for_everybody() -> None:
    statement = quote("a", Side.NEED, confidential=False)
    assert disclosure.quote(statement, STRANGER) == statement


def test_nothing_secret_of_a_partner_is_left_in_a_suggestion_page() -> None:
    shown = disclosure.suggestion_page(suggestions("a", "b"), OWNER).model_dump_json()
    assert "b-capability-secret" not in shown
    assert "b-need-secret" not in shown
    assert shown.count(SECRET_TEXT) == 1


@pytest.mark.parametrize("code", sorted(NOT_FOR_MEMBERS))
def test_a_reason_that_is_not_for_members_leaves_as_the_neutral_one(code: ReasonCode) -> None:
    answer = why_not("a", "b", code, ReasonCode.OTHER_KIND)
    shown = disclosure.why_not(answer, OWNER)
    assert [one.code for one in shown.reasons] == [ReasonCode.OTHER_KIND, ReasonCode.UNDISCLOSED]
    assert (shown.score, shown.receives, shown.gives, shown.partner) == (None, None, None, None)
    assert disclosure.why_not(answer, COORDINATOR) == answer


def test_why_not_quotes_no_secrets_and_is_for_the_asking_organisation() -> None:
    shown = disclosure.why_not(why_not("a", "b", ReasonCode.LOWER_SCORE), OWNER).model_dump_json()
    assert "b-capability-secret" not in shown
    assert shown.count(SECRET_TEXT) == 1
    with pytest.raises(ProblemError, match="own_organisation_only"):
        disclosure.why_not(why_not("a", "b", ReasonCode.LOWER_SCORE), STRANGER)


def test_a_suggestion_page_of_another_organisation_is_refused() -> None:
    with pytest.raises(ProblemError, match="own_organisation_only"):
        disclosure.suggestion_page(suggestions("b", "c"), OWNER)


def test_pages_are_unchanged_for_those_who_see_everything_and_never_mutated() -> None:
    page = search_page("a", "b")
    before = page.model_dump_json()
    assert disclosure.search_page(page, COORDINATOR) is page
    disclosure.search_page(page, STRANGER)
    assert page.model_dump_json() == before


def test_hits_that_rest_on_confidential_statements_alone_are_no_hits() -> None:
    found = disclosure.search_page(search_page("b"), STRANGER)
    assert [(hit.score, len(hit.matches)) for hit in found.items] == [(0.4, 1)]


def test_a_withdrawn_organisation_is_not_found_for_strangers() -> None:
    gone = organisation("a", status=Status.WITHDRAWN)
    with pytest.raises(ProblemError, match="not_found"):
        disclosure.organisation(gone, STRANGER)
    assert disclosure.organisation(gone, OWNER) == gone
