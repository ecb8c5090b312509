"""BERT's encoder (Devlin et al. 2018, arXiv 1810.04805) over the packed file."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from services.matcher.embedding.packed_file import PackedFile, Sizes
from services.matcher.embedding.packed_tensors import PackedTensors
from services.matcher.embedding.padding import Padding, padding

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
        shape = padding(inputs)
        real = shape.real()
        state = self._words(inputs, shape, real).to(self._type)
        for layer in self._layers:
            state = self._through(layer, state, shape, real[:, None, None, :])
        last = state[: shape.used].float().view(shape.inputs, shape.tokens, -1)
        return (last * real[..., None]).sum(dim=1) / shape.lengths[:, None]

    def _words(
        self, inputs: Sequence[Sequence[int]], shape: Padding, real: torch.Tensor
    ) -> torch.Tensor:
        width = self._sizes.width
        numbers = np.concatenate([np.asarray(one, dtype=np.int64) for one in inputs])
        met, places = np.unique(numbers, return_inverse=True)
        words = torch.from_numpy(self._tensors.rows("emb.word", width, met))
        state = torch.zeros(shape.rows, width)
        each = state[: shape.used].view(shape.inputs, shape.tokens, width)
        each[real] = words[torch.from_numpy(places)]
        each += self._positions[: shape.tokens]
        return self._norm(state, self._word_norm)

    def _through(
        self, layer: _Layer, state: torch.Tensor, shape: Padding, mask: torch.Tensor
    ) -> torch.Tensor:
        """One layer; states have the shape (rows, width)."""
        heard = functional.linear(self._attention(layer, state, shape, mask), *layer.attended)
        state = self._norm(state + heard, layer.attention_norm)
        inner = functional.gelu(functional.linear(state, *layer.inner))
        return self._norm(state + functional.linear(inner, *layer.outer), layer.norm)

    def _attention(
        self, layer: _Layer, state: torch.Tensor, shape: Padding, mask: torch.Tensor
    ) -> torch.Tensor:
        heads = functional.linear(state, *layer.heads)[: shape.used]
        heads = heads.view(shape.inputs, shape.tokens, 3, self._sizes.heads, -1)
        asked, offered, values = heads.permute(2, 0, 3, 1, 4)
        found = functional.scaled_dot_product_attention(asked, offered, values, attn_mask=mask)
        rows = found.transpose(1, 2).reshape(shape.used, -1)
        return functional.pad(rows, (0, 0, 0, shape.rows - shape.used))

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
