"""Reading the rules from data/screening.

`frames.json` has what several rules share: `words` (named parts of patterns, written `<name>`),
`frames` (named lists of exceptions) and `counterparts` (sentences that no rule is about).
`likeness.json` has thresholds by model. Every other file is one rule. In a pattern `...` is a
gap: up to 14 characters in Chinese, 45 in English.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from shared.contracts.screening import ScreeningRule
from shared.screening.rules import Likeness, Rule, RuleBook

_GAPS = {"zh": ".{0,14}?", "en": ".{0,45}?"}
_SHARED = ("frames.json", "likeness.json")


@cache
def load_rules() -> RuleBook:
    """The rules that come with the platform; read once. Raises FileNotFoundError, re.error."""
    folder = files("data") / "screening"
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".json")
    }
    return rule_book(texts)


def rule_book(texts: Mapping[str, str]) -> RuleBook:
    """The rules in these files' texts, by file name; the version names their content."""
    content = {name: json.loads(text) for name, text in texts.items()}
    frames = content["frames.json"]
    rules = [_rule(one, frames) for name, one in content.items() if name not in _SHARED]
    newest = max(rule.told.since for rule in rules)
    # Thresholds of likeness too: what they let pass before is compared again.
    digest = hashlib.sha256("\n".join(f"{n}\n{t}" for n, t in sorted(texts.items())).encode())
    return RuleBook(
        version=f"{newest.isoformat()}-{digest.hexdigest()[:12]}",
        rules=tuple(sorted(rules, key=lambda rule: rule.id)),
        likeness={
            model: Likeness(**thresholds) for model, thresholds in content["likeness.json"].items()
        },
        counterparts={k: tuple(v) for k, v in frames["counterparts"].items()},
    )


def _rule(content: Mapping[str, Any], frames: Mapping[str, Any]) -> Rule:
    words = {**frames["words"], **content.get("words", {})}
    told = {name: value for name, value in content.items() if name in ScreeningRule.model_fields}

    def compiled(which: str) -> tuple[re.Pattern[str], ...]:
        return tuple(_compiled(content.get(which, {}), words))

    shared = [
        pattern
        for name in content.get("frames", [])
        for pattern in _compiled(frames["frames"][name], words)
    ]
    return Rule(
        told=ScreeningRule.model_validate(told),
        patterns={
            language: tuple(_compiled({language: some}, words))
            for language, some in content["patterns"].items()
        },
        exceptions=(*shared, *compiled("exceptions")),
        always=compiled("always"),
        prototypes={k: tuple(v) for k, v in content["prototypes"].items()},
        counterparts={k: tuple(v) for k, v in content["counterparts"].items()},
    )


def _compiled(
    by_language: Mapping[str, Iterable[str]], words: Mapping[str, str]
) -> Iterable[re.Pattern[str]]:
    for language, patterns in by_language.items():
        for pattern in patterns:
            whole = re.sub(r"<([a-z_]+)>", lambda match: f"(?:{words[match[1]]})", pattern)
            whole = re.sub(r"<([a-z_]+)>", lambda match: f"(?:{words[match[1]]})", whole)
            # ASCII: a Latin word ends where Chinese begins.
            yield re.compile(whole.replace("...", _GAPS[language]), re.ASCII)
