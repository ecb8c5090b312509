"""The menu: what each role finds where. Areas add their lines."""

from dataclasses import dataclass

from services.gateway.console.translation import sentence
from shared.contracts.principal import Role

_STAFF = frozenset({Role.COORDINATOR, Role.OPERATOR})
_MEMBER = frozenset({Role.MEMBER})
_OPERATOR = frozenset({Role.OPERATOR})


@dataclass(frozen=True)
class Entry:
    """A line of the menu. `group` makes headings; `icon` is a symbol of templates/icons.html."""

    path: str
    name: str
    roles: frozenset[Role]
    icon: str
    group: str


_WORK = sentence("Daily work")
_INSIGHT = sentence("Overview")
_PLATFORM = sentence("Platform")
_OWN = sentence("My organisation")

MENU: tuple[Entry, ...] = (
    Entry("/console/suggestions", sentence("Suggestions"), _MEMBER, "star", _OWN),
    Entry("/console/introductions", sentence("Introductions"), _MEMBER, "people", _OWN),
    Entry("/console/search", sentence("Search"), _MEMBER, "search", _OWN),
    Entry("/console/invitations", sentence("Invitations"), _MEMBER, "bell", _OWN),
    Entry("/console/calls", sentence("Calls"), _MEMBER, "call", _OWN),
    Entry("/console/inbox", sentence("Inbox"), _MEMBER, "inbox", _OWN),
    Entry("/console/profile", sentence("Profile"), _MEMBER, "edit", _OWN),
    Entry("/console/policy", sentence("Policy notes"), _MEMBER, "flag", _OWN),
    Entry("/console/my-data", sentence("My data"), _MEMBER, "download", _OWN),
    Entry("/console/queue", sentence("Review queue"), _STAFF, "queue", _WORK),
    Entry("/console/calls", sentence("Calls"), _STAFF, "call", _WORK),
    Entry("/console/search", sentence("Search"), _STAFF, "search", _WORK),
    Entry("/console/inbox", sentence("Inbox"), _STAFF, "inbox", _WORK),
    Entry("/console/organisations", sentence("Organisations"), _STAFF, "building", _WORK),
    Entry("/console/policy-flags", sentence("Policy flags"), _STAFF, "flag", _WORK),
    Entry("/console/insights", sentence("Network"), _STAFF, "network", _INSIGHT),
    Entry("/console/insights/coverage", sentence("Gaps"), _STAFF, "grid", _INSIGHT),
    Entry("/console/insights/exposure", sentence("Exposure"), _STAFF, "chart", _INSIGHT),
    Entry("/console/insights/funnel", sentence("Way and pace"), _STAFF, "status", _INSIGHT),
    Entry("/console/jobs", sentence("Rematch"), _STAFF, "status", _PLATFORM),
    Entry("/console/learning", sentence("Learning"), _STAFF, "chart", _PLATFORM),
    Entry("/console/audit", sentence("Audit trail"), _STAFF, "audit", _PLATFORM),
    Entry("/console/people", sentence("Users"), _STAFF, "people", _PLATFORM),
    Entry("/console/api-keys", sentence("API keys"), _OPERATOR, "key", _PLATFORM),
    Entry("/console/status", sentence("System status"), _STAFF, "status", _PLATFORM),
)


def menu(role: Role, path: str) -> list[tuple[str, list[tuple[Entry, bool]]]]:
    """Groups with their entries, and whether an entry is the current one (the longest match)."""
    seen = [entry for entry in MENU if role in entry.roles]
    current = max(
        (e for e in seen if path == e.path or path.startswith(f"{e.path}/")),
        key=lambda entry: len(entry.path),
        default=None,
    )
    groups: dict[str, list[tuple[Entry, bool]]] = {}
    for entry in seen:
        groups.setdefault(entry.group, []).append((entry, entry is current))
    return list(groups.items())


def home_of(role: Role) -> str:
    """Where somebody lands after the login: the first line of the own menu."""
    return next((entry.path for entry in MENU if role in entry.roles), "/console/account")
