import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.embedded.failures import StartError
from deploy.embedded.lock import DirectoryLock


def test_a_second_taker_is_refused_and_told_how_to_go_on(tmp_path: Path) -> None:
    first = DirectoryLock(tmp_path / "lock")
    first.acquire()
    with pytest.raises(StartError) as refused:
        DirectoryLock(tmp_path / "lock").acquire()
    assert f"process {os.getpid()}" in refused.value.problem
    assert "hezuo down" in refused.value.mend
    assert DirectoryLock(tmp_path / "lock").holder() == os.getpid()


def test_a_released_lock_can_be_taken_again_and_is_not_stale(tmp_path: Path) -> None:
    first = DirectoryLock(tmp_path / "lock")
    first.acquire()
    first.release()
    assert DirectoryLock(tmp_path / "lock").holder() is None
    assert DirectoryLock(tmp_path / "lock").acquire() is False


def test_the_lock_of_a_killed_process_is_found_stale_and_taken(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from deploy.embedded.lock import DirectoryLock;"
        "DirectoryLock(Path(sys.argv[1])).acquire(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "lock")], check=False)
    lock = DirectoryLock(tmp_path / "lock")
    assert lock.holder() is None
    assert lock.acquire() is True


def test_nobody_holds_a_lock_that_does_not_exist(tmp_path: Path) -> None:
    assert DirectoryLock(tmp_path / "lock").holder() is None
