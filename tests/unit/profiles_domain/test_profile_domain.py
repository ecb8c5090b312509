"""The profiles domain: languages, ids, patches, versions, taxonomy, preconditions."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.profiles.api.requests import decode_cursor, encode_cursor
from services.profiles.domain.ids import make_organisation_id, slug
from services.profiles.domain.language import detect_language
from services.profiles.domain.merge_patch import merge_patch
from services.profiles.domain.stored import (
    OrganisationState,
    confidential_part,
    content_digest,
    fold,
    public_part,
)
from services.profiles.domain.taxonomy import Taxonomy
from services.profiles.preconditions import Precondition, names_version
from services.profiles.taxonomy import load_taxonomy
from shared.contracts.organisation import Names, Organisation, OrganisationProfile, Status
from shared.errors import ProblemError
from tests.support.profiles import profile

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("基于OpenXR与Unity的沉浸式气象可视化", "zh"),
        ("We look for a partner in 南京 who knows haptic rendering", "en"),
        ("Réalité virtuelle pour la médecine", "en"),
        ("5G", "en"),
        ("１２３", "en"),
        ("需要XR光波导量产", "zh"),
    ],
)
def test_the_language_is_told_by_script(text, language):
    assert detect_language(text) == language


def test_ids_are_readable_and_valid():
    assert slug("Université de Nanjing (NUIST), Ltd.") == "universite-de-nanjing-nuist-ltd"
    assert make_organisation_id(Names(zh="南京"), "abc") == "org-abc"
    assert len(slug("x" * 500)) == 40


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [  # RFC 7396, appendix A
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_merge_patches_do_as_the_rfc_says(target, patch, result):
    assert merge_patch(target, patch) == result


@given(JSON, JSON)
def test_a_merge_patch_applied_twice_changes_nothing_more(target, patch):
    once = merge_patch(target, patch)
    assert merge_patch(once, patch) == once


def state(**more: object) -> OrganisationState:
    content = OrganisationProfile.model_validate(profile("Acme") | more)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return OrganisationState("acme", 3, Status.ACTIVE, content, now, now)


def test_a_state_is_told_as_the_contract():
    told = state().as_contract()
    assert Organisation.model_validate(told.model_dump()) == told


def test_equal_content_has_an_equal_digest():
    one, same, other = state().profile, state().profile, state(capacity=6).profile
    assert one
    assert same
    assert other
    assert content_digest(one) == content_digest(same) != content_digest(other)


def test_public_and_confidential_parts_do_not_mix():
    needs = [
        {"id": "n1", "text": "Public NEED", "fields": ["xr-display"]},
        {"id": "n2", "text": "secret need", "visibility": "confidential", "fields": ["ai"]},
    ]
    content = state(needs=needs, fields=["gis"]).profile
    assert content
    public, confidential = public_part(content), confidential_part(content)
    assert (public.text, public.fields) == ("acme\npublic need", ("gis", "xr-display"))
    assert (confidential.text, confidential.fields) == ("secret need", ("ai",))
    assert (public.needs, confidential.needs, public.capabilities) == (1, 1, 0)


def test_searches_fold_width_and_case():
    assert fold("ＶＲ Straße") == fold("vr STRASSE")


def test_the_taxonomy_knows_its_tree():
    tree = Taxonomy({"xr": None, "xr-display": "xr", "micro-led": "xr-display", "ai": None})
    assert tree.with_descendants("xr") == ("xr", "xr-display", "micro-led")
    assert tree.closest("xr-displai") == "xr-display"
    assert not tree.knows("zzz")
    assert Taxonomy({}).knows("anything")
    assert load_taxonomy().knows("xr-display")


@pytest.mark.parametrize(
    ("if_match", "if_none_match", "current", "code"),
    [
        ('"3"', None, 3, None),
        ('"2", "3"', None, 3, None),
        ("*", None, 3, None),
        ('"2"', None, 3, "stale_version"),
        ('W/"3"', None, 3, "stale_version"),
        ("3", None, 3, "stale_version"),
        ("", None, 3, "stale_version"),
        (None, None, 3, "version_required"),
        (None, "*", 3, "stale_version"),
        (None, '"3"', 3, "version_required"),
    ],
)
def test_preconditions_compare_strongly(if_match, if_none_match, current, code):
    expected = Precondition.of(if_match, if_none_match)
    if code is None:
        expected.require(current)
        return
    with pytest.raises(ProblemError) as refused:
        expected.require(current)
    assert refused.value.code == code


def test_known_tags_are_compared_weakly():
    assert names_version('W/"3"', 3)
    assert names_version("*", 3)
    assert not names_version('"33"', 3)
    assert not names_version(None, 3)


@given(st.text(min_size=1, max_size=64).filter(lambda t: "\x00" not in t))
def test_cursors_come_back(position):
    assert decode_cursor(encode_cursor(position)) == position


@given(st.text(max_size=20))
def test_any_other_cursor_is_refused_as_such(cursor):
    assume(not _is_ours(cursor))
    with pytest.raises(ProblemError, match="invalid_request"):
        decode_cursor(cursor)


def _is_ours(cursor: str) -> bool:
    try:
        return encode_cursor(base64.urlsafe_b64decode(cursor + "==").decode()) == cursor != ""
    except ValueError:
        return False
