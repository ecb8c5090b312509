"""What is imported is declared, per service, and what is declared is pinned."""

import ast
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
OURS = {"services", "shared", "cli", "deploy", "data", "benchmarks", "tests"}
# What runs together: the folders of one process, and the extras that its environment has.
PROCESSES = {
    "profiles": (("services/profiles", "shared"), ("profiles",)),
    "matcher": (("services/matcher", "shared"), ("matcher", "evaluation")),
    "gateway": (("services/gateway", "shared"), ("gateway",)),
    "everything": (("services", "shared", "cli", "deploy", "benchmarks", "tests"), tuple(EXTRAS)),
}
# Their parents bring them, as a part of their own interface.
BROUGHT = {
    "anyio": "fastapi",
    "cryptography": "pyjwt",
    "grpcio": "qdrant-client",
    "h11": "uvicorn",
    "httpcore2": "httpx2",
    "markupsafe": "jinja2",
    "packaging": "pytest",
    "pydantic-core": "pydantic",
    "scikit-learn": "sentence-transformers",
    "starlette": "fastapi",
}


def normal(name: str) -> str:
    """The comparable form of a distribution's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*extras: str) -> set[str]:
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in EXTRAS[extra])]
    return {normal(Requirement(line).name) for line in lines}


def imported(*folders: str) -> set[str]:
    found: set[str] = set()
    for file in (file for folder in folders for file in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                found.add(node.module.split(".")[0])
    return found - OURS - set(sys.stdlib_module_names)


@pytest.mark.parametrize("process", PROCESSES)
def test_every_import_is_declared(process: str) -> None:
    folders, extras = PROCESSES[process]
    installed = packages_distributions()
    known = declared(*extras)
    for module in imported(*folders):
        names = {normal(name) for name in installed.get(module, [module])}
        parents = {BROUGHT.get(name, name) for name in names}
        assert parents & known, f"{process} imports {module}; no extra of it declares {names}"


def needed() -> set[str]:
    """All distributions that the environment consists of, as installed here."""
    waiting = [Requirement(name) for name in declared(*EXTRAS)]
    found: dict[str, set[str]] = {}
    while waiting:
        one = waiting.pop()
        name, fresh = normal(one.name), one.extras - found.get(normal(one.name), set())
        if name in found and not fresh:
            continue
        found[name] = found.get(name, set()) | one.extras
        try:
            lines = requires(name) or []
        except PackageNotFoundError:
            continue  # of another platform
        for requirement in map(Requirement, lines):
            marker = requirement.marker
            if marker is None or any(
                marker.evaluate({"extra": extra}) for extra in {"", *one.extras}
            ):
                waiting.append(requirement)
    return set(found)


def test_every_distribution_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {normal(line.split("==")[0]) for line in pins if "==" in line}
    # torch's pin is in the Makefile and the Dockerfile: its build depends on the machine.
    # setuptools is a part of the tools that install, as pip is.
    assert needed() - pinned == {"torch", "setuptools"} & needed()
