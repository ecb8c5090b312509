"""Suggestions and search hits with their reasons, in blocks that fit any width."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.console import Group
from rich.table import Table
from rich.text import Text

from cli.language import name_in, terminal_language

_REASONS = 2
_QUOTE_CELLS = 150
_WEAK = 0.05
"""Below that, an answer is none."""
_LABELS = {
    "en": ("you need", "they can", "they need", "you can", "unmet", "because"),
    "zh": ("我方需要", "对方能做", "对方需要", "我方能做", "未满足", "依据"),
}
_RELATED = {
    "en": ("works on", "related", "no needs stated; by related work"),
    "zh": ("已有工作", "相近工作", "没有写明需求,按相近的工作推断"),
}
_STOOD_FOR = {
    "en": ("after", {"sister": "of the same parent", "near_duplicate": "nearly the same profile"}),
    "zh": ("排在其后", {"sister": "同一母体", "near_duplicate": "资料几乎相同"}),
}


def suggestion_table(asker: str, items: Iterable[Mapping[str, Any]]) -> Group:
    """Partners with rank and score, and who answers what in both directions."""
    blocks = [_block(item, [*_reasons(item), *_moved_down(item)]) for item in items]
    return Group(Text(f"Partners for {asker}", style="bold"), *blocks)


def hit_table(text: str, items: Iterable[Mapping[str, Any]]) -> Group:
    """Organisations with rank and score, and the statements that answer the text."""
    label = _LABELS[terminal_language()][5]
    blocks = []
    for item in items:
        matches = [match for match in item["matches"] if match["score"] >= _WEAK]
        shown = (matches or item["matches"])[:_REASONS]
        blocks.append(_block(item, [(label, _scored(m["statement"], m)) for m in shown]))
    return Group(Text(shorten(text, 78), style="bold"), *blocks)


def quote(statement: Mapping[str, Any]) -> str:
    """The statement's text, shortened, or that it is confidential."""
    return shorten(statement["text"], _QUOTE_CELLS) if statement["text"] else "(confidential)"


def shorten(text: str, cells: int) -> str:
    """One line of at most that many terminal cells; a Chinese character takes two."""
    line = " ".join(text.split())
    return line if cell_len(line) <= cells else f"{set_cell_size(line, cells - 1).rstrip()}…"


def _block(item: Mapping[str, Any], reasons: Iterable[tuple[str, str]]) -> Group:
    partner = item["partner"]
    head = f"\n{item['rank']:>2}  {item['score']:.2f}  {name_in(partner['names'])}"
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for label, text in reasons:
        grid.add_row("  ", Text(label), Text(text))
    return Group(Text.assemble((head, "bold"), f"  {partner['id']}"), grid)


def _reasons(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    you_need, they_can, they_need, you_can, unmet, _ = _LABELS[terminal_language()]
    received = _direction(item["receives"], you_need, they_can, unmet)
    return received + _direction(item["gives"], they_need, you_can, unmet)


def _moved_down(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Who stands for it, where it would be further up by its score."""
    if not (stand_in := item.get("stands_for_it")):
        return []
    label, like = _STOOD_FOR[terminal_language()]
    name = name_in(stand_in["names"])
    return [(label, f"{name} ({like[stand_in['likeness']]}, #{stand_in['rank_by_score']})")]


def _direction(
    direction: Mapping[str, Any], needed: str, answered: str, unmet: str
) -> list[tuple[str, str]]:
    answers = [answer for answer in direction["answers"] if answer["score"] >= _WEAK]
    lines = []
    if direction["basis"] != "needs":
        label, answered, why = _RELATED[terminal_language()]
        lines.append((needed, f"({why})"))
        needed = label
    for answer in answers[:_REASONS]:
        lines.append((needed, quote(answer["need"])))
        lines.append((answered, _scored(answer["capability"], answer)))
    if not answers:
        weak = [answer["need"] for answer in direction["answers"]] + list(direction["unmet"])
        lines += [(unmet, quote(need)) for need in weak[:1]]
    must = direction["unmet"][: direction.get("unmet_must_haves", 0)]
    if answers and must:
        lines.insert(0, (f"{unmet} !", quote(must[0])))
    return lines


def _scored(statement: Mapping[str, Any], match: Mapping[str, Any]) -> str:
    return f"{quote(statement)} ({match['score']:.2f})"
