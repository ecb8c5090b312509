"""Accepting a profile: identifiers and codes checked, languages detected, values normalised."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from services.profiles.domain.language import detect_language
from services.profiles.domain.taxonomy import Taxonomy
from shared.contracts.organisation import OrganisationProfile, Statement
from shared.contracts.problems import FieldProblem

_S = TypeVar("_S", bound=Statement)
WITH_DIVISIONS = frozenset({"CN", "HK", "MO", "TW"})
"""Countries and regions (ISO 3166-1) whose places GB/T 2260 has codes for."""


class RejectedValueError(ValueError):
    """A value cannot be accepted: what is wrong, and how to mend it."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.mend = mend


class ReferenceData(Protocol):
    """What the outside world says about identifiers and codes; each raises RejectedValueError."""

    def uscc(self, number: str) -> str:
        """The number in its standard form."""

    def ror(self, identifier: str) -> str:
        """The nine characters of a ROR id."""

    def country(self, code: str) -> str:
        """An ISO 3166-1 alpha-2 code that exists."""

    def province(self, code: str) -> str:
        """A GB/T 2260 province code that exists."""

    def city(self, code: str) -> str:
        """The name of the place below a province that has this code."""


def admit(
    organisation_id: str, profile: OrganisationProfile, reference: ReferenceData, taxonomy: Taxonomy
) -> tuple[OrganisationProfile, tuple[FieldProblem, ...]]:
    """The profile as it will be stored, and every problem that forbids storing it."""
    admission = _Admission(reference)
    changes: dict[str, object] = {
        "uscc": admission.check("uscc", profile.uscc or None, reference.uscc),
        "ror": admission.check("ror", profile.ror or None, reference.ror),
        "country": admission.check("country", profile.country, reference.country),
        "fields": tuple(dict.fromkeys(profile.fields)),
        "capabilities": tuple(map(_with_language, profile.capabilities)),
        "needs": tuple(map(_with_language, profile.needs)),
        **admission.place(profile),
    }
    admission.problems += _unknown_fields(profile, taxonomy)
    if organisation_id in profile.exclusions:
        admission.problems.append(
            FieldProblem(
                field="exclusions",
                problem="an organisation cannot exclude itself",
                mend="remove its own id from the list",
            )
        )
    return profile.model_copy(update=changes), tuple(admission.problems)


class _Admission:
    def __init__(self, reference: ReferenceData) -> None:
        self._reference = reference
        self.problems: list[FieldProblem] = []

    def check(self, field: str, value: str | None, rule: "_Rule") -> str | None:
        if value is None:
            return None
        try:
            return rule(value)
        except RejectedValueError as error:
            self.problems.append(FieldProblem(field=field, problem=error.problem, mend=error.mend))
            return value

    def place(self, profile: OrganisationProfile) -> dict[str, object]:
        if profile.country not in WITH_DIVISIONS:
            return self._place_abroad(profile)
        city_name = self.check("city", profile.city, self._reference.city)
        province = self.check("province", profile.province, self._reference.province)
        if profile.city and not province:
            province = f"{profile.city[:2]}0000"
        if profile.city and province and profile.city[:2] != province[:2]:
            self.problems.append(
                FieldProblem(
                    field="city",
                    problem="the city is not in the province",
                    mend="the first two digits of both codes are the same; correct one of them",
                )
            )
        return {"province": province, "city_name": profile.city_name or city_name}

    def _place_abroad(self, profile: OrganisationProfile) -> dict[str, object]:
        self.problems += [
            FieldProblem(
                field=name,
                problem="GB/T 2260 codes are for places in China only",
                mend="leave it out and give the city as city_name",
            )
            for name in ("province", "city")
            if getattr(profile, name) is not None
        ]
        return {}


class _Rule(Protocol):
    def __call__(self, value: str, /) -> str: ...


def _with_language(statement: _S) -> _S:
    if statement.language is not None:
        return statement
    return statement.model_copy(update={"language": detect_language(statement.text)})


def _unknown_fields(profile: OrganisationProfile, taxonomy: Taxonomy) -> Iterator[FieldProblem]:
    for place, codes in _codes(profile):
        for index, code in enumerate(codes):
            if not taxonomy.knows(code):
                closest = taxonomy.closest(code)
                yield FieldProblem(
                    field=f"{place}.{index}",
                    problem=f"{code} is not a field of the taxonomy",
                    mend=f"did you mean {closest}?" if closest else "take a code of the taxonomy",
                )


def _codes(profile: OrganisationProfile) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "fields", profile.fields
    for side in ("capabilities", "needs"):
        for index, statement in enumerate(getattr(profile, side)):
            yield f"{side}.{index}.fields", statement.fields
