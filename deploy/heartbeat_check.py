"""Exit code 0 while a process without HTTP is at work: `python -m deploy.heartbeat_check`."""

import os
import sys
import time
from pathlib import Path

OLDEST_SECONDS = 45.0


def main() -> int:
    """0 where the file of HEZUO_HEARTBEAT_FILE was written lately."""
    try:
        written = Path(os.environ["HEZUO_HEARTBEAT_FILE"]).stat().st_mtime
    except (KeyError, OSError):
        return 1
    return 0 if time.time() - written < OLDEST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
