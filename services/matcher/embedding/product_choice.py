"""Which product an exact job is computed by: a GPU where there is one, else what the CPU does best.

16-bit numbers are worth it only where the processor multiplies them itself; elsewhere torch
converts them, which is slower than BLAS through NumPy.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from services.matcher.domain.exact.likelihood import CosineLikelihood
from services.matcher.domain.exact.product import BlockProduct, NumpyProduct

MakeProduct = Callable[[CosineLikelihood], BlockProduct]


class ProductChoice(StrEnum):
    """What an operator may set."""

    AUTO = "auto"
    NUMPY = "numpy-float32"
    TORCH = "torch-float32"
    TORCH_BF16 = "torch-bf16"
    CUDA = "cuda-float32"
    CUDA_BF16 = "cuda-bf16"


class NoSuchDeviceError(RuntimeError):
    """A GPU was asked for, and there is none."""


def chosen_product(asked: ProductChoice = ProductChoice.AUTO) -> MakeProduct:
    """Raises NoSuchDeviceError."""
    if asked is not ProductChoice.NUMPY:
        # Torch takes seconds to import: only a process that computes with it pays for it.
        import torch

        from services.matcher.embedding.block_product import half_is_faster

        there = torch.cuda.is_available()
        if asked is ProductChoice.AUTO:
            asked = choice_of(cuda=there, half=half_is_faster)
        if asked in (ProductChoice.CUDA, ProductChoice.CUDA_BF16) and not there:
            raise NoSuchDeviceError("HEZUO_REMATCH_PRODUCT names a GPU, and there is none here")
    return _PRODUCTS[asked]


def choice_of(*, cuda: bool, half: Callable[[str], bool]) -> ProductChoice:
    """`half` tells whether a device multiplies 16-bit numbers by itself."""
    if cuda:
        return ProductChoice.CUDA_BF16 if half("cuda") else ProductChoice.CUDA
    return ProductChoice.TORCH_BF16 if half("cpu") else ProductChoice.NUMPY


def _by_torch(device: str, *, half: bool) -> MakeProduct:
    def make(likelihood: CosineLikelihood) -> BlockProduct:
        from services.matcher.embedding.block_product import TorchProduct

        return TorchProduct(likelihood, device=device, half=half)

    return make


_PRODUCTS: Mapping[ProductChoice, MakeProduct] = {
    ProductChoice.NUMPY: NumpyProduct,
    ProductChoice.TORCH: _by_torch("cpu", half=False),
    ProductChoice.TORCH_BF16: _by_torch("cpu", half=True),
    ProductChoice.CUDA: _by_torch("cuda", half=False),
    ProductChoice.CUDA_BF16: _by_torch("cuda", half=True),
}
