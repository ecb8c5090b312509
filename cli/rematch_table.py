"""What a rematch job has come to, for people."""

from collections.abc import Mapping
from typing import Any

import typer

from cli.language import terminal_language
from cli.output import console, minute, plain_table

_FIGURES = (
    ("pairs", "pairs", "{}"),
    ("places", "places in lists", "{}"),
    ("coverage", "organisations with a suggestion", "{:.1%}"),
    ("reachable", "of those with a candidate", "{:.1%}"),
    ("gini", "Gini of exposure", "{:.3f}"),
    ("most_exposed", "most lists for one", "{}"),
    ("top_percent", "exposure of the most shown 1 %", "{:.1%}"),
    ("expected_acceptances", "acceptances to be expected", "{:.1f}"),
    ("ndcg_loss", "loss of nDCG@10 against top-k", "{:.2%}"),
    ("must_haves_met", "must-haves met", "{:.1%}"),
    ("churn", "churn since the last run", "{:.1%}"),
)


def show_job(job: Mapping[str, Any]) -> None:
    """State, progress, figures, or why it failed."""
    progress, figures = job["progress"], job["figures"]
    what = "dry run" if job["dry_run"] else "job"
    typer.echo(
        f"{what} {job['id']}: {job['state']}, "
        f"{progress['organisations_done']} of {progress['organisations']} organisations, "
        f"{_how(job)}, shared out by {job['options']['sharing']}"
    )
    if job["problem"]:
        language = terminal_language()
        detail = job["problem"]["detail"]
        typer.echo(detail.get(language[:2], detail["en"]))
    if figures:
        rows = [
            (name, form.format(figures[key]))
            for key, name, form in _FIGURES
            if figures[key] is not None
        ]
        changed = ", ".join(f"{figures[name]} {name}" for name in ("new", "gone", "moved", "kept"))
        console().print(plain_table(("figure", "value"), [*rows, ("pairs changed", changed)]))


def _how(job: Mapping[str, Any]) -> str:
    """The computation, and by what it multiplied."""
    by = "; ".join(job["products"])
    return f"{job['computation']} ({by})" if by else str(job["computation"])


def show_jobs(jobs: list[dict[str, Any]]) -> None:
    """One row each."""
    names = ("id", "state", "scope", "done", "by", "started", "dry run")
    console().print(plain_table(names, map(_job_row, jobs)))


def scope_text(scope: Mapping[str, Any]) -> str:
    """In few words."""
    parts = [
        f"{name} {value}" for name, value in scope.items() if value and name != "organisations"
    ]
    if scope.get("organisations"):
        parts.append(f"{len(scope['organisations'])} organisations")
    return ", ".join(parts) or "all"


def show_diff(diff: Mapping[str, Any]) -> None:
    """Counts by cause, then the pairs."""
    if not diff["counts"]:
        typer.echo("Nothing has changed.")
        return
    counts = [(one["change"], one["cause"], one["count"]) for one in diff["counts"]]
    console().print(plain_table(("change", "cause", "pairs"), counts))
    names = ("first", "second", "change", "cause", "score", "before", "ranks", "before")
    console().print(plain_table(names, map(_change_row, diff["items"])))


def _job_row(job: Mapping[str, Any]) -> tuple[object, ...]:
    progress = job["progress"]
    done = f"{progress['organisations_done']}/{progress['organisations']}"
    start = (job["started_by"], minute(job["created_at"]), "yes" if job["dry_run"] else "")
    return (job["id"], job["state"], scope_text(job["scope"]), done, *start)


def _change_row(change: Mapping[str, Any]) -> tuple[object, ...]:
    scores = (_score(change["score"]), _score(change["score_before"]))
    ranks = (_ranks(change["ranks"]), _ranks(change["ranks_before"]))
    return (*change["organisations"], change["change"], change["cause"], *scores, *ranks)


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.3f}"


def _ranks(ranks: list[int | None]) -> str:
    return " / ".join("-" if rank is None else str(rank) for rank in ranks)
