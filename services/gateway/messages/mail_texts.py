"""E-mails as texts: one message, or many in a digest. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.gateway.messages.inbox_store import StoredMessage
from services.gateway.messages.rendering import path_of, plain, text_of, title_of
from shared.contracts.match_document import OrganisationContacts
from shared.contracts.messages import CATEGORY, Category
from shared.contracts.organisation import Contact, Language

_PLATFORM = {"zh": "合作 Hezuo", "en": "Hezuo 合作"}
_DIGEST = {"zh": "{count} 条未读消息", "en": "{count} messages for you"}
_FOOTER = {
    "zh": "您收到此邮件，是因为您在合作平台开启了通知。可随时更改通知方式：{link}",
    "en": "You get this e-mail because of your notification settings on Hezuo. Change them: {link}",
}
_CONTACTS = {"zh": "{name}的联系方式：", "en": "Whom to talk to at {name}:"}
_CATEGORIES: dict[Category, dict[str, str]] = {
    Category.MATCHES: {"zh": "对接", "en": "Matches"},
    Category.CALLS: {"zh": "征集", "en": "Calls"},
    Category.REMINDERS: {"zh": "提醒", "en": "Reminders"},
    Category.ALERTS: {"zh": "搜索提醒", "en": "Saved searches"},
    Category.PLATFORM: {"zh": "平台", "en": "Platform"},
}
_SETTINGS_PATH = "/console/notifications"
_MOST_SHOWN = 50


@dataclass(frozen=True)
class MailText:
    """What an e-mail says; the subject is one line."""

    subject: str
    body: str


def single_mail(
    message: StoredMessage,
    language: Language,
    public_url: str,
    contacts: OrganisationContacts | None = None,
) -> MailText:
    """One message; contacts come with an introduction alone."""
    title = title_of(message.kind, message.about, language)
    parts = [text_of(message.kind, message.about, language)]
    if contacts:
        parts.append(_contacts(contacts, language))
    if path := path_of(message.kind, message.about):
        parts.append(public_url + path)
    return MailText(_subject(title, language), _body(parts, language, public_url))


def digest_mail(messages: Sequence[StoredMessage], language: Language, public_url: str) -> MailText:
    """Titles and links by category, in the order of the messages."""
    shown = messages[:_MOST_SHOWN]
    parts = []
    for category in Category:
        if of_category := [one for one in shown if CATEGORY[one.kind] is category]:
            parts.append(_section(category, of_category, language, public_url))
    parts.append(f"{public_url}/console/inbox")
    title = _DIGEST[language].format(count=len(messages))
    return MailText(_subject(title, language), _body(parts, language, public_url))


def _section(
    category: Category, messages: Iterable[StoredMessage], language: Language, public_url: str
) -> str:
    lines = [f"[{_CATEGORIES[category][language]}]"]
    for message in messages:
        path = path_of(message.kind, message.about)
        lines.append(f"- {title_of(message.kind, message.about, language)}")
        lines += [f"  {public_url}{path}"] if path else []
    return "\n".join(lines)


def _contacts(contacts: OrganisationContacts, language: Language) -> str:
    names = contacts.names
    name = (names.en if names and language == "en" else None) or (names.display if names else "")
    people = [f"- {_person(contact)}" for contact in contacts.contacts]
    return "\n".join([_CONTACTS[language].format(name=plain(name)), *people])


def _person(contact: Contact) -> str:
    known = (contact.name, contact.role, contact.email, contact.phone)
    return ", ".join(plain(one) for one in known if one)


def _subject(title: str, language: Language) -> str:
    return f"{title} - {_PLATFORM[language]}"


def _body(parts: Sequence[str], language: Language, public_url: str) -> str:
    footer = _FOOTER[language].format(link=public_url + _SETTINGS_PATH)
    return "\n\n".join([*parts, f"-- \n{footer}"]) + "\n"
