"""What messages and e-mails say, and what they never say."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from services.gateway.messages.inbox_store import StoredMessage
from services.gateway.messages.mail_texts import digest_mail, single_mail
from services.gateway.messages.rendering import path_of, text_of, title_of
from services.gateway.messages.stale import Patience, note_of, reminders_for
from services.gateway.messages.wording import WORDING
from shared.contracts.match_document import OrganisationContacts
from shared.contracts.messages import About, MessageKind, NamedOrganisation
from shared.contracts.organisation import (
    Capability,
    Contact,
    Kind,
    Names,
    Need,
    Organisation,
    Status,
)

_MOMENT = datetime(2026, 11, 1, 8, tzinfo=UTC)
_ABOUT = About(
    match_id="0" * 32,
    organisation=NamedOrganisation(id="b", names=Names(zh="贝塔", en="Beta")),
    count=3,
    name="glass",
    on="2026-10-01",
)


@pytest.mark.parametrize("kind", MessageKind)
def test_every_kind_is_said_in_both_languages(kind: MessageKind) -> None:
    assert kind in WORDING
    for language in ("zh", "en"):
        said = title_of(kind, _ABOUT, language) + text_of(kind, _ABOUT, language)
        assert "{" not in said
        assert "\n" not in title_of(kind, _ABOUT, language)
        assert any("\u4e00" <= one <= "\u9fff" for one in said) is (language == "zh"), said
        assert path_of(kind, _ABOUT)


def test_members_and_coordinators_are_led_to_their_own_pages() -> None:
    assert path_of(MessageKind.MATCH_ASKED, _ABOUT) == f"/console/introductions/{'0' * 32}"
    assert path_of(MessageKind.MATCH_READY, _ABOUT) == f"/console/matches/{'0' * 32}"


def test_names_cannot_turn_the_text_around_or_break_a_line() -> None:
    names = Names(en="Evil\u202eOrg\u2066")
    about = _ABOUT.model_copy(update={"organisation": NamedOrganisation(id="b", names=names)})
    assert title_of(MessageKind.MATCH_ASKED, about, "en") == "A partner for you: EvilOrg"


def test_who_has_left_is_not_named() -> None:
    about = _ABOUT.model_copy(update={"organisation": NamedOrganisation(id="b")})
    assert "已退出的机构" in title_of(MessageKind.MATCH_CLOSED, about, "zh")


def _message(kind: MessageKind = MessageKind.MATCH_INTRODUCED) -> StoredMessage:
    return StoredMessage(uuid4(), "organisation:a", kind, _ABOUT, _MOMENT)


def test_an_introduction_carries_contacts_and_a_link() -> None:
    contact = Contact(name="Wang Fang", email="wang@beta.example", phone="025-1234")
    contacts = OrganisationContacts(
        organisation="b", names=Names(zh="贝塔", en="Beta"), contacts=(contact,)
    )
    mail = single_mail(_message(), "zh", "https://hezuo.example", contacts)
    assert "贝塔的联系方式：\n- Wang Fang, wang@beta.example, 025-1234" in mail.body
    assert f"https://hezuo.example/console/introductions/{'0' * 32}" in mail.body
    assert mail.subject == "已为贵方与贝塔牵线 - 合作 Hezuo"
    assert "wang@" not in single_mail(_message(), "zh", "https://hezuo.example").body


def test_a_digest_is_in_categories_with_its_number_in_the_subject() -> None:
    kinds = (MessageKind.SEARCH_HITS, MessageKind.MATCH_CLOSED, MessageKind.PROFILE_STALE)
    mail = digest_mail([_message(kind) for kind in kinds], "en", "https://hezuo.example")
    assert mail.subject.startswith("3 messages for you")
    places = [mail.body.index(f"[{name}]") for name in ("Matches", "Reminders", "Saved searches")]
    assert places == sorted(places)
    many = [replace(_message(), id=uuid4()) for _ in range(120)]
    assert digest_mail(many, "en", "").body.count("\n- ") == 50


def _organisation(updated: datetime, *statements: tuple[str, date | None]) -> Organisation:
    capabilities = tuple(
        Capability(id=name, text="Porcelain glazes", valid_until=end) for name, end in statements
    )
    return Organisation(
        kind=Kind.OTHER,
        names=Names(en="A"),
        id="a",
        version=1,
        created_at=updated,
        updated_at=updated,
        capabilities=capabilities,
        needs=(Need(id="n", text="A kiln that is large"),),
    )


def test_statements_near_and_past_their_date_are_reminded_of() -> None:
    today = date(2026, 11, 24)
    found = list(
        reminders_for(
            _organisation(
                datetime(2026, 11, 1, tzinfo=UTC),
                ("past", date(2026, 11, 1)),
                ("near", date(2026, 12, 1)),
                ("last-day", today),
                ("far", date(2027, 1, 1)),
                ("open", None),
            ),
            today,
            Patience(),
        )
    )
    assert {(one.statement, one.kind) for one in found} == {
        ("past", MessageKind.STATEMENTS_EXPIRED),
        ("near", MessageKind.STATEMENTS_EXPIRING),
        ("last-day", MessageKind.STATEMENTS_EXPIRING),
    }
    expiring = [one for one in found if one.kind is MessageKind.STATEMENTS_EXPIRING]
    about = note_of(expiring, today).about
    assert (about.count, about.on, set(about.statements)) == (
        2,
        "2026-11-24",
        {"near", "last-day"},
    )


def test_an_old_profile_is_reminded_of_again_after_a_while_and_a_withdrawn_one_never() -> None:
    old = _organisation(datetime(2026, 1, 1, tzinfo=UTC))

    def keys(today: date) -> set[str]:
        return {one.key for one in reminders_for(old, today, Patience())}

    assert not keys(date(2026, 6, 29))
    assert keys(date(2026, 6, 30)) == keys(date(2026, 9, 27)) != keys(date(2026, 9, 28))
    withdrawn = old.model_copy(update={"status": Status.WITHDRAWN})
    assert not list(reminders_for(withdrawn, date(2026, 12, 1), Patience()))
