"""The `hezuo` command."""

import sys

import typer

from cli.commands import (
    apikey,
    audit,
    calls,
    clarity,
    compare,
    consortium,
    constraints,
    deadletters,
    down,
    evaluate,
    export,
    hubs,
    import_,
    learn,
    login,
    logs,
    matches,
    organisations,
    reconcile,
    reindex,
    rematch,
    schedules,
    screening,
    search,
    status,
    suggest,
    token,
    up,
    worker,
)
from cli.failures import CommandError

cli = typer.Typer(
    name="hezuo",
    help="Hezuo 合作: partner matchmaking for research.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
cli.command("up")(up.up)
cli.command("down")(down.down)
cli.command("status")(status.status)
cli.command("logs")(logs.logs)
cli.command("import")(import_.import_file)
cli.command("export")(export.export)
cli.command("suggest")(suggest.suggest)
cli.command("search")(search.search)
cli.command("consortium")(consortium.consortium)
cli.command("clarity")(clarity.clarity)
cli.command("login")(login.login)
cli.command("token")(token.token)
cli.command("reindex")(reindex.reindex)
cli.command("worker")(worker.worker)
cli.command("reconcile")(reconcile.reconcile)
cli.command("hubs")(hubs.hubs)
cli.command("learn")(learn.learn)
cli.command("evaluate")(evaluate.evaluate)
cli.command("compare")(compare.compare)
cli.add_typer(apikey.commands, name="apikey")
cli.add_typer(audit.commands, name="audit")
cli.add_typer(calls.commands, name="calls")
cli.add_typer(constraints.commands, name="constraints")
cli.add_typer(deadletters.commands, name="deadletters")
cli.add_typer(matches.commands, name="matches")
cli.add_typer(organisations.commands, name="organisations")
cli.add_typer(rematch.commands, name="rematch")
cli.add_typer(schedules.commands, name="schedules")
cli.add_typer(screening.commands, name="screening")


def app() -> None:
    """Run; what went wrong is said in a sentence, and the exit code is 1, or 2 for bad input."""
    try:
        cli()
    except CommandError as error:
        typer.echo(f"hezuo: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone, as `hezuo ... | head` does
        sys.exit(0)
