"""Organisations of every storable shape, for round trips through files."""

from datetime import date

from hypothesis import strategies as st

from shared.contracts.organisation import (
    Capability,
    Collaboration,
    Contact,
    Facets,
    Kind,
    Names,
    Necessity,
    Need,
    NewOrganisation,
    Visibility,
)

_LINE_BREAKS = "\r\n\t\v\f\u2028\u2029\x85"
_TRICKY = st.sampled_from(
    [
        "=1+1",
        "'=x",
        "''@",
        "+86 25 1",
        "-5",
        "@me",
        "_x000D_",
        "_x0041_x0042_",
        "a;b",
        'q"q',
        "南京",
    ]
)
_characters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
_line_characters = st.characters(
    exclude_categories=["Cs"], exclude_characters="\x00" + _LINE_BREAKS
)


def lines() -> st.SearchStrategy[str]:
    made = st.text(_line_characters, min_size=1, max_size=20).filter(lambda text: text.strip())
    return st.one_of(_TRICKY, made)


def texts() -> st.SearchStrategy[str]:
    made = st.text(_characters, min_size=5, max_size=60)
    return st.tuples(st.sampled_from(["", "=", "+", "-", "@", "'", "\t", "\r\n"]), made).map(
        lambda parts: f"{parts[0]}{parts[1]} 1 2 3."
    )


ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:~-]{0,20}", fullmatch=True)
fields = st.lists(st.from_regex(r"[a-z][a-z0-9-]{1,10}", fullmatch=True), max_size=3).map(tuple)
dates = st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))
facets = st.none() | st.builds(Facets, materials=lines(), effect=st.none() | lines())
_common = {
    "id": ids,
    "text": texts(),
    "language": st.sampled_from([None, "zh", "en"]),
    "facets": facets,
    "fields": fields,
    "readiness": st.none() | st.integers(1, 9),
    "visibility": st.sampled_from(Visibility),
    "valid_until": dates,
    "stated_on": dates,
}
_capabilities = st.builds(Capability, **_common)
_needs = st.builds(Need, necessity=st.sampled_from(Necessity), **_common)
_contacts = st.builds(
    Contact,
    name=lines(),
    email=st.just("a@b.example"),
    phone=st.none() | lines(),
    role=st.none() | lines(),
)
_codes = st.none() | st.just("320000")


def organisations() -> st.SearchStrategy[NewOrganisation]:
    return st.builds(
        NewOrganisation,
        id=ids,
        kind=st.sampled_from(Kind),
        names=st.builds(Names, zh=lines(), en=st.none() | lines())
        | st.builds(Names, zh=st.none(), en=lines()),
        uscc=st.none() | st.just("91320594MA1MT9X27C"),
        ror=st.none() | st.just("03xz9d532"),
        country=st.sampled_from(["CN", "DE"]),
        province=_codes,
        city=st.none() | st.just("320100"),
        city_name=st.none() | lines(),
        activity=st.none() | lines(),
        website=st.none() | st.just("https://nuist.example/a?b=c"),
        parent=st.none() | st.just("nuist-parent"),
        contacts=st.lists(_contacts, max_size=3).map(tuple),
        fields=fields,
        capacity=st.integers(0, 1000),
        exclusions=st.lists(ids, max_size=3).map(tuple),
        collaborations=st.lists(
            st.builds(Collaboration, organisation=ids, count=st.integers(1, 99)), max_size=3
        ).map(tuple),
        capabilities=st.lists(_capabilities, max_size=3, unique_by=lambda s: "c" + s.id).map(
            lambda items: tuple(s.model_copy(update={"id": f"c-{s.id}"}) for s in items)
        ),
        needs=st.lists(_needs, max_size=2, unique_by=lambda s: s.id).map(
            lambda items: tuple(s.model_copy(update={"id": f"n-{s.id}"}) for s in items)
        ),
    )
