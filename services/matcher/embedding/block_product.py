"""The exact search's product by torch: bf16 where the processor multiplies it, GPU if there is."""

from dataclasses import dataclass

import numpy as np
import torch

from services.matcher.domain.exact.likelihood import CosineLikelihood
from services.matcher.domain.exact.product import Values
from services.matcher.domain.exact.slots import Slots
from services.matcher.domain.exact.statements import Ints
from services.matcher.embedding.processor import multiplies_bf16


@dataclass(frozen=True)
class _Side:
    vectors: torch.Tensor
    log_weights: torch.Tensor
    owners: tuple[torch.Tensor | int, ...]
    """Of each slice; a number where it is the first so many organisations."""
    lengths: tuple[int, ...]
    nothing: torch.Tensor | None
    """Organisations that have no statement."""
    organisations: int
    confidence: torch.Tensor | None


class TorchProduct:
    """A `BlockProduct`. Numbers of 16 bits move a cosine by less than 0.004."""

    def __init__(
        self, likelihood: CosineLikelihood, *, device: str = "cpu", half: bool | None = None
    ) -> None:
        """`half`: bf16; None where it is faster."""
        self._likelihood = likelihood
        self._device = device
        self._type = torch.bfloat16 if (half_is_faster(device) if half is None else half) else None
        kind = "bfloat16" if self._type else "float32"
        self.name = f"torch {kind} {device}"

    def prepared(self, needs: Slots, capabilities: Slots) -> tuple[_Side, _Side]:
        """On the device, in its type."""
        return self._side(needs), self._side(capabilities)

    @torch.inference_mode()
    def values(self, first: tuple[_Side, _Side], second: tuple[_Side, _Side]) -> Values:
        """See `BlockProduct`."""
        receives = self._chances(first[0], second[1])
        gives = receives.T if first is second else self._chances(second[0], first[1]).T
        return np.asarray((receives * gives).cpu().numpy())

    def _chances(self, needs: _Side, capabilities: _Side) -> torch.Tensor:
        odds = self._summed(needs, self._best(needs, capabilities))
        odds.div_(odds + 1)
        if needs.confidence is not None:
            odds.mul_(needs.confidence)
        return odds.clamp_min_(self._likelihood.floor)

    def _best(self, needs: _Side, capabilities: _Side) -> torch.Tensor:
        cosines = needs.vectors @ capabilities.vectors.T
        best = _maxima(cosines, capabilities)
        shift = needs.log_weights - self._likelihood.shift
        return best.float().mul_(self._likelihood.scale).add_(shift[:, None]).exp_()

    def _summed(self, needs: _Side, odds: torch.Tensor) -> torch.Tensor:
        total = torch.zeros(needs.organisations, odds.shape[1], device=self._device)
        start = 0
        for owners, length in zip(needs.owners, needs.lengths, strict=True):
            part = odds[start : start + length]
            if isinstance(owners, int):
                total[:owners] += part
            else:
                total.index_add_(0, owners, part)
            start += length
        return total

    def _side(self, side: Slots) -> _Side:
        vectors = torch.from_numpy(side.vectors)
        owners = tuple(_owners(one, self._device) for one in side.owners)
        return _Side(
            vectors.to(device=self._device, dtype=self._type or torch.float32),
            torch.from_numpy(side.log_weights).to(self._device),
            owners,
            tuple(len(one) for one in side.owners),
            _nothing(side, self._device),
            side.organisations,
            _confidence(side, self._device),
        )


def _maxima(cosines: torch.Tensor, side: _Side) -> torch.Tensor:
    """Each organisation's best column, shape (rows, organisations); -inf where it has none.

    Of bf16 the bits are compared, four times as fast: positive ones order as whole numbers do, and
    which of two cosines below zero is the larger is of no interest to anybody.
    """
    cells = cosines.view(torch.int16) if cosines.dtype is torch.bfloat16 else cosines
    start = 0
    best = torch.empty(len(cells), side.organisations, dtype=cells.dtype, device=cells.device)
    for owners, length in zip(side.owners, side.lengths, strict=True):
        part = cells[:, start : start + length]
        if start == 0 and isinstance(owners, int):
            best[:, :owners] = part
        elif isinstance(owners, int):
            torch.maximum(best[:, :owners], part, out=best[:, :owners])
        else:
            best[:, owners] = part if start == 0 else torch.maximum(best[:, owners], part)
        start += length
    best = best.view(cosines.dtype)
    if side.nothing is not None:
        best[:, side.nothing] = -torch.inf
    return best


def _confidence(side: Slots, device: str) -> torch.Tensor | None:
    """As a column."""
    if side.confidence is None:
        return None
    return torch.from_numpy(side.confidence).to(device)[:, None]


def _nothing(side: Slots, device: str) -> torch.Tensor | None:
    some = side.owners[0] if side.owners else np.zeros(0, dtype=np.int64)
    without = np.setdiff1d(np.arange(side.organisations), some)
    return torch.from_numpy(without).to(device) if len(without) else None


def _owners(places: Ints, device: str) -> torch.Tensor | int:
    prefix = len(places) == 0 or int(places[-1]) == len(places) - 1
    return len(places) if prefix else torch.from_numpy(places).to(device)


def half_is_faster(device: str) -> bool:
    """Whether the device multiplies 16-bit numbers by itself."""
    return multiplies_bf16() if device == "cpu" else bool(torch.cuda.is_bf16_supported())
