"""Which product an exact job is computed by."""

import pytest
import torch

from services.matcher.domain.exact.likelihood import CosineLikelihood
from services.matcher.embedding.block_product import half_is_faster
from services.matcher.embedding.product_choice import (
    NoSuchDeviceError,
    ProductChoice,
    choice_of,
    chosen_product,
)

LIKELIHOOD = CosineLikelihood(1.0, 0.0)


@pytest.mark.parametrize(
    ("cuda", "half", "chosen"),
    [
        (True, {"cuda", "cpu"}, ProductChoice.CUDA_BF16),
        (True, {"cpu"}, ProductChoice.CUDA),
        (False, {"cpu"}, ProductChoice.TORCH_BF16),
        (False, set(), ProductChoice.NUMPY),
    ],
)
def test_the_device_decides(cuda: bool, half: set[str], chosen: ProductChoice) -> None:
    assert choice_of(cuda=cuda, half=lambda device: device in half) is chosen


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (ProductChoice.NUMPY, "numpy float32 cpu"),
        (ProductChoice.TORCH, "torch float32 cpu"),
        (ProductChoice.TORCH_BF16, "torch bfloat16 cpu"),
    ],
)
def test_what_is_asked_for_is_made_and_says_what_it_is(asked: ProductChoice, name: str) -> None:
    assert chosen_product(asked)(LIKELIHOOD).name == name


def test_by_itself_it_takes_what_this_machine_multiplies() -> None:
    name = chosen_product()(LIKELIHOOD).name
    if torch.cuda.is_available():
        assert name.endswith("cuda")
    else:
        assert name == ("torch bfloat16 cpu" if half_is_faster("cpu") else "numpy float32 cpu")


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_gpu_that_is_not_there_is_named_as_the_reason() -> None:
    with pytest.raises(NoSuchDeviceError, match="HEZUO_REMATCH_PRODUCT"):
        chosen_product(ProductChoice.CUDA)
