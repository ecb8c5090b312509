"""BERT's encoder (Devlin et al. 2018, arXiv 1810.04805) over the packed file."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from services.matcher.embedding.packed_file import PackedFile, Sizes
from services.matcher.embedding.packed_tensors import PackedTensors

_Linear = tuple[torch.Tensor, torch.Tensor]
"""Weight and bias; of a norm: scale and shift."""


@dataclass(frozen=True)
class _Layer:
    heads: _Linear
    """Queries, keys and values in one product."""
    attended: _Linear
    attention_norm: _Linear
    inner: _Linear
    outer: _Linear
    norm: _Linear


class BertEncoder:
    """Words are unpacked from the file when they are met: most never are."""

    def __init__(self, file: PackedFile, numbers: torch.dtype) -> None:
        """`numbers` are those that the layers compute with: 42 MB of weights in bfloat16."""
        self._sizes, self._tensors, self._type = file.sizes, file.tensors, numbers
        positions = _vector(file.tensors, "emb.pos").view(-1, file.sizes.width)
        self._positions = positions + _vector(file.tensors, "emb.type")[: file.sizes.width]
        self._word_norm = _vector(file.tensors, "emb.ln.w"), _vector(file.tensors, "emb.ln.b")
        self._layers = [
            _layer(file.tensors, f"l{number}", file.sizes, numbers)
            for number in range(file.sizes.layers)
        ]

    @torch.inference_mode()
    def means(self, inputs: Sequence[Sequence[int]]) -> torch.Tensor:
        """Mean of the last layer over an input's tokens; float32, shape (inputs, width)."""
        lengths = torch.tensor([len(one) for one in inputs])
        real = torch.arange(int(lengths.max())) < lengths[:, None]
        state = self._words(inputs, real).to(self._type)
        mask = None if bool(real.all()) else real[:, None, None, :]
        for layer in self._layers:
            state = self._through(layer, state, mask)
        return (state.float() * real[..., None]).sum(dim=1) / lengths[:, None]

    def _words(self, inputs: Sequence[Sequence[int]], real: torch.Tensor) -> torch.Tensor:
        width = self._sizes.width
        numbers = np.concatenate([np.asarray(one, dtype=np.int64) for one in inputs])
        met, places = np.unique(numbers, return_inverse=True)
        words = torch.from_numpy(self._tensors.rows("emb.word", width, met))
        state = torch.zeros(*real.shape, width)
        state[real] = words[torch.from_numpy(places)]
        return self._norm(state + self._positions[: real.shape[1]], self._word_norm)

    def _through(
        self, layer: _Layer, state: torch.Tensor, mask: torch.Tensor | None
    ) -> torch.Tensor:
        heard = functional.linear(self._attention(layer, state, mask), *layer.attended)
        state = self._norm(state + heard, layer.attention_norm)
        inner = functional.gelu(functional.linear(state, *layer.inner))
        return self._norm(state + functional.linear(inner, *layer.outer), layer.norm)

    def _attention(
        self, layer: _Layer, state: torch.Tensor, mask: torch.Tensor | None
    ) -> torch.Tensor:
        inputs, tokens, width = state.shape
        heads = functional.linear(state, *layer.heads)
        heads = heads.view(inputs, tokens, 3, self._sizes.heads, -1).permute(2, 0, 3, 1, 4)
        asked, offered, values = heads
        found = functional.scaled_dot_product_attention(asked, offered, values, attn_mask=mask)
        return found.transpose(1, 2).reshape(inputs, tokens, width)

    def _norm(self, state: torch.Tensor, norm: _Linear) -> torch.Tensor:
        return functional.layer_norm(state, (self._sizes.width,), *norm, self._sizes.epsilon)


def _layer(tensors: PackedTensors, name: str, sizes: Sizes, numbers: torch.dtype) -> _Layer:
    def linear(part: str, width: int) -> _Linear:
        weight = torch.from_numpy(tensors.matrix(f"{name}.{part}.w", width))
        return weight.to(numbers), _vector(tensors, f"{name}.{part}.b").to(numbers)

    def norm(part: str) -> _Linear:
        scale, shift = (_vector(tensors, f"{name}.{part}.{one}") for one in ("w", "b"))
        return scale.to(numbers), shift.to(numbers)

    heads = [linear(part, sizes.width) for part in ("q", "k", "v")]
    return _Layer(
        (torch.cat([weight for weight, _ in heads]), torch.cat([bias for _, bias in heads])),
        linear("ao", sizes.width),
        norm("aln"),
        linear("fi", sizes.width),
        linear("fo", sizes.inner),
        norm("oln"),
    )


def _vector(tensors: PackedTensors, name: str) -> torch.Tensor:
    return torch.from_numpy(tensors.vector(name).copy())
