"""Exporting and importing gives the same organisations, whatever is in them."""

import io

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.profiles.formats.registry import READERS, WRITERS
from shared.contracts.imports import ImportFormat
from shared.contracts.organisation import NewOrganisation
from shared.file_formats import FIRST_BYTES, detect_format
from tests.support.organisation_strategies import organisations

# Shrinking such large values takes minutes and explains little more.
files = settings(
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
several = st.lists(organisations(), max_size=4, unique_by=lambda o: o.id)


@pytest.mark.parametrize("format", list(WRITERS))
@settings(files, max_examples=40)
@given(exported=several)
def test_what_is_exported_comes_back_the_same(
    format: ImportFormat, exported: list[NewOrganisation]
) -> None:
    file = io.BytesIO(b"".join(WRITERS[format](exported)))
    rows = list(READERS[format](file))
    assert [row.problems for row in rows] == [()] * len(exported)
    assert [row.organisation for row in rows] == exported


@pytest.mark.parametrize("format", list(WRITERS))
@settings(files, max_examples=10)
@given(exported=st.lists(organisations(), min_size=1, max_size=2))
def test_the_format_of_an_export_is_recognised(
    format: ImportFormat, exported: list[NewOrganisation]
) -> None:
    content = b"".join(WRITERS[format](exported))
    name = f"export.{'jsonl' if format is ImportFormat.DATASET else format}"
    assert detect_format(name, content[:FIRST_BYTES]) is format
