"""The demo data is valid, varied enough, and refers only to what exists."""

import json
import re
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest
from stdnum.cn import uscc

from shared.contracts.organisation import Kind, Necessity, NewOrganisation, Visibility

DATA = files("data")
TOP_FIELDS = 14
HAN = re.compile(r"[\u4e00-\u9fff]")


def is_chinese(text: str) -> bool:
    return len(HAN.findall(text)) > 0.15 * len(text)


def read_json(name: str) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def taxonomy() -> list[dict[str, Any]]:
    return read_json("taxonomy.json")


@pytest.fixture(scope="module")
def partners() -> list[dict[str, Any]]:
    return read_json("demo_partners.json")


@pytest.fixture(scope="module")
def organisations() -> list[NewOrganisation]:
    lines = (DATA / "demo.jsonl").read_text(encoding="utf-8").splitlines()
    return [NewOrganisation.model_validate_json(line) for line in lines]


def statements(organisation: NewOrganisation) -> dict[str, str]:
    both = (*organisation.capabilities, *organisation.needs)
    return {statement.id: statement.text for statement in both}


def test_taxonomy_is_two_levels_of_unique_codes(taxonomy: list[dict[str, Any]]) -> None:
    codes = [field["code"] for field in taxonomy]
    tops = {field["code"] for field in taxonomy if field["parent"] is None}
    children = Counter(field["parent"] for field in taxonomy if field["parent"])

    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{1,40}", code) for code in codes)
    assert len(tops) == TOP_FIELDS
    assert set(children) == tops
    assert all(3 <= count <= 6 for count in children.values())


def test_every_field_has_names_and_keywords_in_both_languages(
    taxonomy: list[dict[str, Any]],
) -> None:
    for field in taxonomy:
        assert set(field) == {"code", "zh", "en", "parent", "keywords"}
        assert is_chinese(field["zh"])
        assert field["en"]
        assert field["keywords"]["zh"]
        assert field["keywords"]["en"]


def test_ids_are_given_and_unique(organisations: list[NewOrganisation]) -> None:
    ids = [organisation.id for organisation in organisations]

    assert all(identifier and identifier.startswith("demo-") for identifier in ids)
    assert len(ids) == len(set(ids))


def test_fields_are_known(
    organisations: list[NewOrganisation], taxonomy: list[dict[str, Any]]
) -> None:
    known = {field["code"] for field in taxonomy}
    used = {code for organisation in organisations for code in organisation.fields}
    for organisation in organisations:
        for statement in (*organisation.capabilities, *organisation.needs):
            used.update(statement.fields)

    assert used <= known


def test_every_top_field_is_covered(
    organisations: list[NewOrganisation], taxonomy: list[dict[str, Any]]
) -> None:
    top = {field["code"]: field["parent"] or field["code"] for field in taxonomy}
    covered = {top[code] for organisation in organisations for code in organisation.fields}

    assert len(covered) == TOP_FIELDS


def test_kinds_and_places_are_varied(organisations: list[NewOrganisation]) -> None:
    kinds = Counter(organisation.kind for organisation in organisations)
    provinces = {organisation.province for organisation in organisations} - {None}
    countries = {organisation.country for organisation in organisations}

    assert len(organisations) >= 60
    assert min(kinds[Kind.INSTITUTION], kinds[Kind.ENTERPRISE]) >= 0.4 * len(organisations)
    assert kinds[Kind.OTHER] >= 3
    assert len(provinces) >= 10
    assert {"CN", "HK", "SG", "DE"} <= countries


def test_cities_lie_in_their_province(organisations: list[NewOrganisation]) -> None:
    for organisation in organisations:
        if organisation.city and organisation.province:
            assert organisation.city[:2] == organisation.province[:2]
        assert (organisation.country == "CN") == (organisation.province is not None)


def test_statement_counts_are_as_agreed(organisations: list[NewOrganisation]) -> None:
    for organisation in organisations:
        assert 3 <= len(organisation.capabilities) <= 5, organisation.id
        assert 1 <= len(organisation.needs) <= 3, organisation.id


def test_statements_are_concrete_and_never_repeated(organisations: list[NewOrganisation]) -> None:
    texts = [text for organisation in organisations for text in statements(organisation).values()]

    assert len(texts) == len(set(texts))
    for text in texts:
        shortest, longest = (30, 220) if is_chinese(text) else (80, 400)
        assert shortest <= len(text) <= longest, text


def test_languages_are_mixed(organisations: list[NewOrganisation]) -> None:
    shapes = Counter(
        frozenset(is_chinese(text) for text in statements(organisation).values())
        for organisation in organisations
    )

    assert shapes[frozenset({True})] >= 10
    assert shapes[frozenset({False})] >= 10
    assert shapes[frozenset({True, False})] >= 10


def test_optional_parts_occur(organisations: list[NewOrganisation]) -> None:
    capabilities = [c for organisation in organisations for c in organisation.capabilities]
    needs = [n for organisation in organisations for n in organisation.needs]
    both = [*capabilities, *needs]

    assert sum(s.visibility is Visibility.CONFIDENTIAL for s in both) >= 5
    assert sum(n.necessity is Necessity.NICE_TO_HAVE for n in needs) >= 5
    assert sum(s.valid_until is not None for s in both) >= 5
    assert sum(s.facets is not None for s in both) >= 10
    assert all(c.readiness for c in capabilities)


def test_contacts_and_codes_are_invented_but_valid(organisations: list[NewOrganisation]) -> None:
    codes = [organisation.uscc for organisation in organisations if organisation.uscc]

    assert codes
    assert all(uscc.is_valid(code) for code in codes)
    for organisation in organisations:
        assert organisation.contacts
        for contact in organisation.contacts:
            assert contact.email.endswith((".example.org", ".example.com"))


def test_exclusions_and_collaborations_name_demo_organisations(
    organisations: list[NewOrganisation],
) -> None:
    ids = {organisation.id for organisation in organisations}
    for organisation in organisations:
        assert set(organisation.exclusions) <= ids
        assert {past.organisation for past in organisation.collaborations} <= ids


def test_partners_refer_to_existing_statements(
    organisations: list[NewOrganisation], partners: list[dict[str, Any]]
) -> None:
    needs = {(o.id, need.id): need.text for o in organisations for need in o.needs}
    capabilities = {(o.id, c.id): c.text for o in organisations for c in o.capabilities}

    for pair in partners:
        ways = ((pair["a"], pair["b"], pair), (pair["b"], pair["a"], pair["and_back"]))
        for seeker, giver, way in ways:
            need, answer = way["need"], way["answered_by"]
            assert (need["organisation"], answer["organisation"]) == (seeker, giver)
            need_text = needs[seeker, need["statement"]]
            answer_text = capabilities[giver, answer["statement"]]
            language = pair["languages"].split("-")[0 if seeker == pair["a"] else 1]
            other = pair["languages"].split("-")[1 if seeker == pair["a"] else 0]
            assert is_chinese(need_text) == (language == "zh")
            assert is_chinese(answer_text) == (other == "zh")


def test_partners_are_enough_and_do_not_exclude_each_other(
    organisations: list[NewOrganisation], partners: list[dict[str, Any]]
) -> None:
    exclusions = {organisation.id: organisation.exclusions for organisation in organisations}
    languages = Counter(pair["languages"] for pair in partners)
    times = Counter(side for pair in partners for side in (pair["a"], pair["b"]))

    assert len(partners) >= 36
    assert all(languages[kind] >= 10 for kind in ("zh-zh", "en-en", "zh-en"))
    assert max(times.values()) <= 2
    for pair in partners:
        assert pair["b"] not in exclusions[pair["a"]]
        assert pair["a"] not in exclusions[pair["b"]]
