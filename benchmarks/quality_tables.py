"""The tables of the page."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.quality_figures import (
    REPORTED,
    TUNED,
    Document,
    baselines,
    cell,
    change,
    group_of,
    mean,
    product,
    short,
    variants,
    within,
)
from benchmarks.quality_sets import MAIN, REACH, Reach

_METRICS = ("nDCG@10", "R@1", "R@10", "R@50", "MRR")


def reached(documents: Sequence[Document]) -> Iterator[str]:
    """The figures to reach, on the half that nothing was tuned on."""
    yield "## In short"
    yield ""
    yield "| set | metric | best plain ranking, `report` | tune | **report** | all | to reach | |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |"
    by_name = {document["dataset"]: document for document in documents}
    for one in REACH:
        if one.dataset in by_name:
            yield _reach(by_name[one.dataset], one)
    yield ""


def _reach(document: Document, one: Reach) -> str:
    ours = product(document)
    report = within(ours, REPORTED, one.group)
    figure = mean(report, one.metric)
    verdict = "reached" if figure is not None and figure >= one.figure else "**not reached**"
    what = f"{one.dataset}, {one.group}" if one.group else one.dataset
    everything = {} if one.group else group_of(ours, "all", "all")
    cells = [
        what,
        one.metric,
        _best(document, one),
        short(mean(within(ours, TUNED, one.group), one.metric)),
        f"**{short(figure)}** {cell(report, one.metric).partition(' ')[2]}",
        cell(everything, one.metric),
        short(one.figure),
        verdict,
    ]
    return f"| {' | '.join(cells)} |"


def _best(document: Document, one: Reach) -> str:
    """Of those that apply to every query of the group; the others have figures of their own."""
    most = within(product(document), REPORTED, one.group).get("queries")
    found = [
        (mean(group, one.metric) or 0.0, engine["name"])
        for engine in baselines(document)
        if (group := within(engine, REPORTED, one.group)) and group["queries"] == most
    ]
    return f"{short(max(found)[0])} ({max(found)[1]})" if found else ""


def ablations(documents: Sequence[Document]) -> Iterator[str]:
    """What single features are worth."""
    rows = [(document, one) for document in documents for one in variants(document)]
    if not rows:
        return
    yield "## What features are worth"
    yield ""
    yield "The same index and queries with a weight at 0; the change is over all queries."
    yield ""
    yield "| set | ranking | metric | tune | report | all | change |"
    yield "| --- | --- | --- | ---: | ---: | ---: | --- |"
    for document in documents:
        found = variants(document)
        for engine in [product(document), *found] if found else []:
            yield _ablation(document, engine)
    yield ""


def _ablation(document: Document, engine: Document) -> str:
    ours = product(document)
    metric = MAIN.get(document["dataset"], "nDCG@10")
    cells = [
        document["dataset"],
        engine["name"],
        metric,
        short(mean(within(engine, TUNED), metric)),
        short(mean(within(engine, REPORTED), metric)),
        short(mean(group_of(engine, "all", "all"), metric)),
        "" if engine is ours else change(engine, ours, metric),
    ]
    return f"| {' | '.join(cells)} |"


def earlier(documents: Sequence[Document], before: Mapping[str, Document]) -> Iterator[str]:
    """The same queries by an earlier version."""
    yield "## Against the first version"
    yield ""
    yield "The version of 2026-11-23 on the same queries, all of them."
    yield ""
    yield "| set | metric | first version | now | change |"
    yield "| --- | --- | ---: | ---: | --- |"
    for document in documents:
        name = document["dataset"]
        if name in before:
            metric = MAIN.get(name, "nDCG@10")
            then, now = product(before[name]), product(document)
            old, new = (short(mean(group_of(one, "all", "all"), metric)) for one in (then, now))
            yield f"| {name} | {metric} | {old} | {new} | {change(now, then, metric)} |"
    yield ""


def first_pages(documents: Sequence[Document]) -> Iterator[str]:
    """The numbers that a person sees, against what is on record, and whom the pages show."""
    rows = [row for document in documents for row in _pages(document)]
    if not rows:
        return
    yield "## First pages: the numbers shown, and who is seen"
    yield ""
    yield (
        "Of the first ten answers to each query of the `report` half: the mean number shown, the "
        "share that is on record, and the expected calibration error over ten bins, **against the "
        "record**. A coordinator approves partners that are on no record, so the error of the "
        "numbers as they are is none against approval. *Learned* is the calibration that the "
        "labels of the `tune` half give, as decisions give it to the platform (`hezuo learn`), on "
        "the labels of the `report` half, which it has not seen; reach .03. Gini tells how "
        "unevenly organisations stand on these pages (0 is even), *seen* the share of all that "
        "stand on one."
    )
    yield ""
    columns = ("shown", "on_record", "ece", "learned_ece", "gini", "seen")
    yield "| set | answers | shown | on record | ECE | ECE learned | learned by | Gini | seen |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: |"
    for name, one in rows:
        shown, record, ece, learned, gini, seen = (short(one[key]) for key in columns)
        by = one["learned_by"]
        yield (
            f"| {name} | {one['pairs']} | {shown} | {record} | {ece} | {learned} | {by} "
            f"| {gini} | {seen} |"
        )
    yield ""


def _pages(document: Document) -> Iterator[tuple[str, Document]]:
    """The product's, and those without popularity: what that feature costs in fairness."""
    unfair = [one for one in variants(document) if "popularity=0" in one["name"]]
    for engine in (product(document), *unfair):
        if page := engine.get("first_pages"):
            told = engine["name"].partition(", ")[2]
            yield ", ".join(filter(None, (document["dataset"], told))), page


def section(document: Document) -> Iterator[str]:
    """One set: beside the baselines, then by group."""
    yield f"### {document['dataset']}"
    yield ""
    yield f"{document['organisations']} organisations, {document['queries']} queries."
    yield ""
    yield from (f"- {warning}" for warning in document["warnings"])
    if document["warnings"]:
        yield ""
    ours = product(document)
    rows = [(one["name"], within(one, REPORTED)) for one in [ours, *baselines(document)]]
    yield from _table("ranking (`report`)", rows)
    shown = [
        one
        for one in ours["groups"]
        if (one["by"], one["name"]) != ("split", REPORTED) and one["by"] != TUNED
    ]
    yield from _table("hezuo, queries of", [(_title(one), one) for one in shown])


def _table(first: str, rows: Sequence[tuple[str, Document]]) -> Iterator[str]:
    yield f"| {first} | queries | {' | '.join(_METRICS)} |"
    yield f"| --- | ---: |{' ---: |' * len(_METRICS)}"
    for name, group in rows:
        if group:
            cells = " | ".join(cell(group, metric) for metric in _METRICS)
            yield f"| {name} | {group['queries']} | {cells} |"
    yield ""


def _title(group: Document) -> str:
    return "all" if group["by"] == "all" else f"{group['by']}: {group['name']}"
