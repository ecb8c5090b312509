"""Proposals for a call: who is in the set, and a matrix of requirements and members."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli.language import name_in, terminal_language
from cli.output import plain_table
from cli.suggestion_table import shorten

if TYPE_CHECKING:
    Json = Mapping[str, Any]

_TEXT_CELLS = 44
_WORDS = {
    "en": {
        "proposal": "Proposal",
        "coverage": "coverage",
        "requirement": "requirement",
        "must": "must",
        "member": "member",
        "adds": "adds",
        "why": "why",
        "instead": "instead",
        "uncovered": "not covered",
        "ways": "What would help",
        "or": "or",
        "none": "No set can be proposed.",
        "fixed": "fixed",
    },
    "zh": {
        "proposal": "方案",
        "coverage": "覆盖度",
        "requirement": "需求",
        "must": "必须",
        "member": "成员",
        "adds": "贡献",
        "why": "理由",
        "instead": "可替换为",
        "uncovered": "未覆盖",
        "ways": "可行的放宽",
        "or": "或",
        "none": "无法给出任何方案。",
        "fixed": "指定",
    },
}


def consortium_table(answer: "Json") -> Group:
    """All proposals, and what would help where no set fits."""
    words = _WORDS[terminal_language()]
    blocks: list[RenderableType] = [Text(answer["title"], style="bold")]
    if answer["infeasible"]:
        blocks += _infeasible(answer["infeasible"], words)
    for proposal in answer["proposals"]:
        blocks += _proposal(proposal, answer["requirements"], words)
    if not answer["proposals"]:
        blocks.append(Text(words["none"]))
    blocks += [Text(said(note), style="dim") for note in answer["notes"]]
    return Group(*blocks)


def said(sentence: Mapping[str, str]) -> str:
    """In the terminal's language."""
    return sentence[terminal_language()]


def _proposal(
    proposal: "Json", requirements: Sequence["Json"], words: Mapping[str, str]
) -> Iterator[RenderableType]:
    head = f"\n{words['proposal']} {proposal['rank']}  {words['coverage']} "
    yield Text(f"{head}{proposal['coverage']:.2f}", style="bold")
    yield _matrix(proposal, requirements, words)
    yield _members(proposal, words)
    for gap in proposal["uncovered"]:
        yield Text(f"{words['uncovered']}: {said(gap['said'])} → {', '.join(gap['nearest'])}")
    yield Text(said(proposal["promise"]["said"]), style="dim")


def _matrix(proposal: "Json", requirements: Sequence["Json"], words: Mapping[str, str]) -> Table:
    members = [f"M{number}" for number, _ in enumerate(proposal["members"], start=1)]
    rows = [
        (
            asked["id"],
            "●" if asked["must_have"] else "",
            shorten(asked["text"], _TEXT_CELLS),
            *(_cell(cell, row["covered_by"]) for cell in row["cells"]),
        )
        for asked, row in zip(requirements, proposal["matrix"], strict=True)
    ]
    return plain_table(("", words["must"], words["requirement"], *members), rows)


def _cell(cell: "Json", best: str | None) -> str:
    """With a star where it covers the requirement best, in brackets where it does not."""
    score = f"{cell['score']:.2f}"
    if not cell["covers"]:
        return f"({score})" if cell["score"] >= 0.005 else "·"
    return f"{score}*" if cell["organisation"] == best else score


def _members(proposal: "Json", words: Mapping[str, str]) -> Table:
    rows = [
        (
            f"M{number}",
            f"{name_in(member['partner']['names'])}\n{member['partner']['id']}",
            f"{member['contribution']:.2f}",
            "\n".join(said(one) for one in member["why"]),
            "\n".join(_alternative(one) for one in member["alternatives"]),
        )
        for number, member in enumerate(proposal["members"], start=1)
    ]
    columns = ("", words["member"], words["adds"], words["why"], words["instead"])
    return plain_table(columns, rows)


def _alternative(one: "Json") -> str:
    return f"{one['partner']['id']} ({one['change']:+.2f})"


def _infeasible(found: "Json", words: Mapping[str, str]) -> Iterator[RenderableType]:
    yield Text(said(found["said"]), style="bold")
    yield from (Text(f"  {said(reason)}") for reason in found["reasons"])
    for number, way in enumerate(found["ways_out"]):
        label = words["or"] if number else words["ways"]
        yield Text(f"  {label}: {'; '.join(said(step['said']) for step in way['steps'])}")
