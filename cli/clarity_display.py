"""Clarity of statements with the questions about them."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Group
from rich.text import Text

from cli.language import terminal_language

_LABELS = {
    "en": {
        "vague": "too vague to match",
        "clear": "clear",
        "example": "for instance",
        "facets": {
            "materials": "materials",
            "methods": "methods",
            "effect": "effect",
            "product": "product",
            "application": "application",
        },
    },
    "zh": {
        "vague": "过于笼统,难以匹配",
        "clear": "清楚",
        "example": "例如",
        "facets": {
            "materials": "材料",
            "methods": "方法",
            "effect": "效果",
            "product": "产品",
            "application": "应用",
        },
    },
}


def clarity_blocks(items: Iterable[Mapping[str, Any]]) -> Group:
    """A line with the score of each, what it says, and what to ask."""
    labels: Mapping[str, Any] = _LABELS[terminal_language()]
    return Group(*(_block(item, labels) for item in items))


def _block(item: Mapping[str, Any], labels: Mapping[str, Any]) -> Group:
    clarity = item["clarity"]
    verdict = labels["vague"] if clarity["vague"] else labels["clear"]
    lines = [Text(f"{clarity['score']:.2f}  {verdict}  {item['id']}".rstrip(), style="bold")]
    lines += [
        Text(f"      {labels['facets'][name]}: {said}", style="dim")
        for name, said in clarity["facets"].items()
        if said
    ]
    for question in clarity["questions"]:
        lines.append(Text(f"    ? {question['question']}"))
        lines.append(Text(f"      {labels['example']}: {question['example']}", style="dim"))
    return Group(*lines)
