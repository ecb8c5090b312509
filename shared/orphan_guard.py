"""Stops a service whose supervisor has died, so that nothing is orphaned."""

import os
import signal
import threading
import time


def stop_when_orphaned(parent_pid: int, *, poll_seconds: float = 1.0) -> None:
    """Watch the parent from a thread; SIGTERM to this process when it is gone."""

    def watch() -> None:
        while os.getppid() == parent_pid:
            time.sleep(poll_seconds)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="orphan-guard", daemon=True).start()
