"""Every sentence of the console is there in Chinese, with the same holes."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from jinja2 import nodes

from services.gateway.console import locale
from services.gateway.console.rendering import Console
from services.gateway.console.translation import chinese

CONSOLE = Path(__file__).parents[2] / "services" / "gateway" / "console"
_HOLE = re.compile(r"\{(\w+)\}")


def of_templates() -> Iterator[tuple[str, str]]:
    environment = Console("s" * 32).environment
    for file in sorted((CONSOLE / "templates").rglob("*.html")):
        tree = environment.parse(file.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            for sentence in _of_call(call):
                yield str(file.relative_to(CONSOLE)), sentence


def _of_call(call: nodes.Call) -> Iterator[str]:
    name = call.node
    plain = isinstance(name, nodes.Name) and name.name == "_"
    counted = (
        isinstance(name, nodes.Getattr)
        and isinstance(name.node, nodes.Name)
        and name.node.name == "_"
    )
    for argument in call.args[: 2 if counted else 1] if plain or counted else []:
        yield from (one.value for one in _constants(argument))


def _constants(node: nodes.Node) -> Iterator[nodes.Const]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node
    elif isinstance(node, nodes.CondExpr):
        yield from _constants(node.expr1)
        if node.expr2:
            yield from _constants(node.expr2)


def of_python() -> Iterator[tuple[str, str]]:
    for file in sorted(CONSOLE.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "sentence":
                for said in call.args:
                    assert isinstance(said, ast.Constant), f"{file}: sentence() takes a constant"
                    yield str(file.relative_to(CONSOLE)), said.value


def test_every_sentence_of_the_console_has_a_chinese_one() -> None:
    missing = {(f, s) for f, s in [*of_templates(), *of_python()] if s not in chinese()}
    assert sorted(missing) == []


def test_no_sentence_is_said_in_two_ways() -> None:
    said: dict[str, set[str]] = {}
    for found in iter_modules(locale.__path__):
        area = import_module(f"{locale.__name__}.{found.name}").CHINESE
        for english, chinese_one in area.items():
            said.setdefault(english, set()).add(chinese_one)
    assert {english: both for english, both in said.items() if len(both) > 1} == {}


def test_chinese_sentences_have_the_holes_of_the_english_ones() -> None:
    wrong = {
        english: said
        for english, said in chinese().items()
        if not set(_HOLE.findall(said)) <= set(_HOLE.findall(english))
    }
    assert wrong == {}
