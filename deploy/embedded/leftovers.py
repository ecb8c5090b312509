"""Ending what a killed supervisor has left behind."""

from concurrent.futures import ThreadPoolExecutor

from deploy.embedded.data_directory import DataDirectory
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.embedded.processes import end, is_alive
from deploy.embedded.state import read_state

_SECONDS = 15.0


def end_leftovers(directory: DataDirectory, *, with_postgres: bool) -> list[str]:
    """The names of the parts of an earlier run that were ended. PostgreSQL may be kept for reuse.

    Call it only while no supervisor holds the directory's lock.
    """
    state = read_state(directory.state_file)
    parts = dict(state.parts) if state else {}
    parts.pop("postgresql", None)
    alive = {name: part for name, part in parts.items() if is_alive(part)}
    with ThreadPoolExecutor(max_workers=len(alive) or 1) as pool:
        for part in alive.values():
            pool.submit(end, part, seconds=_SECONDS)
    ended = list(alive)
    postgres = EmbeddedPostgres(directory.postgres)
    if with_postgres and postgres.pid is not None:
        postgres.stop()
        ended.append("postgresql")
    return ended
