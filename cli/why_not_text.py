"""Why an organisation is not suggested, in the terminal's language."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group
from rich.text import Text

from cli.language import name_in, terminal_language
from cli.suggestion_table import quote

_WORDS = {
    "en": {
        "score": "its score",
        "last": "the last one shown",
        "lower": "lower than the last one shown",
        "receives": "unmet needs of the asking organisation",
        "gives": "unmet needs of its own",
    },
    "zh": {
        "score": "其得分",
        "last": "所展示的最后一家",
        "lower": "低于所展示的最后一家的特征",
        "receives": "提问机构未被满足的需求",
        "gives": "其自身未被满足的需求",
    },
}


def why_not_text(answer: Mapping[str, Any]) -> Group:
    """The reasons, the strongest first, and what they rest on."""
    partner = answer.get("partner")
    name = f"{name_in(partner['names'])}  {answer['other']}" if partner else answer["other"]
    language = terminal_language()
    reasons = [Text(f"  {one[language]} ({one['code']})") for one in answer["reasons"]]
    details = [Text(f"  {line}", style="dim") for line in _details(answer, _WORDS[language])]
    return Group(Text(name, style="bold"), *reasons, *details)


def _details(answer: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    if answer["score"] is not None:
        line = f"{words['score']}: {answer['score']:.3f}"
        last = answer["last_shown_score"]
        yield line if last is None else f"{line}; {words['last']}: {last:.3f}"
    if lower := answer["lower_features"]:
        gaps = ", ".join(
            f"{one['name']} {one['contribution']:.2f} < {one['last_shown']:.2f}" for one in lower
        )
        yield f"{words['lower']}: {gaps}"
    for side in ("receives", "gives"):
        if answer[side] and answer[side]["unmet"]:
            yield f"{words[side]}:"
            yield from (f"  {quote(need)}" for need in answer[side]["unmet"])
