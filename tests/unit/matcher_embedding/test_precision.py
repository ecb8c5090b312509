import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.matcher.embedding.precision import chosen
from services.matcher.settings import MatcherSettings
from services.matcher.worker import WorkerSettings

CPUINFO = Path("/proc/cpuinfo")


def test_auto_takes_bf16_only_where_the_processor_multiplies_it() -> None:
    assert chosen("auto", native=True) == "bf16"
    assert chosen("auto", native=False) == "4bit"


@pytest.mark.parametrize("native", [True, False])
def test_what_the_operator_says_holds_on_any_processor(native: bool) -> None:
    assert chosen("4bit", native=native) == "4bit"
    assert chosen("bf16", native=native) == "bf16"


@pytest.mark.skipif(not CPUINFO.is_file(), reason="only Linux lists what the processor can do")
def test_the_processor_is_asked_itself() -> None:
    from services.matcher.embedding.processor import multiplies_bf16

    assert multiplies_bf16() == ("avx512_bf16" in CPUINFO.read_text("utf-8").split())


@pytest.mark.parametrize("settings", [MatcherSettings, WorkerSettings])
def test_matcher_and_workers_read_it_from_the_environment(
    settings: type[MatcherSettings | WorkerSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = {
        "HEZUO_DATABASE_URL": "postgresql+asyncpg://nowhere",
        "HEZUO_INTERNAL_SECRET": "s" * 32,
        "HEZUO_PROFILES_URL": "http://nowhere",
        "HEZUO_INDEX_DIRECTORY": "nowhere",
    }
    for name, value in needed.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("HEZUO_PRECISION", raising=False)
    assert settings().precision == "auto"
    monkeypatch.setenv("HEZUO_PRECISION", "bf16")
    assert settings().precision == "bf16"
    monkeypatch.setenv("HEZUO_PRECISION", "fp8")
    with pytest.raises(ValidationError, match="precision"):
        settings()


def test_settings_do_not_import_torch() -> None:
    """The gateway and the command line read settings too."""
    import subprocess

    code = "import sys, services.matcher.settings; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
