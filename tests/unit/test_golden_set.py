"""The golden set holds together: counts, ids, references, languages, splits. No scores here."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[2] / "data" / "golden"
HAN = re.compile(r"[\u4e00-\u9fff]")
LENGTH = {"zh": range(30, 161), "en": range(80, 351)}
Rows = list[dict[str, Any]]


def read(name: str) -> Rows:
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def is_chinese(text: str) -> bool:
    return len(HAN.findall(text)) > 0.15 * len(text)


def by_id(rows: Rows) -> dict[str, dict[str, Any]]:
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows), "duplicate ids"
    return found


@pytest.fixture(scope="module")
def organisations() -> dict[str, dict[str, Any]]:
    return by_id(read("organisations.jsonl"))


@pytest.fixture(scope="module")
def statements(organisations: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return by_id(
        [
            statement | {"owner": organisation["id"], "side": side}
            for organisation in organisations.values()
            for side in ("capabilities", "needs")
            for statement in organisation[side]
        ]
    )


@pytest.fixture(scope="module")
def queries() -> dict[str, dict[str, Any]]:
    return by_id(read("queries.jsonl"))


@pytest.fixture(scope="module")
def pairs() -> Rows:
    return list(by_id(read("pairs.jsonl")).values())


@pytest.fixture(scope="module")
def relevant() -> dict[str, set[str]]:
    right: dict[str, set[str]] = {}
    lines = (GOLDEN / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines))
    for line in lines:
        query, organisation, grade = line.split("\t")
        assert grade == "1"
        right.setdefault(query, set()).add(organisation)
    return right


def test_organisations_are_a_hundred_and_say_they_are_invented(
    organisations: dict[str, dict[str, Any]],
) -> None:
    assert sorted(organisations) == [f"g{number:03d}" for number in range(1, 101)]
    assert len({row["name"] for row in organisations.values()}) == 100
    for row in organisations.values():
        assert row["kind"] in {"institution", "enterprise", "other"}
        assert re.fullmatch(r"[A-Z]{2}", row["country"])
        assert row["city"]
        assert "fictional" in row["name"] or "虚构" in row["name"]
        assert 2 <= len(row["capabilities"]) <= 4
        assert 1 <= len(row["needs"]) <= 2


def test_statements_are_of_their_language_and_length(
    statements: dict[str, dict[str, Any]],
) -> None:
    assert len({row["text"] for row in statements.values()}) == len(statements)
    for row in statements.values():
        assert row["id"].startswith(f"{row['owner']}.{row['side'][0]}")
        assert row["lang"] == ("zh" if is_chinese(row["text"]) else "en"), row["id"]
        assert len(row["text"]) in LENGTH[row["lang"]], row["id"]
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", row["date"])


def test_pairs_are_disjoint_and_mutual(pairs: Rows, statements: dict[str, dict[str, Any]]) -> None:
    members = [member for pair in pairs for member in pair["organisations"]]
    assert len(pairs) == 45
    assert len(members) == len(set(members)) == 90
    assert Counter(pair["languages"] for pair in pairs) == {"zh-zh": 15, "en-en": 15, "zh-en": 15}
    for pair in pairs:
        first, second = pair["organisations"]
        ways = [(statements[way["need"]], statements[way["capability"]]) for way in pair["answers"]]
        assert [(need["owner"], can["owner"]) for need, can in ways] == [
            (first, second),
            (second, first),
        ]
        assert all(need["side"] == "needs" for need, _ in ways)
        assert all(can["side"] == "capabilities" for _, can in ways)
        spoken = [need["lang"] for need, _ in ways]
        assert "-".join(spoken) == pair["languages"]
        assert [can["lang"] for _, can in ways] == spoken[::-1]


def test_every_pair_has_near_misses_in_both_languages(
    pairs: Rows, statements: dict[str, dict[str, Any]]
) -> None:
    for pair in pairs:
        near = [statements[miss["statement"]] for miss in pair["near_misses"]]
        owners = {row["owner"] for row in near}
        assert len(owners) >= 2, pair["id"]
        assert owners.isdisjoint(pair["organisations"])
        assert {row["lang"] for row in near} == {"zh", "en"}, pair["id"]
        assert all(
            miss["query_organisation"] in pair["organisations"] for miss in pair["near_misses"]
        )


def test_each_pair_is_asked_once_in_each_direction(
    pairs: Rows, queries: dict[str, dict[str, Any]], relevant: dict[str, set[str]]
) -> None:
    asked = {row["organisation"]: row for row in queries.values() if "organisation" in row}
    assert len(asked) == 90
    assert sum("organisation" in row for row in queries.values()) == 90
    for pair in pairs:
        for asker, partner in (pair["organisations"], pair["organisations"][::-1]):
            query = asked[asker]
            assert relevant[query["id"]] == {partner}
            assert (query["split"], query["languages"]) == (pair["split"], pair["languages"])


def test_ad_hoc_needs_have_one_or_two_answers_in_the_stated_language(
    organisations: dict[str, dict[str, Any]],
    queries: dict[str, dict[str, Any]],
    relevant: dict[str, set[str]],
) -> None:
    needs = [row for row in queries.values() if "text" in row]
    assert len(needs) == 30
    for row in needs:
        own, answer = row["languages"].split("-")
        right = relevant[row["id"]]
        assert own == row["lang"] == ("zh" if is_chinese(row["text"]) else "en")
        assert 1 <= len(right) <= 2
        for organisation in right:
            spoken = {can["lang"] for can in organisations[organisation]["capabilities"]}
            assert answer in spoken, row["id"]


def test_queries_and_judgements_refer_to_each_other(
    organisations: dict[str, dict[str, Any]],
    queries: dict[str, dict[str, Any]],
    relevant: dict[str, set[str]],
) -> None:
    assert list(queries) == [f"qg-{number}" for number in range(1, 121)]
    assert relevant.keys() == queries.keys()
    assert set().union(*relevant.values()) <= organisations.keys()
    assert all(("organisation" in row) != ("text" in row) for row in queries.values())


def test_a_third_is_for_tuning_by_whole_topics(
    pairs: Rows, queries: dict[str, dict[str, Any]]
) -> None:
    assert Counter(row["split"] for row in queries.values()) == {"tune": 40, "report": 80}
    assert Counter((pair["split"], pair["languages"]) for pair in pairs) == {
        (split, languages): count
        for split, count in (("tune", 5), ("report", 10))
        for languages in ("zh-zh", "en-en", "zh-en")
    }
    assert len({(pair["topic"], pair["split"]) for pair in pairs}) == 15


def test_collaborations_are_symmetric_and_never_give_a_pair_away(
    organisations: dict[str, dict[str, Any]], pairs: Rows
) -> None:
    edges = {
        (row["id"], edge["organisation"]): edge["count"]
        for row in organisations.values()
        for edge in row.get("collaborations", [])
    }
    assert edges
    assert all(edges[other, one] == count for (one, other), count in edges.items())
    assert edges.keys().isdisjoint(tuple(pair["organisations"]) for pair in pairs)
