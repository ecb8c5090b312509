import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from services.matcher.match_settings import MatchSettings

ROOT = Path(__file__).parents[3]
SERVICES = ("profiles", "matcher", "gateway")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert isinstance(loaded, dict)
    return loaded


def test_it_follows_the_compose_specification(compose: dict[str, Any]) -> None:
    vendored = files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json"
    schema = json.loads(vendored.read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(compose)


def test_everything_has_a_health_check_and_starts_after_what_it_needs(
    compose: dict[str, Any],
) -> None:
    for name in ("postgres", "nats", "qdrant"):
        assert compose["services"][name]["healthcheck"]["test"]
    for name in SERVICES:
        needed = compose["services"][name]["depends_on"]
        assert {needs["condition"] for needs in needed.values()} == {"service_healthy"}
        assert "postgres" in needed


def test_the_worker_is_the_matchers_image_with_a_check_of_its_own(compose: dict[str, Any]) -> None:
    worker = compose["services"]["worker"]
    assert worker["image"] == compose["services"]["matcher"]["image"]
    assert worker["healthcheck"]["test"][-1] == "deploy.heartbeat_check"
    assert worker["environment"]["HEZUO_HEARTBEAT_FILE"]


def test_what_may_not_fit_into_memory_has_a_volume(compose: dict[str, Any]) -> None:
    profiles, matcher = (compose["services"][name] for name in ("profiles", "matcher"))
    assert profiles["volumes"] == [f"spool:{profiles['environment']['TMPDIR']}"]
    assert matcher["volumes"] == [f"models:{matcher['environment']['HF_HOME']}"]
    assert compose["volumes"].keys() >= {"spool", "models"}


def test_only_the_gateway_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    published = {name for name, service in compose["services"].items() if service.get("ports")}
    assert published == {"gateway"}
    assert compose["services"]["gateway"]["ports"][0].startswith("${HEZUO_BIND:-127.0.0.1}:")


def test_every_secret_comes_from_the_environment_with_a_message_where_it_lacks() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    example = (ROOT / ".env.example").read_text()
    names = set(re.findall(r"\$\{([A-Z_]+)", text))
    with_message = set(re.findall(r"\$\{([A-Z_]+):\?[^}]+}", text))
    with_default = set(re.findall(r"\$\{([A-Z_]+):-[^}]+}", text))
    # The index of torch's build is no secret, and the registry's own is a fine default; the
    # platform works without e-mail.
    optional = {"TORCH_INDEX", "HEZUO_PUBLIC_URL", "HEZUO_SMTP_HOST", "HEZUO_SMTP_USERNAME"}
    optional |= {"HEZUO_SMTP_PASSWORD", "HEZUO_SMTP_SENDER", "HEZUO_OIDC_CLIENT_ID"}
    optional |= {"HEZUO_OIDC_CLIENT_SECRET", "HEZUO_OIDC_NAME"}
    assert names == with_message | with_default | optional
    assert all(re.search(rf"^{name}=", example, re.MULTILINE) for name in names)


def test_everything_that_can_be_set_about_matches_reaches_the_matcher(
    compose: dict[str, Any],
) -> None:
    given = compose["services"]["matcher"]["environment"]
    for name, field in MatchSettings.model_fields.items():
        if name.startswith("match_"):
            key = f"HEZUO_{name.upper()}"
            assert given[key] == f"${{{key}:-{field.default:g}}}"


def test_the_servers_are_of_the_versions_that_are_needed(compose: dict[str, Any]) -> None:
    images = {name: service["image"] for name, service in compose["services"].items()}
    assert images["postgres"] == "postgres:18"
    assert _version(images["nats"]) >= (2, 12)
    assert _version(images["qdrant"]) >= (1, 19)
    assert "sync_interval: always" in (ROOT / "deploy/nats.conf").read_text()
    assert compose["services"]["qdrant"]["environment"]["QDRANT__SERVICE__API_KEY"]


def test_each_service_has_a_database_of_its_own(compose: dict[str, Any]) -> None:
    sql = (ROOT / "deploy/postgres/init.sql").read_text()
    for name in SERVICES:
        url = compose["services"][name]["environment"]["HEZUO_DATABASE_URL"]
        assert url.endswith(f"/hezuo_{name}")
        assert f"create database hezuo_{name};" in sql


def _version(image: str) -> tuple[int, int]:
    found = re.search(r":v?(\d+)\.(\d+)", image)
    assert found
    return int(found[1]), int(found[2])
