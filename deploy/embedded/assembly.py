"""The parts of one run, put together."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from deploy.embedded.credentials import ensure_internal_secret
from deploy.embedded.data_directory import SERVICES, SUPERVISOR, DataDirectory
from deploy.embedded.log_files import rotate
from deploy.embedded.parts import NatsPart, Part, PostgresPart, ServicePart
from deploy.embedded.ports import free_port, kept_ports
from deploy.embedded.processes import created_at
from deploy.embedded.service_settings import StackAddresses, service_settings
from deploy.embedded.state import RunningPart, StackState
from shared.version import platform_version


@dataclass
class Assembly:
    """Servers, services and where they are."""

    directory: DataDirectory
    addresses: StackAddresses
    postgres: PostgresPart
    nats: NatsPart
    services: dict[str, ServicePart]
    versions: dict[str, str | None] = field(default_factory=dict)
    restarts: dict[str, int] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All five, in start order."""
        return (self.postgres, self.nats, *self.services.values())

    def let_services_go(self) -> None:
        """Give every service its settings; needs a running PostgreSQL."""
        from shared.local_keys import ensure_key_pair

        secret = ensure_internal_secret(self.directory.secrets)
        jwks_file = ensure_key_pair(self.directory.secrets).jwks_file
        for name in SERVICES:
            self.addresses.databases[name] = self.postgres.server.url(database_of(name))
        for name, service in self.services.items():
            service.run(
                service_settings(
                    name,
                    self.addresses,
                    secret=secret,
                    jwks_file=jwks_file,
                    index=self.directory.index,
                )
            )

    def state(self, *, ready: bool) -> StackState:
        """What runs at this moment."""
        own = RunningPart(os.getpid(), created_at(os.getpid()), "", platform_version())
        running = {
            part.name: RunningPart(
                pid,
                created_at(pid),
                part.address,
                self.versions.get(part.name),
                self.restarts.get(part.name, 0),
            )
            for part in self.parts
            if (pid := part.pid) is not None
        }
        return StackState(
            platform_version(), self.addresses.of("gateway"), ready, {SUPERVISOR: own, **running}
        )


def assemble(
    directory: DataDirectory, host: str, port: int, packages: Mapping[str, str] | None = None
) -> Assembly:
    """Choose ports, rotate logs, make the parts; nothing is started yet."""
    ports = kept_ports(directory.ports_file, ("nats", "profiles", "matcher"))
    nats = NatsPart(directory.nats, ports.pop("nats"))
    addresses = StackAddresses(host, {**ports, "gateway": port or free_port()}, {}, nats.address)
    for part in ("nats", *SERVICES):
        rotate(directory.log_of(part))
    services = {
        name: ServicePart(
            name,
            (packages or {}).get(name, f"services.{name}"),
            addresses.of(name),
            directory.log_of(name),
        )
        for name in SERVICES
    }
    return Assembly(directory, addresses, PostgresPart(directory.postgres), nats, services)


def database_of(service: str) -> str:
    """Every service has a database of its own."""
    return f"hezuo_{service}"
