"""Ctrl-C while `hezuo up --detach` waits: nothing that it has started goes on."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from deploy.embedded.data_directory import SUPERVISOR, DataDirectory
from deploy.embedded.detached import _wait


def test_the_supervisor_ends_with_the_command_that_waits_for_it(tmp_path: Path) -> None:
    directory = DataDirectory.at(tmp_path)
    directory.make()
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    supervisor = subprocess.Popen(command, start_new_session=True)
    reported: list[tuple[str, str]] = []
    # A shell's background jobs ignore it, and so do their children: Python then raises nothing.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    interrupt = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            _wait(supervisor, directory, lambda *told: reported.append(told))
        assert supervisor.poll() == -signal.SIGTERM
        assert reported == [(SUPERVISOR, "stopping")]
    finally:
        interrupt.join()
        signal.signal(signal.SIGINT, before)
        supervisor.kill()
