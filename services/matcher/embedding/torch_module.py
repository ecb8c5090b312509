"""The shipped model by torch, in bfloat16 or 32 bits, as a sentence-transformers module."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers.base.modules import InputModule

from services.matcher.embedding.bert_encoder import BertEncoder
from services.matcher.embedding.packed_file import open_packed
from services.matcher.embedding.shipped_model import asks, shipped_file
from services.matcher.embedding.token_windows import batches, windows
from services.matcher.embedding.word_pieces import WordPieces

BATCH_TOKENS = 1024
"""Through the encoder at once. More are not faster: a layer's states would leave the cache."""


class TorchModule(InputModule):
    """Reads texts as the package's engine does: the same pieces, the same windows of 512 tokens.

    The vector of a text is the mean over its windows, weighed by their tokens. It depends on what
    is encoded beside it only by rounding: the cosine of any two is above .9999.
    """

    save_in_root = True

    def __init__(self, numbers: torch.dtype = torch.bfloat16) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        file = open_packed(shipped_file())
        self._sizes = file.sizes
        self._ends = file.vocabulary.first, file.vocabulary.last
        self._pieces = WordPieces(file.vocabulary)
        self._encoder = BertEncoder(file, numbers)

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Numbers of the texts' pieces. Raises ValueError on a prompt that is not E5's."""
        asks(prompt)
        # As with the engine, to which a NUL would be the end.
        texts = [f"{prompt}{text}".replace("\x00", " ") for text in inputs]
        return {"pieces": [self._pieces.numbers(text) for text in texts]}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`: float32, shape (texts, 384), not of unit length yet."""
        pieces: Sequence[Sequence[int]] = features["pieces"]
        parts = list(windows(pieces, most=self._sizes.positions, ends=self._ends))
        total = torch.zeros(len(pieces), self._sizes.width)
        for batch in batches(parts, tokens=BATCH_TOKENS):
            weights = torch.tensor([float(part.weight) for part in batch])
            means = self._encoder.means([part.tokens for part in batch])
            total.index_add_(0, torch.tensor([p.text for p in batch]), means * weights[:, None])
        return {"sentence_embedding": total}

    def get_embedding_dimension(self) -> int:
        """384."""
        return self._sizes.width

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Writes the (empty) configuration: the weights are the package's."""
        self.save_config(output_path)

    @classmethod
    def load(cls, model_name_or_path: str | Path, *args: Any, **kwargs: Any) -> Self:
        """Reads the package's file."""
        return cls()
