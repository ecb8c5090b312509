"""The HEZUO_* environment of each service in the embedded stack."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class StackAddresses:
    """Where everything is, once the servers run."""

    gateway_host: str
    ports: dict[str, int]
    """By service."""
    databases: dict[str, str]
    """SQLAlchemy URLs by service."""
    nats_url: str

    def of(self, service: str) -> str:
        """The base URL of a service."""
        host = self.gateway_host if service == "gateway" else "127.0.0.1"
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared only
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.ports[service]}"


def service_settings(
    service: str, addresses: StackAddresses, *, secret: str, jwks_file: Path, index: Path
) -> dict[str, str]:
    """What a service reads at its start."""
    common = {
        "HEZUO_HOST": addresses.gateway_host if service == "gateway" else "127.0.0.1",
        "HEZUO_PORT": str(addresses.ports[service]),
        "HEZUO_DATABASE_URL": addresses.databases[service],
        "HEZUO_INTERNAL_SECRET": secret,
        "HEZUO_PARENT_PID": str(os.getpid()),
        "HEZUO_LOG_JSON": "true",
    }
    return {**common, **_own(service, addresses, jwks_file, index)}


def _own(service: str, addresses: StackAddresses, jwks_file: Path, index: Path) -> dict[str, str]:
    from shared.local_keys import AUDIENCE, LOCAL_ISSUER

    if service == "profiles":
        return {
            "HEZUO_NATS_URL": addresses.nats_url,
            "HEZUO_MATCHER_URL": addresses.of("matcher"),
        }
    if service == "matcher":
        return {
            "HEZUO_NATS_URL": addresses.nats_url,
            "HEZUO_PROFILES_URL": addresses.of("profiles"),
            "HEZUO_INDEX_DIRECTORY": str(index),
        }
    return {
        "HEZUO_NATS_URL": addresses.nats_url,
        "HEZUO_PROFILES_URL": addresses.of("profiles"),
        "HEZUO_MATCHER_URL": addresses.of("matcher"),
        "HEZUO_PUBLIC_URL": addresses.of("gateway"),
        "HEZUO_ISSUER": LOCAL_ISSUER,
        "HEZUO_AUDIENCE": AUDIENCE,
        "HEZUO_JWKS_FILE": str(jwks_file),
    }
