"""Which request id work is done under."""

import pytest

from shared.http.request_id import begin_turn, bind_request_id, current_request_id, working_for


@pytest.fixture(autouse=True)
def _before() -> None:
    bind_request_id("request-before")


def test_work_for_one_request_has_its_id_and_the_one_before_comes_back() -> None:
    with working_for(["request-one", "request-one"]) as given:
        assert given == current_request_id() == "request-one"
    assert current_request_id() == "request-before"


def test_work_for_several_has_an_id_of_its_own() -> None:
    with working_for(["request-one", "request-two"]) as given:
        assert given not in {"request-one", "request-two", "request-before"}


def test_work_for_nobody_known_has_an_id_too() -> None:
    with working_for([None]) as given:
        assert len(given) >= 8


def test_every_turn_of_a_loop_is_another_piece_of_work() -> None:
    seen = set()
    for _ in range(3):
        begin_turn()
        seen.add(current_request_id())
    assert len(seen) == 3
