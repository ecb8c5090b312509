"""With Accept-Language: zh a problem is Chinese throughout, its fields included."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.contracts.organisation import OrganisationProfile
from shared.errors import ProblemError
from shared.http.chinese.things import THINGS
from shared.http.field_mends import _MENDS
from shared.http.problems import _said as filled
from shared.http.problems import field_problems
from shared.http.translation import in_language

ROOT = Path(__file__).parents[2]
SAID_BY = {"FieldProblem", "RejectedValueError", "_problem"}


def sentences() -> Iterator[tuple[str, str]]:
    """(file, sentence) of what services and contracts say of fields, with holes filled by x."""
    for file in [*(ROOT / "services").rglob("*.py"), *(ROOT / "shared").rglob("*.py")]:
        if "formats" in file.parts or "evaluation" in file.parts:
            continue  # rows of an import and of a data set: not problem details
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                for said in _said(call, in_contract="contracts" in file.parts):
                    yield f"{file.relative_to(ROOT)}", said


def _said(call: ast.Call, *, in_contract: bool) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name in SAID_BY or (name == "ValueError" and in_contract):
        places = [*call.args, *(k.value for k in call.keywords if k.arg in {"problem", "mend"})]
        for place in places:
            yield from filter(_is_sentence, _texts(place))
    for keyword in call.keywords:
        if keyword.arg == "reason":
            yield from filter(_is_sentence, _texts(keyword.value))


def _texts(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(v.value if isinstance(v, ast.Constant) else "x" for v in values)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body)
            yield from _texts(orelse)


def _is_sentence(text: str) -> bool:
    return " " in text


def chinese(text: str) -> bool:
    return any("\u4e00" <= one <= "\u9fff" for one in in_language(text, "zh"))


def test_every_sentence_about_a_field_and_every_reason_has_a_chinese_one() -> None:
    assert sorted({(f, s) for f, s in sentences() if not chinese(s)}) == []


def test_every_mend_of_pydantics_errors_has_a_chinese_one() -> None:
    assert [one for one in _MENDS.values() if not chinese(one)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"names": {"en": "A"}},
        {"kind": "castle", "names": {"en": "A"}},
        {"kind": "other", "names": {}},
        {"kind": "other", "names": {"en": "A\nB"}, "website": "x", "capacity": -1, "more": 1},
        {"kind": "other", "names": {"en": "A"}, "capacity": 9999, "contacts": [1] * 21},
        {"kind": "other", "names": {"en": 7}, "capacity": "many", "needs": {"a": 1}},
        {"kind": "other", "names": "A", "needs": [{"id": "1", "text": "ab"}]},
        {"kind": "other", "names": {"en": "x" * 301}, "needs": [{"id": "1", "text": "a\x00bcde"}]},
        {"kind": "other", "names": {"en": "A"}, "needs": [{"id": "1", "valid_until": "soon"}]},
    ],
)
def test_what_pydantic_finds_wrong_is_said_in_chinese(wrong: object) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(OrganisationProfile).validate_python(wrong)
    for problem in field_problems([dict(one) for one in caught.value.errors()]):
        assert chinese(problem.problem), problem.problem
        assert problem.mend is None or chinese(problem.mend), problem.mend


def test_what_a_sentence_was_filled_with_is_kept() -> None:
    text = "320100 is 南京市, not a province"
    assert in_language(text, "zh") == "320100 是南京市,不是省级"
    assert in_language(text, "en") == text


def test_an_unknown_sentence_stays_as_it_is() -> None:
    assert in_language("something new", "zh") == "something new"


def named_things() -> set[str]:
    """Whatever a problem is about: the literal `what` of every call."""
    found: set[str] = set()
    for file in [*(ROOT / "services").rglob("*.py"), *(ROOT / "shared").rglob("*.py")]:
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                values = [one.value for one in call.keywords if one.arg == "what"]
                found |= {str(one.value) for one in values if isinstance(one, ast.Constant)}
    return found


def test_what_a_problem_is_about_has_a_chinese_name() -> None:
    assert named_things() - THINGS.keys() == set()
    assert THINGS.keys() - named_things() == set(), "nobody speaks of them any more"


def test_a_chinese_problem_names_the_thing_in_chinese() -> None:
    error = ProblemError("not_found", what="organisation", id="x")
    said = error.entry.detail("zh", filled(error.parameters, "zh"))
    assert said == "没有您可见的 机构 'x'。"
    assert filled({"what": "organisation"}, "en") == {"what": "organisation"}
