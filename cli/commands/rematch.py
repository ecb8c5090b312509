"""`hezuo rematch`: compute lists anew and share the places out."""

from datetime import UTC, datetime
from itertools import islice
from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.failures import CommandError
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import print_json
from cli.rematch_table import show_diff, show_job, show_jobs
from cli.rematch_watching import watch

commands = typer.Typer(help="Compute lists anew and share the places out.")
_JOBS = "/v1/rematch-jobs"
JobId = Annotated[str, typer.Argument(help="The job's id; see `hezuo rematch list`.")]


@commands.callback(invoke_without_command=True)
def rematch(
    context: typer.Context,
    everybody: Annotated[bool, typer.Option("--all", help="All organisations.")] = False,
    kind: Annotated[str | None, typer.Option(help="institution, enterprise or other.")] = None,
    province: Annotated[str | None, typer.Option(help="GB/T 2260 code, such as 320000.")] = None,
    field: Annotated[str | None, typer.Option(help="A code of the taxonomy.")] = None,
    changed_since: Annotated[
        datetime | None, typer.Option(help="Profiles changed since then.")
    ] = None,
    organisation: Annotated[list[str] | None, typer.Option(help="One; may be repeated.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Compare, change nothing.")] = False,
    watching: Annotated[bool, typer.Option("--watch", help="Wait for its end.")] = False,
    priority: Annotated[str, typer.Option(help="high, normal or low.")] = "normal",
    reason: Annotated[str | None, typer.Option(help="Why; shown with the job.")] = None,
    computation: Annotated[str, typer.Option(help="auto, exact or ann.")] = "auto",
    sharing: Annotated[
        str, typer.Option(help="flow, top_k, transport or transferable_utility.")
    ] = "flow",
    places: Annotated[int | None, typer.Option(help="Suggestions for each, at most.")] = None,
    most_lists: Annotated[int | None, typer.Option(help="Lists that one may stand in.")] = None,
    least: Annotated[int | None, typer.Option(help="Suggestions that everyone gets.")] = None,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Start a job: for all, or for those that every given condition fits."""
    if context.invoked_subcommand:
        return
    since = changed_since.astimezone(UTC).isoformat() if changed_since else None
    scope = _given(kind=kind, province=province, field=field, changed_since=since)
    scope |= {"organisations": organisation} if organisation else {}
    if bool(scope) == everybody:
        raise CommandError("say for whom: --all, or conditions such as --kind enterprise")
    options = _given(
        computation=computation,
        sharing=sharing,
        places=places,
        most_lists=most_lists,
        least=least,
    )
    body = {"scope": scope, "options": options, "dry_run": dry_run, "priority": priority}
    gateway = connect(data_dir, url, token)
    job = gateway.request("POST", _JOBS, json={**body, **_given(reason=reason)})
    if watching:
        job = watch(gateway, job, shown=not as_json)
    _tell(job, as_json=as_json)
    if job["state"] in ("failed", "cancelled"):
        raise typer.Exit(1)


@commands.command("list")
def list_(
    state: Annotated[str | None, typer.Option(help="Such as running or done.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Jobs, newest first."""
    pages = connect(data_dir, url, token).pages(_JOBS, {"state": state})
    jobs = list(islice(pages, limit))
    if as_json:
        print_json({"items": jobs})
    elif jobs:
        show_jobs(jobs)
    else:
        typer.echo("There are no jobs.")


@commands.command()
def show(
    job: JobId,
    watching: Annotated[bool, typer.Option("--watch", help="Wait for its end.")] = False,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """How far it is, or what it has come to."""
    gateway = connect(data_dir, url, token)
    found = gateway.get(f"{_JOBS}/{job}")
    if watching:
        found = watch(gateway, found, shown=not as_json)
    _tell(found, as_json=as_json)


@commands.command()
def cancel(
    job: JobId,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Stop it; nothing of it is shown."""
    found = connect(data_dir, url, token).request("POST", f"{_JOBS}/{job}/cancel")
    _tell(found, as_json=as_json)


@commands.command()
def retry(
    job: JobId,
    watching: Annotated[bool, typer.Option("--watch", help="Wait for its end.")] = False,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Start a failed or cancelled one again."""
    gateway = connect(data_dir, url, token)
    found = gateway.request("POST", f"{_JOBS}/{job}/retry")
    if watching:
        found = watch(gateway, found, shown=not as_json)
    _tell(found, as_json=as_json)


@commands.command()
def diff(
    job: JobId,
    change: Annotated[str | None, typer.Option(help="new, gone or moved.")] = None,
    cause: Annotated[str | None, typer.Option(help="Such as profile_changed.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Pairs of this one.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """What changed since the last run, and why."""
    wanted = {"change": change, "cause": cause, "organisation": organisation, "limit": limit}
    found = connect(data_dir, url, token).get(f"{_JOBS}/{job}/diff", wanted)
    if as_json:
        print_json(found)
    else:
        show_diff(found)


def _given(**values: object) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _tell(job: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(job)
    else:
        show_job(job)
