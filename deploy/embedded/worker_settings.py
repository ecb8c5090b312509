"""The environment of a rematch worker beside a running platform."""

from deploy.embedded.assembly import database_of
from deploy.embedded.credentials import ensure_internal_secret
from deploy.embedded.data_directory import DataDirectory
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.embedded.state import read_state


def worker_settings(directory: DataDirectory) -> dict[str, str] | None:
    """None where nothing runs there."""
    state = read_state(directory.state_file)
    if state is None or not {"postgresql", "nats"} <= set(state.parts):
        return None
    return {
        "HEZUO_DATABASE_URL": EmbeddedPostgres(directory.postgres).url(database_of("matcher")),
        "HEZUO_NATS_URL": state.parts["nats"].address,
        "HEZUO_INTERNAL_SECRET": ensure_internal_secret(directory.secrets),
        "HEZUO_LOG_JSON": "false",
    }
