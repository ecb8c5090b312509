import json
import os
import socket
from pathlib import Path

import pytest

from deploy.embedded.credentials import ensure_internal_secret
from deploy.embedded.log_files import cut_large, last_lines, readable_line, readable_tail, rotate
from deploy.embedded.ports import kept_ports
from deploy.embedded.processes import created_at, is_alive
from deploy.embedded.service_settings import StackAddresses, service_settings
from deploy.embedded.state import RunningPart, StackState, read_state, write_state


def test_a_written_state_is_read_back(tmp_path: Path) -> None:
    part = RunningPart(7, 1.5, "http://127.0.0.1:1", "0.1.0", restarts=2)
    state = StackState("0.1.0", "http://127.0.0.1:1", True, {"gateway": part})
    write_state(tmp_path / "state.json", state)
    assert read_state(tmp_path / "state.json") == state
    assert [file.name for file in tmp_path.iterdir()] == ["state.json"]


@pytest.mark.parametrize("broken", ["", "{", "[]", "{}", '{"parts": 1}', '{"parts": {"a": {}}}'])
def test_a_broken_state_is_no_state(tmp_path: Path, broken: str) -> None:
    (tmp_path / "state.json").write_text(broken)
    assert read_state(tmp_path / "state.json") is None
    assert read_state(tmp_path / "missing.json") is None


def test_ports_are_kept_while_they_are_free(tmp_path: Path) -> None:
    first = kept_ports(tmp_path / "ports.json", ("nats", "profiles"))
    assert kept_ports(tmp_path / "ports.json", ("nats", "profiles")) == first
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first["nats"]))
        taken.listen()
        second = kept_ports(tmp_path / "ports.json", ("nats", "profiles"))
    assert second["nats"] != first["nats"]
    assert second["profiles"] == first["profiles"]


def test_nonsense_in_the_ports_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "ports.json").write_text('{"nats": "x", "profiles": 99999}')
    ports = kept_ports(tmp_path / "ports.json", ("nats", "profiles"))
    assert all(0 < port < 65536 for port in ports.values())


def test_the_internal_secret_is_made_once_and_private(tmp_path: Path) -> None:
    secret = ensure_internal_secret(tmp_path)
    assert len(secret) >= 32
    assert ensure_internal_secret(tmp_path) == secret
    assert (tmp_path / "internal-secret").stat().st_mode & 0o777 == 0o600


def test_a_secret_cut_short_by_a_crash_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "internal-secret").write_text("")
    assert len(ensure_internal_secret(tmp_path)) >= 32


def test_logs_are_rotated_and_the_oldest_goes(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    for number in range(5):
        log.write_text(str(number))
        rotate(log, kept=2)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "a.log.1": "4",
        "a.log.2": "3",
    }


def test_the_last_lines_of_a_log(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(b"1\n2\n\xff3\n")
    assert last_lines(tmp_path / "a.log", 2) == "2\n\ufffd3"
    assert last_lines(tmp_path / "missing.log") == ""


def test_a_process_is_told_from_another_with_its_pid() -> None:
    own = RunningPart(os.getpid(), created_at(os.getpid()), "")
    assert is_alive(own)
    assert not is_alive(RunningPart(os.getpid(), own.created - 3600, ""))
    assert not is_alive(RunningPart(2**22 + 1, own.created, ""))


def test_each_service_is_told_what_it_needs_and_no_more(tmp_path: Path) -> None:
    addresses = StackAddresses(
        "0.0.0.0",
        {"profiles": 1, "matcher": 2, "gateway": 3},
        {"profiles": "db-p", "matcher": "db-m", "gateway": "db-g"},
        "nats://127.0.0.1:4",
    )
    given = {
        name: service_settings(
            name, addresses, secret="s", jwks_file=tmp_path / "jwks.json", index=tmp_path / "index"
        )
        for name in ("profiles", "matcher", "gateway")
    }
    assert given["profiles"]["HEZUO_HOST"] == "127.0.0.1"
    assert given["gateway"]["HEZUO_HOST"] == "0.0.0.0"
    assert given["matcher"]["HEZUO_PROFILES_URL"] == "http://127.0.0.1:1"
    assert given["gateway"]["HEZUO_MATCHER_URL"] == "http://127.0.0.1:2"
    assert given["gateway"]["HEZUO_NATS_URL"] == "nats://127.0.0.1:4"
    assert given["gateway"]["HEZUO_PUBLIC_URL"] == "http://127.0.0.1:3"
    assert addresses.of("gateway") == "http://127.0.0.1:3"


def test_json_log_lines_are_shortened_for_people(tmp_path: Path) -> None:
    entry = {"timestamp": "T", "level": "error", "event": "failed", "exception": "a\nb\nLast: why"}
    (tmp_path / "a.log").write_text(f"plain\n{json.dumps(entry)}\n")
    assert readable_tail(tmp_path / "a.log") == "plain\nT error failed Last: why"


def test_a_json_line_is_told_with_all_that_it_says() -> None:
    entry = {
        "timestamp": "2026-01-02T03:04:05.678Z",
        "level": "info",
        "event": "request",
        "service": "matcher",
        "status": 200,
    }
    assert readable_line(json.dumps(entry)) == "2026-01-02T03:04:05 info    request status=200"
    assert readable_line("plain") == "plain"
    failed = readable_line(json.dumps({**entry, "exception": "a\nb"}))
    assert failed.splitlines()[1:] == ["a", "b"]


def test_a_log_that_grows_too_large_is_cut_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    with log.open("a") as writer:
        writer.write("0123456789\n")
        writer.flush()
        assert not cut_large(log, largest=11)
        assert cut_large(log, largest=10)
        writer.write("next\n")
    assert log.read_text() == "next\n"
    assert (tmp_path / "a.log.1").read_text() == "0123456789\n"
    assert not cut_large(tmp_path / "missing.log")
