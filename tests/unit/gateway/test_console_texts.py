"""FAULTS 29 for pages: what steers a display is shown, what is markup is text."""

import pytest
from starlette.datastructures import FormData

from services.gateway.console.forms import plain_fields
from services.gateway.console.pages.login import own_path
from services.gateway.console.rendering import Console
from services.gateway.console.safe_text import visible
from services.gateway.console.translation import Translator


@pytest.mark.parametrize("steering", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x1b", "\u2028"])
def test_steering_characters_are_shown_as_code_points(steering: str) -> None:
    assert visible(f"a{steering}b") == f"a[U+{ord(steering):04X}]b"


def test_line_breaks_and_scripts_stay() -> None:
    text = "第一行\n\tزبان فارسی 👩🏽‍🔬"
    assert visible(text) == text


def test_every_output_of_a_template_is_inert_and_escaped() -> None:
    environment = Console("s" * 32).environment
    shown = environment.from_string("{{ text }}<p title='{{ text }}'>").render(
        text="<script>\u202e'\""
    )
    assert "<script>" not in shown
    assert "\u202e" not in shown
    assert "'\"" not in shown


def test_values_of_sentences_are_inert_and_escaped() -> None:
    said = Translator("en")("Continue to {name}", name="<b>\u202e{x}")
    assert said == "Continue to &lt;b&gt;[U+202E]{x}"


@pytest.mark.parametrize(
    "foreign",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/console\r\nX: y", "/consolex"],
)
def test_nobody_is_led_to_another_site(foreign: str) -> None:
    assert own_path(foreign) == "/console"
    assert own_path("/console/queue?state=asked&text=%E5") == "/console/queue?state=asked&text=%E5"


def test_forms_become_fields() -> None:
    form = FormData(
        [("a.b", "1"), ("c", "x"), ("c", "y"), ("d[]", "z"), ("e", " "), ("f", "1\r\n2")]
    )
    assert plain_fields(form) == {"a": {"b": "1"}, "c": ["x", "y"], "d": ["z"], "f": "1\n2"}
