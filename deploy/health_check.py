"""Exit code 0 when the service in this container is ready: `python -m deploy.health_check`."""

import os
import sys
from urllib.error import URLError
from urllib.request import urlopen

_SECONDS = 4


def main() -> int:
    """0 for ready; readiness answers 503 otherwise."""
    address = f"http://127.0.0.1:{os.environ.get('HEZUO_PORT', '8080')}/ready"
    try:
        with urlopen(address, timeout=_SECONDS) as answer:
            return 0 if answer.status == 200 else 1
    except (URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
