"""The demo profiles: loaded once, and what the platform makes of them."""

from datetime import UTC, datetime
from importlib.resources import as_file, files
from typing import Any

from cli.commands.suggest import suggestions_path
from cli.gateway import Gateway
from cli.import_file import ImportFile
from cli.import_progress import import_progress
from cli.importing import run_import
from cli.language import name_in
from cli.options import Format
from cli.output import console
from deploy.embedded.data_directory import DataDirectory
from deploy.embedded.state import write_json

_SHOWN_ORGANISATIONS = 2
_SHOWN_PARTNERS = 3


def load_demo_once(gateway: Gateway, directory: DataDirectory) -> bool:
    """Import the demo unless that was done before; True when it was loaded now."""
    if directory.demo_marker.exists():
        return False
    console(to_stderr=True).print("Loading the demo profiles (all invented)")
    with (
        as_file(files("data") / "demo.jsonl") as path,
        import_progress(shown=True) as progress,
    ):
        result = run_import(gateway, ImportFile(path), Format.JSONL, progress=progress)
    loaded = {"loaded_at": datetime.now(UTC).isoformat(), "counts": result.job["counts"]}
    write_json(directory.demo_marker, loaded)
    return True


def start_first_rematch(gateway: Gateway) -> None:
    """So that coordinators find matches in their queue; it goes on by itself."""
    started = gateway.get("/v1/rematch-jobs", {"limit": 1})["items"]
    if not started:
        body = {"reason": "first matches of the demo profiles"}
        gateway.request("POST", "/v1/rematch-jobs", json=body)
        console(to_stderr=True).print("Matching everybody for the first time, in the background")


def show_first_suggestions(gateway: Gateway) -> str | None:
    """Print tables for the first organisations; the id of the first, None where there is none."""
    from cli.suggestion_table import suggestion_table

    page = gateway.get("/v1/organisations", {"limit": _SHOWN_ORGANISATIONS})
    organisations: list[dict[str, Any]] = page["items"]
    for organisation in organisations:
        suggestions = gateway.get(suggestions_path(organisation["id"]), {"limit": _SHOWN_PARTNERS})
        title = f"{name_in(organisation['names'])} ({organisation['id']})"
        console().print(suggestion_table(title, suggestions["items"]))
    return organisations[0]["id"] if organisations else None
