"""Topics of the EU's funding portal as drafts of calls.

Their texts have lost the line breaks of their lists: an entry begins where a stop is followed by
no space. Entries of the scope that name work to be done become requirements, to be corrected by
whoever publishes the draft.
"""

import re
from collections.abc import Mapping
from typing import Any

_MOST = 12
_SHORTEST, _LONGEST = 40, 1200
_SECTION = re.compile(r"(Expected Outcome|Expected Impact|Objective|Scope|Challenge):")
_ENTRY = re.compile(r"(?<=[;:.,])(?=[^\s\d;:.,)\]\"'])|(?<=;)\s+")
_WORK = re.compile(
    r"^(?:and |or |to )?(?:[a-z]+ly )?(?:develop|design|build|creat|establish|investigat|analys"
    r"|assess|demonstrat|improv|integrat|identify|identif|provid|test|validat|explor|evaluat"
    r"|support|implement|produc|advanc|enhanc|optimi|model|monitor|map|deploy|study|determin"
    r"|address|promot|facilitat|elaborat|contribut|collect|characteri|draft)",
    re.IGNORECASE,
)
_BROKEN = re.compile("[âÃÂï][\u0080-\u2122]{1,2}")


def is_eu_record(record: Mapping[str, Any]) -> bool:
    """By the names that only the portal uses."""
    return "topicId" in record and "callIdentifier" in record


def eu_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a NewCall; what is too long for a field is cut at a word."""
    text = _mended(str(record.get("description") or ""))
    url = record.get("portalUrl")
    return {
        "title": cut(_line(str(record.get("title") or "")), 300),
        "summary": cut(_paragraphs(text), 20000),
        "kind": "challenge",
        "deadline": record.get("deadline") or None,
        "reference": cut(_line(str(record.get("topicId") or "")), 300) or None,
        "url": url if isinstance(url, str) and url.startswith("http") else None,
        "requirements": [
            {"id": f"r{number}", "text": text, "must_have": number <= 3}
            for number, text in enumerate(work_in(text), start=1)
        ],
    }


def work_in(text: str) -> list[str]:
    """Entries of the scope's lists, or of the whole text's, that name work; at most twelve."""
    sections = _sections(text)
    for part in (sections.get("Scope", ""), sections.get("Expected Outcome", ""), text):
        entries = [one.strip(" ;.,") for one in _ENTRY.split(part)]
        found = [cut(one, _LONGEST) for one in entries if _names_work(one)]
        if found:
            return list(dict.fromkeys(found))[:_MOST]
    return []


def cut(text: str, most: int) -> str:
    """At most so many characters, ended at a word."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _names_work(entry: str) -> bool:
    return len(entry) >= _SHORTEST and bool(_WORK.match(entry))


def _sections(text: str) -> dict[str, str]:
    parts = _SECTION.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=False))


def _paragraphs(text: str) -> str:
    return "\n".join(part.strip() for part in _ENTRY.split(text) if part.strip())


def _line(text: str) -> str:
    return " ".join(_mended(text).split())


def _mended(text: str) -> str:
    """UTF-8 that was once read as Windows-1252 becomes what it was."""
    return _BROKEN.sub(_reread, text.replace("\ufeff", "")).replace("\x00", "")


def _reread(match: re.Match[str]) -> str:
    try:
        return match[0].encode("cp1252").decode("utf-8").replace("\ufeff", "")
    except UnicodeError:
        return match[0]
