"""Other weights than the product's, by name."""

import json
from pathlib import Path

import pytest

from services.matcher.domain.ranking_weights import STANDARD
from services.matcher.evaluation.dataset_error import DatasetError
from services.matcher.evaluation.weights import (
    UnknownWeightError,
    changed,
    named_weights,
    parse_changes,
    read_changes,
)


def test_every_weight_has_a_full_name() -> None:
    names = named_weights()
    assert names["text.named"] == STANDARD.text.named
    assert names["related.named"] == STANDARD.related.named


def test_nothing_changed_is_the_product() -> None:
    assert changed({}) == STANDARD


def test_a_short_name_means_every_group_that_has_it_and_a_full_one_goes_before_it() -> None:
    weights = changed({"related.named": 2, "named": 0})
    assert (weights.text.named, weights.related.named) == (0.0, 2.0)
    assert weights.text.hub == STANDARD.text.hub
    assert STANDARD.text.named != 0


def test_settings_are_numbers_by_name() -> None:
    assert parse_changes(["named=0", "text.hub=0.5,near=1"]) == {
        "named": 0.0,
        "text.hub": 0.5,
        "near": 1.0,
    }


@pytest.mark.parametrize("setting", ["named", "named=", "named=much", "named=nan", "named=inf"])
def test_a_setting_that_is_no_number_is_refused(setting: str) -> None:
    with pytest.raises(UnknownWeightError, match="named"):
        parse_changes([setting])


@pytest.mark.parametrize("name", ["fame", "text.fame", "other.named", ""])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(UnknownWeightError, match="there is no weight"):
        changed({name: 1.0})


def test_a_file_may_be_flat_or_grouped(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text(
        json.dumps({"text": {"named": 0, "hub": 0.5}, "country": 1, "related.named": 2})
    )
    assert read_changes(file) == {
        "text.named": 0.0,
        "text.hub": 0.5,
        "country": 1.0,
        "related.named": 2.0,
    }


@pytest.mark.parametrize("text", ["", "[]", '{"named": "x"}', '{"named": [1]}', '{"a": {"b": {}}}'])
def test_a_file_without_weights_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "weights.json"
    file.write_text(text)
    with pytest.raises(DatasetError, match="no weights"):
        read_changes(file)


def test_a_missing_file_of_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no weights"):
        read_changes(tmp_path / "nowhere.json")
