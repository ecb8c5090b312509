"""`hezuo audit`: who did what, and whether the trail is what was written."""

from typing import Annotated, Any, Literal

import typer

from cli.connection import connect
from cli.failures import BadInputError, CommandError
from cli.language import terminal_language
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, minute, plain_table, print_json

commands = typer.Typer(help="The audit trails.", no_args_is_help=True)
_Trail = Literal["matches", "accounts", "screening"]
_PATHS: dict[_Trail, str] = {
    "matches": "/v1/audit",
    "accounts": "/v1/account-audit",
    "screening": "/v1/screening-audit",
}
_NAMES = {
    "matches": ("匹配与征集", "matches and calls"),
    "accounts": ("账号与密钥", "accounts and keys"),
    "screening": ("合规筛查", "policy screening"),
}
_SECONDS = 150
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
    trail: Annotated[_Trail, typer.Option(help="Which of them.")] = "matches",
    subject: Annotated[str | None, typer.Option(help="The id of what it was done to.")] = None,
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
    if trail == "screening":
        if subject or actor or action:
            raise BadInputError("the trail of screening has no filters; leave them out")
        asked = {"limit": limit}
    page = gateway.get(_PATHS[trail], asked)
    if as_json:
        print_json(page)
        return
    row = _flag_row if trail == "screening" else _row
    console().print(plain_table(_COLUMNS, map(row, page["items"])))


@commands.command()
def verify(
    anchor: Annotated[
        str | None, typer.Option(help="A head of matches noted before, as NUMBER:DIGEST.")
    ] = None,
    account_anchor: Annotated[str | None, typer.Option(help="The same of accounts.")] = None,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Read all trails, and name every entry that was edited or is missing.

    Note the heads down elsewhere and give them as anchors next time: whoever can rewrite a whole
    table could otherwise renew all digests.
    """
    gateway = connect(data_dir, url, token, role="coordinator")
    anchors = {"matches": anchor, "accounts": account_anchor}
    found = {
        trail: gateway.request(
            "GET",
            f"{path}/verification",
            params={"anchor": anchors[trail]} if trail in anchors else None,
            seconds=_SECONDS,
        )
        for trail, path in _PATHS.items()
    }
    chinese = terminal_language() == "zh"
    if as_json:
        print_json(found)
    else:
        for trail, one in found.items():
            zh, en = _NAMES[trail]
            typer.echo(f"{zh if chinese else en}:")
            typer.echo(_told(one))
    if not all(one["intact"] for one in found.values()):
        raise CommandError("审计记录被改动过" if chinese else "a trail is not what was written")


def _flag_row(event: dict[str, Any]) -> tuple[object, ...]:
    subject = f"flag {event['flag']}"
    details = f"organisation={event['organisation']}, state={event['state']}"
    return event["number"], minute(event["at"]), event["by"], event["action"], subject, details


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
        lines = [_problem(one, chinese=chinese) for one in _findings(found)]
    if found.get("head"):
        lines.append(f"{'末条' if chinese else 'head'}: {found['head']}")
    return "\n".join(lines)


def _findings(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The trail of screening tells its first fault alone."""
    if "findings" in found:
        return list(found["findings"])
    missing = str(found["problem"]).endswith("missing")
    return [{"seq": found["broken_at"], "problem": "missing" if missing else "edited"}]


def _problem(finding: dict[str, Any], *, chinese: bool) -> str:
    first, last = finding["seq"], finding.get("until")
    where = f"{first}-{last}" if last else str(first)
    zh, en = _PROBLEMS[finding["problem"]]
    return (zh if chinese else en).format(where=where)
