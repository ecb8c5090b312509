"""The supervisor without a terminal: `python -m deploy.embedded DATA_DIR HOST PORT`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from deploy.embedded.data_directory import DataDirectory
from deploy.embedded.failures import StartError
from deploy.embedded.supervisor import Supervisor


def _report(part: str, event: str) -> None:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    print(f"{now} {part} {event}", flush=True)


def main() -> None:
    """Run until a signal; exit code 1 with a message when the start fails."""
    root, host, port = sys.argv[1:]
    directory = DataDirectory.at(Path(root))
    try:
        Supervisor(directory, host=host, port=int(port), report=_report).run(lambda _state: None)
    except StartError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
