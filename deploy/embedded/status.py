"""How the stack is at this moment: every part is asked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from deploy.embedded.data_directory import PARTS, DataDirectory
from deploy.embedded.probes import Probe, probe
from deploy.embedded.processes import is_alive
from deploy.embedded.state import RunningPart, StackState, read_state


@dataclass(frozen=True)
class PartStatus:
    """One part; `address` and `pid` are None when it does not run."""

    ready: bool
    version: str | None = None
    address: str | None = None
    pid: int | None = None
    restarts: int = 0
    detail: str | None = None
    statistics: str | None = None


@dataclass(frozen=True)
class StackStatus:
    """Ready only if every part is."""

    ready: bool
    url: str | None
    data_dir: str
    version: str | None
    parts: dict[str, PartStatus]

    def as_json(self) -> dict[str, object]:
        """What `hezuo status --json` prints."""
        return asdict(self)


def stack_status(directory: DataDirectory) -> StackStatus:
    """Ask all parts side by side."""
    state = read_state(directory.state_file)
    with ThreadPoolExecutor(max_workers=len(PARTS)) as pool:
        answers = pool.map(lambda name: (name, _ask(name, state)), PARTS)
        parts = dict(answers)
    return StackStatus(
        ready=all(part.ready for part in parts.values()),
        url=state.url if state else None,
        data_dir=str(directory.root),
        version=state.version if state else None,
        parts=parts,
    )


def _ask(name: str, state: StackState | None) -> PartStatus:
    part = state.parts.get(name) if state else None
    if part is None or not is_alive(part):
        return PartStatus(ready=False, detail="does not run")
    answer = probe(name, part.address)
    return _combined(part, answer)


def _combined(part: RunningPart, answer: Probe) -> PartStatus:
    return PartStatus(
        ready=answer.ready,
        version=answer.version or part.version,
        address=part.address,
        pid=part.pid,
        restarts=part.restarts,
        detail=answer.detail,
        statistics=answer.statistics,
    )
