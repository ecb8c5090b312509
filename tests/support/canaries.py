"""Secrets with a unique word each, stored in every private field of a running platform.

Whoever may read a secret is said with it, so that a test can hold every answer against it.
"""

import re
import time
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from tests.support.readers import OTHER, OWNED, Readers
from tests.support.truth import query

GONE, ERASED = "mx-canary-gone", "mx-canary-erased"
STAFF = frozenset({"coordinator", "batch", "operator"})
CAPACITIES = {OWNED: 947, OTHER: 953}
SECRET_FIELDS = {OWNED: "near-eye-microdisplay", OTHER: "mid-air-haptics"}
"""A field that only a confidential statement of the organisation has."""


@dataclass(frozen=True)
class Secret:
    """What is stored where, and who may read it."""

    place: str
    word: str
    readers: frozenset[str]

    def is_in(self, text: str) -> bool:
        """Whether a text tells it; numbers count as whole numbers only."""
        exact = re.escape(self.word)
        pattern = rf"(?<![\w.-]){exact}(?![\w.-])" if self.word.isdigit() else exact
        return re.search(pattern, text, re.IGNORECASE) is not None


@dataclass
class Canaries:
    """Makes the words and remembers them."""

    secrets: list[Secret] = field(default_factory=list)

    def word(self, place: str, readers: frozenset[str]) -> str:
        """A word that occurs nowhere else."""
        word = "zq" + blake2b(place.encode(), digest_size=5).hexdigest()
        self.keep(place, word, readers)
        return word

    def keep(self, place: str, word: str, readers: frozenset[str]) -> None:
        """Remember a word that somebody else made."""
        self.secrets.append(Secret(place, word, readers))

    def seen_in(self, text: str) -> set[str]:
        """The places whose secret a text tells."""
        return {secret.place for secret in self.secrets if secret.is_in(text)}

    def readable_by(self, reader: str) -> set[str]:
        """The places that a reader may know."""
        return {secret.place for secret in self.secrets if reader in secret.readers}


def private_profile(canaries: Canaries, owner: str, reader: str) -> dict[str, Any]:
    """A profile with a secret in every private field, beside open statements."""

    def word(place: str) -> str:
        return canaries.word(f"{owner} {place}", STAFF | {reader})

    def secret(side: str) -> dict[str, Any]:
        return {
            "id": word(f"{side} id"),
            "text": f"Unpublished {side} about {word(f'{side} text')} for potters",
            "facets": {"materials": word(f"{side} facet")},
            "fields": [SECRET_FIELDS[owner]],
            "visibility": "confidential",
        }

    canaries.keep(f"{owner} capacity", str(CAPACITIES[owner]), STAFF | {reader})
    return {
        "kind": "institution",
        "names": {"en": f"Canary {owner}"},
        "contacts": [
            {
                "name": word("contact name"),
                "email": f"{word('contact email')}@example.org",
                "phone": word("contact phone"),
                "role": word("contact role"),
            }
        ],
        "exclusions": [word("exclusion")],
        "capacity": CAPACITIES[owner],
        "capabilities": [
            {"id": "open-c", "text": "Glaze chemistry for porcelain from wood-fired kilns"},
            secret("capability"),
            # Open to all, were it not held by policy screening.
            {
                "id": word("held id"),
                "text": f"Second-hand market with bidding for NFTs of {word('held text')}",
                "facets": {"materials": word("held facet")},
            },
        ],
        "needs": [
            {"id": "open-n", "text": "Somebody to log kiln temperatures day and night"},
            secret("need"),
        ],
    }


def store_canaries(readers: Readers) -> Canaries:
    """Two organisations with secrets of their own, departed ones, and what staff works with."""
    canaries = Canaries()
    for owner, reader in ((OWNED, "owner"), (OTHER, "other")):
        _store_with_history(readers, canaries, owner, reader)
        _store_key(readers, canaries, owner, frozenset({reader, "operator"}))
    _store_departed(readers, canaries)
    _store_pair_constraint(readers, canaries)
    _store_appeal(readers, canaries)
    _store_call(readers, canaries)
    _store_import(readers, canaries)
    _store_match(readers, canaries)
    _store_dead_letter(readers, canaries)
    readers.stack.wait_searchable()
    return canaries


def _store_with_history(readers: Readers, canaries: Canaries, owner: str, reader: str) -> None:
    path, body = f"/v1/organisations/{owner}", private_profile(canaries, owner, reader)
    once = canaries.word(f"{owner} history", frozenset({reader, "coordinator", "operator"}))
    earlier = {**body, "needs": [{"id": "earlier", "text": f"Once open to all: {once}"}]}
    first = readers.operator("PUT", path, json=earlier, headers={"If-None-Match": "*"})
    readers.operator("PUT", path, json=body, headers={"If-Match": first.headers["etag"]})


def _store_key(readers: Readers, canaries: Canaries, owner: str, who: frozenset[str]) -> None:
    body = {"label": canaries.word(f"{owner} key label", who), "organisation": owner}
    made = readers.operator("POST", "/v1/api-keys", json=body).json()
    canaries.keep(f"{owner} key prefix", made["prefix"], who)
    canaries.keep(f"{owner} key itself", made["key"].split("_", 2)[2], frozenset())


def _store_departed(readers: Readers, canaries: Canaries) -> None:
    for one, who in ((GONE, STAFF), (ERASED, frozenset[str]())):
        text = f"Porcelain glazes of {canaries.word(f'{one} text', who)}"
        name = canaries.word(f"{one} name", who)
        body = {
            "kind": "other",
            "names": {"en": name},
            "capabilities": [{"id": "c1", "text": text}],
        }
        path = f"/v1/organisations/{one}"
        readers.operator("PUT", path, json=body, headers={"If-None-Match": "*"})
    readers.operator("DELETE", f"/v1/organisations/{GONE}", headers={"If-Match": "*"})
    readers.operator("POST", f"/v1/organisations/{ERASED}/erasure")


def _store_pair_constraint(readers: Readers, canaries: Canaries) -> None:
    reason = canaries.word("pair constraint", frozenset({"coordinator", "operator"}))
    path = f"/v1/organisations/{OWNED}/pair-constraints/{GONE}/conflict_of_interest"
    readers.operator("PUT", path, json={"reason": reason})


def _store_match(readers: Readers, canaries: Canaries) -> None:
    """Asked for by one, declined by the other, with remarks of the coordinators between."""
    deciding = frozenset({"coordinator", "operator"})

    def word(place: str, *more: str) -> str:
        return canaries.word(f"match {place}", deciding | set(more))

    body = {"organisation": OWNED, "other": OTHER, "text": word("request", "owner")}
    made = readers.ask("owner", "POST", "/v1/matches", json=body).raise_for_status().json()
    path = f"/v1/matches/{made['id']}"
    readers.operator("POST", f"{path}/comments", json={"text": word("comment")})
    marks = {"fit": 3, "strength": 3, "feasibility": 3, "benefit": 3}
    score = {"scores": marks, "text": word("score")}
    readers.operator("POST", f"{path}/scores", json=score)
    assigned = {"assignee": word("assignee")}
    readers.operator("POST", f"{path}/assignment", json=assigned, headers={"If-Match": "*"})
    for decision in ("approve", "ask"):
        decided = {
            "decision": decision,
            "text": word("decision") if decision == "approve" else None,
        }
        readers.operator("POST", f"{path}/decision", json=decided, headers={"If-Match": "*"})
    no = {"answer": "declined", "reasons": ["other"], "text": word("refusal", "other")}
    readers.ask("other", "POST", f"{path}/response", json=no).raise_for_status()


def _store_appeal(readers: Readers, canaries: Canaries) -> None:
    """Turned down, with a reason that its author reads."""
    who = frozenset({"owner", "coordinator", "operator"})
    listed = readers.operator("GET", "/v1/policy-flags", params={"organisation": OWNED}).json()
    flag = listed["items"][0]
    path, version = f"/v1/policy-flags/{flag['id']}", {"If-Match": f'"{flag["version"]}"'}
    appeal = {"text": f"Research only: {canaries.word('appeal', who)}"}
    asked = readers.ask("owner", "POST", f"{path}/appeal", json=appeal, headers=version)
    asked.raise_for_status()
    decision = {"decision": "upheld", "reason": f"It sells: {canaries.word('clearing', who)}"}
    version = {"If-Match": asked.headers["etag"]}
    readers.operator("POST", f"{path}/clearing", json=decision, headers=version)


def _store_call(readers: Readers, canaries: Canaries) -> None:
    """A draft, which its publisher and staff read."""

    def word(place: str) -> str:
        return canaries.word(f"call {place}", STAFF)

    draft = {
        "title": f"Glazes of {word('title')}",
        "summary": f"About {word('summary')}",
        "requirements": [{"id": "r1", "text": f"Porcelain kilns for {word('requirement')}"}],
    }
    readers.operator("POST", "/v1/calls", json=draft)


def _store_import(readers: Readers, canaries: Canaries) -> None:
    row = f'{{"id": "{canaries.word("import problem", STAFF)}", "kind": "other"}}\n'
    params = {"format": "jsonl", "file_name": canaries.word("import file", STAFF)}
    job = readers.operator("POST", "/v1/imports", params=params, content=row.encode()).json()
    while job["status"] not in {"done", "failed"}:
        time.sleep(0.05)
        job = readers.operator("GET", f"/v1/imports/{job['id']}").json()


def _store_dead_letter(readers: Readers, canaries: Canaries) -> None:
    word = canaries.word("dead letter", frozenset({"operator"}))
    query(
        readers.stack.database_urls["matcher"],
        "insert into dead_letter (fingerprint, organisation_id, version, subject, reason, "
        "deliveries) values ($1, $2, 1, 'profiles.organisation.changed.v1', $3, 5)",
        word.encode(),
        word,
        word,
    )
