"""Ports of the inner parts: any free ones, kept so that addresses stay the same."""

import socket
from pathlib import Path

from deploy.embedded.state import read_json, write_json


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def kept_ports(file: Path, names: tuple[str, ...]) -> dict[str, int]:
    """The ports of the last start where they are still free, else new ones; written back."""
    kept = read_json(file)
    ports: dict[str, int] = {}
    for name in names:
        last = kept.get(name)
        free = isinstance(last, int) and last not in ports.values() and _is_free(last)
        ports[name] = last if isinstance(last, int) and free else free_port()
    write_json(file, ports)
    return ports


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
        return True
