"""The health check of a process without HTTP."""

import os
import time
from pathlib import Path

import pytest

from deploy.heartbeat_check import OLDEST_SECONDS, main


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    beat = tmp_path / "heartbeat"
    monkeypatch.setenv("HEZUO_HEARTBEAT_FILE", str(beat))
    return beat


def test_a_fresh_beat_is_health(file: Path) -> None:
    file.touch()
    assert main() == 0


def test_an_old_beat_is_not(file: Path) -> None:
    file.touch()
    long_ago = time.time() - OLDEST_SECONDS - 1
    os.utime(file, (long_ago, long_ago))
    assert main() == 1


def test_no_beat_is_not(file: Path) -> None:
    assert main() == 1
