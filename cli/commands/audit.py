"""`hezuo audit`: who did what, and whether the trail is what was written."""

from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.failures import CommandError
from cli.language import terminal_language
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, minute, plain_table, print_json

commands = typer.Typer(help="The audit trail of matches and calls.", no_args_is_help=True)
_COLUMNS = ("seq", "at", "actor", "action", "subject", "details")
_PROBLEMS = {
    "edited": ("第 {where} 条记录被修改过", "entry {where} was edited"),
    "missing": ("第 {where} 条记录缺失", "entry {where} is missing"),
    "broken_link": (
        "第 {where} 条记录未能与前一条衔接",
        "entry {where} does not follow on the one before",
    ),
    "replaced": (
        "第 {where} 条记录与所记下的摘要不符:记录已被重写",
        "entry {where} is not the one that was noted: the trail was written anew",
    ),
}


@commands.command("list")
def list_(
    subject: Annotated[str | None, typer.Option(help="A match's or a call's id.")] = None,
    actor: Annotated[str | None, typer.Option(help="Who did it.")] = None,
    action: Annotated[str | None, typer.Option(help="Such as approved, undone.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """List what was done, newest first."""
    gateway = connect(data_dir, url, token, role="coordinator")
    asked = {"subject": subject, "actor": actor, "action": action, "limit": limit}
    page = gateway.get("/v1/audit", asked)
    if as_json:
        print_json(page)
        return
    console().print(plain_table(_COLUMNS, map(_row, page["items"])))


@commands.command()
def verify(
    anchor: Annotated[
        str | None, typer.Option(help="A head that was noted before, as NUMBER:DIGEST.")
    ] = None,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Read the whole trail, and name every entry that was edited or is missing.

    Note the head down elsewhere and give it as the anchor next time: whoever can rewrite the
    whole table could otherwise renew all digests.
    """
    gateway = connect(data_dir, url, token, role="coordinator")
    found = gateway.request("GET", "/v1/audit/verification", params={"anchor": anchor}, seconds=150)
    if as_json:
        print_json(found)
    else:
        typer.echo(_told(found))
    if not found["intact"]:
        chinese = terminal_language() == "zh"
        raise CommandError("审计记录被改动过" if chinese else "the trail is not what was written")


def _row(entry: dict[str, Any]) -> tuple[object, ...]:
    details = ", ".join(f"{k}={v}" for k, v in entry["details"].items() if v is not None)
    subject = f"{entry['subject_kind']} {entry['subject']}"
    return (
        entry["seq"],
        minute(entry["at"]),
        entry["actor"],
        entry["action"],
        subject,
        details,
    )


def _told(found: dict[str, Any]) -> str:
    chinese = terminal_language() == "zh"
    if found["intact"]:
        text = "{n} 条记录,完好。" if chinese else "{n} entries, intact."
        lines = [text.format(n=found["entries"])]
    else:
        lines = [_problem(one, chinese=chinese) for one in found["findings"]]
    if found["head"]:
        lines.append(f"{'末条' if chinese else 'head'}: {found['head']}")
    return "\n".join(lines)


def _problem(finding: dict[str, Any], *, chinese: bool) -> str:
    first, last = finding["seq"], finding.get("until")
    where = f"{first}-{last}" if last else str(first)
    zh, en = _PROBLEMS[finding["problem"]]
    return (zh if chinese else en).format(where=where)
