"""Where everything of one installation lies."""

import os
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded.failures import StartError

SERVICES = ("profiles", "matcher", "gateway")
"""In start order; they are stopped the other way round."""
PARTS = ("postgresql", "nats", *SERVICES)
SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class DataDirectory:
    """The layout below one root."""

    root: Path

    @classmethod
    def at(cls, path: Path) -> "DataDirectory":
        """The layout at an absolute path, so that a later `cd` changes nothing."""
        return cls(path.expanduser().resolve())

    @property
    def lock_file(self) -> Path:
        """Held by the supervisor while it runs."""
        return self.root / "lock"

    @property
    def state_file(self) -> Path:
        """What runs where, for `status` and `down`."""
        return self.root / "state.json"

    @property
    def ports_file(self) -> Path:
        """The ports chosen at the first start."""
        return self.root / "ports.json"

    @property
    def demo_marker(self) -> Path:
        """There once the demo profiles were loaded."""
        return self.root / "demo-loaded.json"

    @property
    def secrets(self) -> Path:
        """Only the owner may look inside."""
        return self.root / "secrets"

    @property
    def logs(self) -> Path:
        """One file a part."""
        return self.root / "logs"

    @property
    def postgres(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.root / "postgres"

    @property
    def nats(self) -> Path:
        """NATS's configuration, log and streams."""
        return self.root / "nats"

    @property
    def index(self) -> Path:
        """The matcher's vectors."""
        return self.root / "index"

    def log_of(self, part: str) -> Path:
        """The log file of a part."""
        own = {"postgresql": self.postgres / "log", "nats": self.nats / "log"}
        return own.get(part, self.logs / f"{part}.log")

    def make(self) -> None:
        """Make the folders. Raises StartError where that is not possible."""
        try:
            for folder in (self.root, self.logs, self.index):
                folder.mkdir(parents=True, exist_ok=True)
            self.secrets.mkdir(mode=0o700, exist_ok=True)
            self.secrets.chmod(0o700)
        except OSError as error:
            raise _unwritable(self.root, error) from error
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise _unwritable(self.root, PermissionError("permission denied"))


def _unwritable(root: Path, error: OSError) -> StartError:
    return StartError(
        f"The data directory {root} cannot be written: {error.strerror or error}.",
        "Name another with --data-dir (or HEZUO_DATA_DIR), or give this user the right to write.",
    )
