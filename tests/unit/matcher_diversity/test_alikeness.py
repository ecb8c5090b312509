"""How alike two profiles are."""

from dataclasses import replace

from services.matcher.domain.likeness import alikeness
from services.matcher.domain.statements import MatchedOrganisation, Statement, StatementKey
from services.matcher.domain.term_counts import count_terms
from shared.contracts.organisation import Side, Visibility

_OTHERS = ("growing wheat on saline soil", "ship insurance law", "casting of bronze bells")


def organisation(id: str, *texts: str, name: str = "", hidden: bool = False) -> MatchedOrganisation:
    visibility = Visibility.CONFIDENTIAL if hidden else Visibility.MEMBERS
    statements = tuple(
        Statement(
            StatementKey(id, f"c{n}"),
            Side.CAPABILITY,
            text,
            "en",
            (),
            None,
            None,
            visibility,
            terms=count_terms(text.casefold().split()),
        )
        for n, text in enumerate(texts)
    )
    names = {"en": name or f"Organisation {id}", "zh": None}
    return MatchedOrganisation(
        id, 1, "institution", names, "CN", None, None, (), frozenset(), 5, statements
    )


def crowd() -> list[MatchedOrganisation]:
    """Words are rare or common among somebody."""
    return [organisation(f"o{n}", text) for n, text in enumerate(_OTHERS)]


def likeness(one: MatchedOrganisation, other: MatchedOrganisation) -> float:
    return float(alikeness([one, other, *crowd()])[0, 1])


def test_equal_texts_whatever_their_form_are_a_near_duplicate() -> None:
    one = organisation("a", "Eye tracking for headsets", "Waveguide displays")
    other = organisation("b", "eye  tracking for HEADSETS", "Waveguide displays")
    assert likeness(one, other) == 1.0


def test_half_of_the_texts_is_half_as_alike() -> None:
    one = organisation("a", "Eye tracking for headsets", "Waveguide displays in volume")
    other = organisation("b", "Eye tracking for headsets", "Legal advice on patents")
    assert 0.3 <= likeness(one, other) < 0.75


def test_nearly_equal_texts_are_alike_by_their_words() -> None:
    words = "robust eye tracking by stereo cameras for headsets worn by surgeons at work in theatre"
    assert likeness(organisation("a", words), organisation("b", f"{words} daily")) > 0.5


def test_different_work_is_not_alike() -> None:
    one, other = organisation("a", "eye tracking cameras"), organisation("b", "legal advice")
    assert likeness(one, other) == 0.0


def test_sisters_are_alike_less_than_duplicates() -> None:
    one = organisation("a", "eye tracking", name="Example University, School of Optics")
    other = organisation("b", "legal advice", name="Example University, Faculty of Law")
    assert 0 < likeness(one, other) < 0.75


def test_parts_of_one_organisation_are_sisters_whatever_they_are_called() -> None:
    one = replace(organisation("a", "eye tracking"), parent="p")
    other = replace(organisation("b", "legal advice"), parent="p")
    assert 0 < likeness(one, other) < 0.75
    assert likeness(one, organisation("p", "casting of bells in bronze")) > 0
    assert likeness(one, organisation("c", "legal advice")) == 0.0


def test_confidential_statements_make_nobody_alike() -> None:
    """Who registers a guess beside it would learn that it is right."""
    secret = "an unpublished waveguide recipe"
    one, other = organisation("a", secret, hidden=True), organisation("b", secret)
    assert likeness(one, other) == 0.0


def test_nobody_is_like_itself_and_empty_profiles_are_like_nobody() -> None:
    found = alikeness([organisation("a"), organisation("b"), organisation("c", "x")])
    assert not found.any()
    assert alikeness([]).shape == (0, 0)
