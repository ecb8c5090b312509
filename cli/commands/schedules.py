"""`hezuo schedules`: rematch jobs that begin by themselves."""

from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, minute, plain_table, print_json
from cli.rematch_table import scope_text

commands = typer.Typer(help="Rematch jobs that begin by themselves.", no_args_is_help=True)
_SCHEDULES = "/v1/rematch-schedules"
ScheduleId = Annotated[str, typer.Argument(help="The schedule's id.")]


@commands.command("list")
def list_(
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """All schedules, by name."""
    found = list(connect(data_dir, url, token).pages(_SCHEDULES))
    if as_json:
        print_json({"items": found})
    elif found:
        names = ("id", "name", "cron", "time zone", "scope", "next", "last")
        console().print(plain_table(names, map(_row, found)))
    else:
        typer.echo("There are no schedules.")


@commands.command()
def add(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    cron: Annotated[str, typer.Argument(help="Five fields, such as '0 3 * * 1-5'.")],
    time_zone: Annotated[str, typer.Option(help="A name such as Asia/Shanghai.")] = "Asia/Shanghai",
    kind: Annotated[str | None, typer.Option(help="institution, enterprise or other.")] = None,
    province: Annotated[str | None, typer.Option(help="GB/T 2260 code, such as 320000.")] = None,
    field: Annotated[str | None, typer.Option(help="A code of the taxonomy.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Compare, change nothing.")] = False,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Keep a new one; for all organisations where no condition is given."""
    conditions = {"kind": kind, "province": province, "field": field}
    scope = {key: value for key, value in conditions.items() if value}
    body = {"name": name, "cron": cron, "time_zone": time_zone}
    job = {"scope": scope, "dry_run": dry_run}
    made = connect(data_dir, url, token).request("POST", _SCHEDULES, json={**body, "job": job})
    if as_json:
        print_json(made)
    else:
        typer.echo(f"{made['id']} starts next at {minute(made['next_at'])}")


@commands.command()
def remove(
    schedule: ScheduleId,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Forget it; jobs that it has started stay."""
    gateway = connect(data_dir, url, token)
    found = gateway.get(f"{_SCHEDULES}/{schedule}")
    read = {"If-Match": f'"{found["version"]}"'}
    gateway.request("DELETE", f"{_SCHEDULES}/{schedule}", headers=read)
    typer.echo(f"{found['name']} is gone")


def _row(schedule: dict[str, Any]) -> tuple[object, ...]:
    last = schedule["last"]
    came = f"{last['outcome']} {minute(last['due_at'])}" if last else ""
    names = (schedule["id"], schedule["name"], schedule["cron"], schedule["time_zone"])
    following = minute(schedule["next_at"]) if schedule["enabled"] else "off"
    return (*names, scope_text(schedule["job"]["scope"]), following, came)
