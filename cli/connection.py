"""Which gateway a command talks to, and as whom."""

from pathlib import Path
from typing import TYPE_CHECKING

from cli.failures import CommandError

if TYPE_CHECKING:
    from cli.gateway import Gateway


def connect(
    data_dir: Path, url: str | None, token: str | None, *, role: str = "coordinator"
) -> "Gateway":
    """A gateway at `url`, or the local one of the data directory with a token of its own key."""
    from cli.gateway import Gateway

    if url and not url.startswith(("http://", "https://")):
        raise CommandError(f"{url!r} is no address of a gateway; write http://HOST:PORT")
    return Gateway(url or local_url(data_dir), token or local_token(data_dir, role=role))


def local_url(data_dir: Path) -> str:
    """Where the local platform's gateway is. Raises CommandError when it does not run."""
    from deploy.embedded.data_directory import DataDirectory
    from deploy.embedded.state import read_state

    state = read_state(DataDirectory.at(data_dir).state_file)
    if state is None:
        raise CommandError(
            f"nothing runs on {data_dir}. Start it with `hezuo up --data-dir {data_dir}`, "
            "or name a gateway with --url and --token."
        )
    return state.url


def local_token(
    data_dir: Path, *, role: str, organisation: str | None = None, hours: float = 1.0
) -> str:
    """A token signed with the local platform's key. Raises CommandError where it has none."""
    from deploy.embedded.data_directory import DataDirectory
    from shared.local_keys import issue_token

    if role == "member" and not organisation:
        raise CommandError(
            "a member speaks for an organisation: name it with --org ID, "
            "or take another role, such as --role coordinator."
        )
    secrets = DataDirectory.at(data_dir).secrets
    if not secrets.is_dir():
        raise CommandError(
            f"{data_dir} has no key to sign with. Start it once with `hezuo up --data-dir "
            f"{data_dir}`, or give --token (HEZUO_TOKEN)."
        )
    try:
        return issue_token(
            secrets, role=role, organisation=organisation, lifetime_seconds=int(hours * 3600)
        )
    except (ValueError, OSError) as error:
        raise CommandError(str(error)) from error
