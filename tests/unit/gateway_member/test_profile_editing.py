"""The editor's form means a profile; what two people have changed at once is all kept."""

from typing import Any

import pytest

from services.gateway.member.confirmed_drafts import with_confirmed
from services.gateway.member.editor_state import state_of, state_of_form
from services.gateway.member.field_names import FieldNames
from services.gateway.member.merging import merge
from services.gateway.member.profile_form import profile_of
from services.gateway.taxonomy import load_taxonomy
from shared.contracts.organisation import OrganisationProfile, Visibility
from shared.errors import ProblemError

TAXONOMY = load_taxonomy()
NAMES = FieldNames(TAXONOMY)


def profile(**changes: Any) -> OrganisationProfile:
    return OrganisationProfile.model_validate(
        {
            "kind": "enterprise",
            "names": {"en": "Example"},
            "exclusions": ["rival"],
            "contacts": [{"name": "Li", "email": "li@example.org"}],
            "capabilities": [
                {"id": "c1", "text": "We align waveguides", "stated_on": "2026-01-02"},
                {"id": "c2", "text": "We measure glare", "visibility": "confidential"},
            ],
            "needs": [{"id": "n1", "text": "A quieter fan", "necessity": "nice_to_have"}],
            **changes,
        }
    )


def test_a_form_that_nobody_has_touched_means_the_same_profile() -> None:
    before = profile()
    assert profile_of(state_of(before), before, NAMES) == before


def test_rows_are_read_by_number_removed_ones_go_and_new_ones_get_an_id() -> None:
    field = TAXONOMY.fields[0]
    form = {
        "kind": "other",
        "names": {"zh": "示例"},
        "capabilities": {
            "10": {"text": "We build wave tanks", "fields": ["", field.zh, field.code]},
            "2": {"id": "c1", "text": "We align waveguides", "removed": "1"},
            "3": {"id": "c2", "text": "We measure glare", "visibility": "confidential"},
            "4": {"visibility": "members"},
        },
    }
    found = profile_of(state_of_form(form), profile(), NAMES)
    kept, new = found.capabilities
    assert (kept.id, kept.visibility) == ("c2", Visibility.CONFIDENTIAL)
    assert new.id.startswith("c-")
    assert new.fields == (field.code,)
    assert found.exclusions == ("rival",)


def test_what_is_wrong_is_told_by_field() -> None:
    form = {"kind": "other", "needs": {"0": {"text": "abc", "readiness": "12"}}}
    with pytest.raises(ProblemError) as refused:
        profile_of(state_of_form(form), None, NAMES)
    assert {one.field for one in refused.value.fields} == {
        "names",
        "needs.0.text",
        "needs.0.readiness",
    }


def test_changes_of_two_people_are_merged_and_disputes_keep_mine() -> None:
    def texts(**by_id: str) -> list[dict[str, str]]:
        return [{"id": id, "text": text} for id, text in by_id.items()]

    base = profile(capabilities=texts(c1="We align waveguides", c2="We measure glare"))
    mine = profile(capacity=9, capabilities=texts(c1="We align prisms", c3="We test helmets"))
    theirs = profile(
        names={"en": "Example Ltd"},
        capabilities=texts(c1="We align mirrors", c2="We measure glare", c4="We paint"),
    )
    merged = merge(base, mine, theirs)
    assert (merged.profile.capacity, merged.profile.names.en) == (9, "Example Ltd")
    assert [one.text for one in merged.profile.capabilities] == [
        "We align prisms",
        "We test helmets",
        "We paint",
    ]
    told = {(one.part, one.id): one.disputed for one in merged.differences}
    assert told == {
        ("names", None): False,
        ("capabilities", "c1"): True,
        ("capabilities", "c4"): False,
    }


def test_what_i_have_changed_and_they_have_removed_is_told_and_kept() -> None:
    mine = profile(needs=[{"id": "n1", "text": "A quieter fan, below 40 dB"}])
    merged = merge(profile(), mine, profile(needs=[]))
    assert [one.text for one in merged.profile.needs] == ["A quieter fan, below 40 dB"]
    (difference,) = merged.differences
    assert (difference.disputed, difference.theirs) == (True, None)


def test_confirmed_drafts_are_added_once_and_the_rest_stays() -> None:
    given = {
        "fields": ["xr-display"],
        "drafts": {
            "0": {
                "keep": "1",
                "side": "need",
                "text": "A light helmet",
                "fields": ["xr-display"],
            },
            "1": {"side": "need", "text": "Not kept"},
            "2": {"keep": "1", "side": "capability", "text": "We measure glare"},
        },
    }
    before = profile()
    found = profile_of(with_confirmed(before, given), before, NAMES)
    assert [one.text for one in found.needs] == ["A quieter fan", "A light helmet"]
    assert found.capabilities == before.capabilities
    assert found.fields == ("xr-display",)
