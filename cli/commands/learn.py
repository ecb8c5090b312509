"""`hezuo learn`: weights and calibration from what coordinators and members decided."""

from typing import Annotated, Any

import typer

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, minute, plain_table, print_json

_SECONDS = 3600.0
_RUNS = "/v1/learning-runs"
_LISTED = 50


def learn(
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Answer as before the live ranking instead.")
    ] = False,
    list_runs: Annotated[
        bool, typer.Option("--list", help="Show the runs, newest first, and learn nothing.")
    ] = False,
    off_line: Annotated[
        bool,
        typer.Option(
            "--off-line", help="Judge the live ranking by explored places, and learn nothing."
        ),
    ] = False,
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Learn from decisions; goes live only where nothing gets worse."""
    gateway = connect(data_dir, url, token, role="operator")
    if list_runs:
        _list(gateway.get(_RUNS, {"limit": _LISTED}), as_json)
        return
    if off_line:
        _judged(gateway.get("/v1/off-line-evaluation"), as_json)
        return
    path = f"{_RUNS}/rollback" if rollback else _RUNS
    found = gateway.request("POST", path, seconds=_SECONDS)
    if as_json:
        print_json(found)
    elif rollback:
        typer.echo(f"{found['version']} answers now")
    else:
        _show(found)


def _list(page: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(page)
        return
    if not page["items"]:
        typer.echo("Nothing was learned yet: the hand-set ranking answers.")
        return
    names = ("run", "when", "started by", "teach", "of", "live", "why not")
    console().print(plain_table(names, map(_run, page["items"])))


def _judged(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(report)
        return
    typer.echo(
        f"{report['version']} since {report['since']}: {report['places']} places, "
        f"{report['explored']} by chance, {report['interested']} met interest."
    )
    if report["estimates"]:
        names = ("ranking", "interest (IPS)", "interest (SNIPS)", "covered")
        console().print(plain_table(names, map(_estimate, report["estimates"])))
    else:
        typer.echo("Nothing can be judged yet: no member has seen a place that chance may fill.")


def _estimate(found: dict[str, Any]) -> tuple[object, ...]:
    intervals = (found[name] for name in ("ips", "snips"))
    shown = (f"{one['value']:.3f} ({one['low']:.3f} to {one['high']:.3f})" for one in intervals)
    return (found["name"], *shown, f"{found['covered']:.2f}")


def _run(run: dict[str, Any]) -> tuple[object, ...]:
    report = run["report"]
    live = "yes" if run["live"] else "was" if run["accepted"] else "no"
    begun = (run["id"], minute(run["created_at"]), run["started_by"])
    return (*begun, report["examples"], report["records"], live, "; ".join(report["why_not"]))


def _show(run: dict[str, Any]) -> None:
    report = run["report"]
    typer.echo(
        f"Run {run['id']}: {report['examples']} of {report['records']} records teach, "
        f"{report['held_out']} of them held out."
    )
    if report["figures"]:
        names = ("ranking", "log loss", "AUC", "calibration error", "golden MRR", "golden R@1")
        console().print(plain_table(names, map(_row, report["figures"])))
    for weight in report["weights"]:
        typer.echo(f"  {weight['name']}: {weight['change']:+.3f}")
    if run["accepted"]:
        typer.echo(f"It is live (calibration: {report['calibration']}).")
    for reason in report["why_not"]:
        typer.echo(f"Not live: {reason}.")


def _row(figures: dict[str, Any]) -> tuple[object, ...]:
    names = ("log_loss", "auc", "calibration_error", "golden_mrr", "golden_first")
    values = (figures[name] for name in names)
    return (figures["name"], *("-" if value is None else f"{value:.4f}" for value in values))
