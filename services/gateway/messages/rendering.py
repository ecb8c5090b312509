"""A message in the reader's language. Pure."""

import unicodedata

from services.gateway.messages.wording import WORDING
from shared.contracts.messages import About, MessageKind, NamedOrganisation
from shared.contracts.organisation import Language

_DIRECTIONS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LEFT = {"zh": "已退出的机构", "en": "an organisation that has left"}
_A_CALL = {"zh": "一项征集", "en": "a call"}
_NOBODY_NAMED = {"zh": "平台", "en": "the platform"}
"""Whose call it is where coordinators publish it."""
_QUOTED = {"zh": "征集“{}”", "en": "the call \u201c{}\u201d"}
_LONGEST_NAME = 120
_FOR_STAFF = (MessageKind.MATCH_REQUESTED, MessageKind.MATCH_READY, MessageKind.MATCH_ASSIGNED)
"""Coordinators have a page of their own for a match."""
_PATHS = {
    MessageKind.WEBHOOK_DISABLED: "/console/webhooks",
    MessageKind.JOIN_ASKED: "/console/people?waiting=yes",
    MessageKind.JOIN_REFUSED: "/console/start",
}


def title_of(kind: MessageKind, about: About, language: Language) -> str:
    """One line."""
    wording = WORDING[kind]
    template = wording.title_zh if language == "zh" else wording.title_en
    return template.format_map(_values(about, language))


def text_of(kind: MessageKind, about: About, language: Language) -> str:
    """A short paragraph, and the best new hits of a search in lines of their own."""
    wording = WORDING[kind]
    template = wording.text_zh if language == "zh" else wording.text_en
    said = template.format_map(_values(about, language))
    return "\n".join([said, *(f"- {name_of(one, language)}" for one in about.organisations)])


def name_of(organisation: NamedOrganisation, language: Language) -> str:
    """Its name in the language, or in the other where it has only that."""
    names = organisation.names
    if names is None:
        return _LEFT[language]
    return plain((names.en if language == "en" else None) or names.display)


def plain(text: str) -> str:
    """One line without control characters and marks of direction, which could turn it around."""
    kept = (one for one in text if one not in _DIRECTIONS and unicodedata.category(one) != "Cc")
    return "".join(kept)[:_LONGEST_NAME]


def path_of(kind: MessageKind, about: About) -> str | None:
    """Where in the console the message leads."""
    if about.match_id:
        page = "matches" if kind in _FOR_STAFF else "introductions"
        return f"/console/{page}/{about.match_id}"
    if about.call_id:
        return f"/console/calls/{about.call_id}"
    if about.flag_id:
        staff = kind is MessageKind.POLICY_APPEALED
        return f"/console/{'policy-flags' if staff else 'policy'}/{about.flag_id}"
    if kind is MessageKind.SEARCH_HITS:
        return f"/console/saved-searches/{about.saved_search_id}"
    return _PATHS.get(kind, "/console/profile")


def _values(about: About, language: Language) -> dict[str, object]:
    return {
        "other": name_of(about.organisation, language)
        if about.organisation
        else _NOBODY_NAMED[language],
        "call": _QUOTED[language].format(plain(about.name)) if about.name else _A_CALL[language],
        "count": about.count,
        "name": plain(about.name or ""),
        "on": about.on,
    }
