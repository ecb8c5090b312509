"""Text from outside, made inert: what steers a display is shown instead of obeyed. Pure.

HTML's own special characters are Jinja's business (autoescape); these pass through it: control
characters, bidi overrides (CVE-2021-42574, "Trojan Source"), invisible characters and tags.
"""

import re

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 but tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi marks, embeddings, isolates
    "\u00ad\u180e\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"  # invisible
    "\ud800-\udfff\U000e0000-\U000e007f]"  # lone surrogates, tags
)


class Exact(str):
    """A text that is shown as it is (but escaped): the value of an input that comes back."""

    __slots__ = ()


def visible(text: str) -> str:
    """The text with every steering character as its code point: `[U+202E]`."""
    return _STEERING.sub(lambda one: f"[U+{ord(one[0]):04X}]", text)


def inert(value: object) -> object:
    """What Jinja puts through before it escapes: texts made visible, all else as it is."""
    if type(value) is str:
        return visible(value)
    return value
