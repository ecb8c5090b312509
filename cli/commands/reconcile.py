"""`hezuo reconcile`: compare PostgreSQL and the index both ways, and mend."""

from cli.connection import connect
from cli.options import DEFAULT_DATA_DIRECTORY, DataDir, Json, Token, Url
from cli.output import console, print_json

_SECONDS = 3600.0


def reconcile(
    as_json: Json = False,
    data_dir: DataDir = DEFAULT_DATA_DIRECTORY,
    url: Url = None,
    token: Token = None,
) -> None:
    """Mend the index where it differs from PostgreSQL."""
    gateway = connect(data_dir, url, token, role="operator")
    with console(to_stderr=True).status("Comparing"):
        done = gateway.request("POST", "/v1/index/reconciliation", seconds=_SECONDS)
    if as_json:
        print_json(done)
    else:
        console().print(
            f"compared {done['compared']}, missing {done['missing']}, surplus "
            f"{done['surplus']}, mended {done['mended']}, in {done['seconds']:.1f} s"
        )
