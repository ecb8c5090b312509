"""In which numbers the shipped model computes."""

from typing import Literal

Precision = Literal["auto", "4bit", "bf16"]
"""`auto`: bf16 where the processor multiplies it, else the package's 4-bit engine."""


def chosen(precision: Precision, *, native: bool) -> Literal["4bit", "bf16"]:
    """`native`: whether the processor multiplies bf16. Without it, bf16 is several times slower
    than the engine; it is given to who asks for it all the same."""
    if precision == "auto":
        return "bf16" if native else "4bit"
    return precision
